package tickerplant.message;

import tickerplant.market.Channel;
import tickerplant.market.Symbol;

/**
 * Events that this client does not get.
 *
 * @param channel the channel
 * @param symbol whose
 * @param from the sequence of the first of them
 * @param to the sequence of the last of them
 * @param reason why
 */
public record Gap(Channel channel, Symbol symbol, long from, long to, Why reason) implements Message {
    /** Why events are missing. */
    public enum Why {
        /** The client did not read fast enough. */
        SLOW_CLIENT,
        /** The client was away for longer than is remembered. */
        HISTORY_EXPIRED,
        /** The client had asked for a pause. */
        CONFIGURED,
        /** It was lost before it came to the service. */
        FEED
    }
}
