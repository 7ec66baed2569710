package tickerplant.feed.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Symbol;

/**
 * An event whose numbers are still decimal, because the steps of its instrument are known only when the whole recording
 * has been seen.
 *
 * @param symbol the instrument
 * @param ts when, in microseconds since the epoch; absent where a row only describes its instrument
 * @param prices every price in it
 * @param sizes every size in it
 * @param making how it becomes an event
 */
record Draft(Symbol symbol, Optional<Long> ts, List<BigDecimal> prices, List<BigDecimal> sizes, Making making) {
    /** How a draft becomes an event. */
    interface Making {
        /**
         * The event in the instrument's steps; empty where the row only describes it.
         *
         * @throws ArithmeticException where a number does not fit
         */
        Optional<Event> event(Instrument instrument);
    }

    /** An event without numbers. */
    static Draft of(Event event) {
        return new Draft(
                event.symbol(), Optional.of(event.ts()), List.of(), List.of(), instrument -> Optional.of(event));
    }
}
