package tickerplant.http;

import jakarta.servlet.http.HttpServletRequest;
import tickerplant.service.ClientNetwork;
import tickerplant.socket.Gateway;

/**
 * Whether requests come from this machine. A proxy on it that adds no header can't be told from who asks by himself. Any
 * container thread.
 */
final class Loopback {
    private Loopback() {}

    /** Whether a program on this machine sent it: no page, and nobody for whom a proxy passes it on. */
    static boolean isProgram(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address != null
                && ClientNetwork.isLoopback(address)
                && Gateway.REMOTE_HEADERS.stream().allMatch(name -> request.getHeader(name) == null);
    }
}
