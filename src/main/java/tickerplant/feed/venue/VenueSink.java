package tickerplant.feed.venue;

import java.io.IOException;
import java.util.List;
import tickerplant.market.Phase;

/** Takes what a venue has said. */
interface VenueSink {
    /** There is such an instrument. */
    void listed(Contract contract) throws InterruptedException;

    /** All instruments have been named, and symbols may be asked for. */
    void ready();

    /** The venue is to be told this. */
    void say(String text) throws IOException, InterruptedException;

    /** A symbol comes from now on. */
    void subscribed(String code) throws InterruptedException;

    /** A symbol will not come on this line. */
    void refused(String code, String reason);

    /** The venue has been asked too often, and what it has not answered must be asked again. */
    void throttled(String reason);

    /** The line is about to end, or of no use. */
    void leaving(String reason) throws IOException;

    /** A trade. */
    void trade(Print print) throws InterruptedException;

    /** Numbered trades that were before the symbol was asked for, and were perhaps told before. */
    void recent(List<Print> prints) throws InterruptedException;

    /** The newest trade of a symbol has this number; it may still be on its way. */
    void newest(String code, long number) throws InterruptedException;

    /** A trade that the venue has taken back. */
    void cancelled(String code, String tradeId, long ts) throws InterruptedException;

    /** The best prices of a symbol. */
    void top(Top top) throws InterruptedException;

    /** What trading in a symbol is doing; said again, it changes nothing. */
    void phase(String code, Phase phase, String reason) throws InterruptedException;

    /** Trading has stopped in every symbol that comes, or is open again where it was before. */
    void phaseOfAll(Phase phase, String reason) throws InterruptedException;
}
