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
 * @param channels what can be followed
 * @param limits what a client may do
 */
public record Welcome(
        String server,
        String session,
        String epoch,
        long ts,
        long heartbeatMillis,
        List<Channel> channels,
        Limits limits)
        implements Message {

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
