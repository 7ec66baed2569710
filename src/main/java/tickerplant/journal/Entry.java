package tickerplant.journal;

import java.util.List;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.ListingState;
import tickerplant.market.Receipt;
import tickerplant.market.Update;

/** What the market thread hands over to the writer. Symbols go by their number in the journal. Immutable. */
sealed interface Entry {
    /**
     * Something that is stored one by one: a trade, one taken back, one that was lost before it came here, a phase, news.
     *
     * @param sid the symbol's number
     * @param tickerSeq the sequence of the ticker channel after it
     */
    record Told(int sid, long tickerSeq, Update update) implements Entry {}

    /** A symbol has this number. */
    record Named(int sid, Instrument instrument, String feed) implements Entry {}

    /** There was no room for what was told, from the first to the last of these sequences. */
    record Missing(int sid, Channel channel, long from, long to) implements Entry {}

    /** A publisher has come so far. */
    record Published(String publisher, long pseq) implements Entry {}

    /** Somebody wants to hear once everything before is safe. */
    record Awaited(Receipt receipt) implements Entry {}

    /** A bar of a minute or a day is over, or was corrected. */
    record Closed(int sid, BarUpdate update) implements Entry {}

    /** What symbols are after everything before. */
    record Captured(List<Captive> captives) implements Entry {}

    /** What one symbol is. */
    record Captive(int sid, ListingState state) {}

    /** Every symbol that had changed when the round began has been captured. */
    record RoundOver() implements Entry {}
}
