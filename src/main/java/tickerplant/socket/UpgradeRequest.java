package tickerplant.socket;

import jakarta.websocket.server.HandshakeRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an upgrade request says, read as it is meant whatever the container. */
final class UpgradeRequest {
    /** Where Jetty, which upgrades before filters run, says from where. */
    private static final String REMOTE = "jakarta.websocket.endpoint.remoteAddress";

    private final HandshakeRequest request;
    private final Map<String, Object> properties;

    /**
     * A request.
     *
     * @param properties what the container tells of it besides
     */
    UpgradeRequest(HandshakeRequest request, Map<String, Object> properties) {
        this.request = request;
        this.properties = properties;
    }

    /** Where the client is, of a container that tells. */
    Optional<String> address() {
        return properties.get(REMOTE) instanceof InetSocketAddress remote
                ? Optional.ofNullable(remote.getAddress()).map(InetAddress::getHostAddress)
                : Optional.empty();
    }

    /** The values of a header; containers promise a map that ignores case, and not all keep it. */
    List<String> values(String name) {
        for (Map.Entry<String, List<String>> header : request.getHeaders().entrySet()) {
            if (name.equalsIgnoreCase(header.getKey())) {
                return header.getValue();
            }
        }
        return List.of();
    }

    /** What follows the question mark, still encoded. */
    String query() {
        String query = request.getQueryString();
        return query == null ? "" : query;
    }
}
