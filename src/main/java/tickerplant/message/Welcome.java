package tickerplant.message;

import java.util.List;
import tickerplant.market.Channel;

/**
 * The first message of a connection.
 *
 * @param server name and version of the server
 * @param session name of this connection
 * @param epoch name of the log that sequences count in
 * @param ts when, in microseconds since the epoch
 * @param heartbeatMillis how often a heartbeat comes
 * @param auth whether a token is asked for
 * @param channels what can be followed
 * @param limits what a client may do
 */
public record Welcome(
        String server,
        String session,
        String epoch,
        long ts,
        long heartbeatMillis,
        Auth auth,
        List<Channel> channels,
        Limits limits)
        implements Message {

    /** Whether a token is asked for. */
    public enum Auth {
        /** No. */
        NONE,
        /** Yes, and none has been shown yet. */
        REQUIRED,
        /** Yes, and one was accepted with the handshake. */
        OK
    }

    /**
     * What a client may do.
     *
     * @param symbols that it may follow in a channel
     * @param messageBytes of the longest message that it may send
     * @param frameBytes of the longest message that it will get
     * @param requestsPerSecond that it may send
     */
    public record Limits(int symbols, int messageBytes, int frameBytes, int requestsPerSecond) {}
}
