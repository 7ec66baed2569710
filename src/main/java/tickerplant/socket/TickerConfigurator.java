package tickerplant.socket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import tickerplant.service.Connections;

/**
 * Decides at the handshake of every endpoint, on the container's thread. Containers give no portable way to refuse an upgrade
 * with a status of our choice once the request can be seen, so what was decided is noted for the endpoint, which closes.
 */
public final class TickerConfigurator extends ServerEndpointConfig.Configurator {
    static final String FORBIDDEN = "tickerplant.forbidden";
    static final String CONNECTION = "tickerplant.connection";

    /** No compression: it costs more than it saves on small frames, and some containers inflate without a limit. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** Judged in {@link #modifyHandshake}, where the host is known that was asked for. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, List<String>> headers = request.getHeaders();
        Map<String, Object> properties = config.getUserProperties();
        properties.put(CONNECTION, first(headers, Connections.HEADER));
        String host = first(headers, "Host");
        List<String> origins = values(headers, "Origin");
        boolean admitted = origins.isEmpty()
                || (origins.size() == 1
                        && Gateway.current()
                                .map(gateway -> gateway.admits(origins.get(0), host))
                                .orElse(false));
        properties.put(FORBIDDEN, !admitted);
    }

    private static String first(Map<String, List<String>> headers, String name) {
        List<String> values = values(headers, name);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Containers promise a map that ignores case, and not all keep it. */
    private static List<String> values(Map<String, List<String>> headers, String name) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
                return header.getValue();
            }
        }
        return List.of();
    }
}
