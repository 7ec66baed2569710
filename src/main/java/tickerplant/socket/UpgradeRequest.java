package tickerplant.socket;

import jakarta.websocket.server.HandshakeRequest;
import java.util.List;
import java.util.Map;

/** What an upgrade request says, read as it is meant whatever the container. */
final class UpgradeRequest {
    private final HandshakeRequest request;

    UpgradeRequest(HandshakeRequest request) {
        this.request = request;
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
