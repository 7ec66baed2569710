package tickerplant.feed.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** Counts the prices and sizes of one recording in the steps that several share. */
final class Rescaling {
    private final Map<Symbol, Listed> shared;
    /** What this recording counts in other steps; the rest needs nothing. */
    private final Map<Symbol, Instrument> others = new HashMap<>();

    /**
     * From a recording's own steps to those that are shared.
     *
     * @param shared each symbol as it is listed; what a recording lists later is added
     * @param own each symbol as this recording has it
     */
    Rescaling(Map<Symbol, Listed> shared, Collection<Listed> own) {
        this.shared = shared;
        own.forEach(this::note);
    }

    private void note(Listed own) {
        Instrument as = shared.get(own.symbol()).instrument();
        Instrument is = own.instrument();
        if (is.priceDecimals() != as.priceDecimals() || is.sizeDecimals() != as.sizeDecimals()) {
            others.put(own.symbol(), is);
        }
    }

    /** The event in shared steps; empty where they can't hold it. */
    Optional<Event> of(Event event) {
        if (event instanceof Listed own) {
            Listed known = shared.putIfAbsent(own.symbol(), own);
            note(own);
            return Optional.of(known == null ? own : known);
        }
        Instrument is = others.get(event.symbol());
        if (is == null) {
            return Optional.of(event);
        }
        Instrument as = shared.get(event.symbol()).instrument();
        try {
            if (event instanceof Trade t) {
                return Optional.of(new Trade(
                        t.symbol(),
                        price(t.price(), is, as),
                        size(t.size(), is, as),
                        t.side(),
                        t.id(),
                        t.venue(),
                        t.conditions(),
                        t.ts()));
            }
            if (event instanceof Quote q) {
                return Optional.of(new Quote(
                        q.symbol(),
                        price(q.bidPrice(), is, as),
                        size(q.bidSize(), is, as),
                        price(q.askPrice(), is, as),
                        size(q.askSize(), is, as),
                        q.ts()));
            }
            return Optional.of(event);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A price, or none, in another instrument's steps. */
    static long price(long steps, Instrument is, Instrument as) {
        return steps(steps, is.priceDecimals(), as.priceDecimals());
    }

    private static long size(long steps, Instrument is, Instrument as) {
        return steps(steps, is.sizeDecimals(), as.sizeDecimals());
    }

    private static long steps(long steps, int from, int to) {
        return steps == Decimal.ABSENT || from == to ? steps : Decimal.steps(Decimal.value(steps, from), to);
    }
}
