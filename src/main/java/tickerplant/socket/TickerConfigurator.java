package tickerplant.socket;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Decides at the handshake of every endpoint, on the container's thread. Containers give no portable way to refuse an upgrade
 * with a status of our choice once the request can be seen, so what was decided is noted for the endpoint, which closes.
 */
public final class TickerConfigurator extends ServerEndpointConfig.Configurator {
    static final String HANDSHAKE = "tickerplant.handshake";

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
        Handshake decided = Gateway.current()
                .map(gateway -> gateway.judge(new UpgradeRequest(request, config.getUserProperties())))
                .orElseGet(() -> Handshake.refused(Handshake.NOT_READY));
        config.getUserProperties().put(HANDSHAKE, decided);
    }
}
