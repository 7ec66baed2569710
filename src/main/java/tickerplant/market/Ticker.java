package tickerplant.market;

import static tickerplant.market.Decimal.ABSENT;

/**
 * The last values of one symbol: what a row of the ticker channel shows. Immutable; what an event leaves alone is shared
 * with the ticker before it.
 *
 * @param quote the top of the book
 * @param day the figures of the trading day
 * @param ts when the newest event happened, in microseconds since the epoch; {@link Decimal#ABSENT} before the first
 */
public record Ticker(Quote quote, Day day, long ts) {

    /** The last values before the first event. */
    public static Ticker starting(Symbol symbol, long prevClose) {
        return new Ticker(new Quote(symbol, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT), Day.starting(prevClose), ABSENT);
    }

    /** The value of a field, in steps of its kind; {@link Decimal#ABSENT} where it has none. */
    public long value(TickerField field) {
        return switch (field) {
            case LAST -> day.last();
            case LAST_SIZE -> day.lastSize();
            case BID -> quote.bidPrice();
            case BID_SIZE -> quote.bidSize();
            case ASK -> quote.askPrice();
            case ASK_SIZE -> quote.askSize();
            case OPEN -> day.open();
            case HIGH -> day.high();
            case LOW -> day.low();
            case PREV_CLOSE -> day.prevClose();
            case CHANGE -> day.change();
            case VOLUME -> day.volume();
            case TRADES -> day.trades();
        };
    }

    /** The fields, as bits of {@link TickerField#bit}, whose values differ from those of an earlier ticker. */
    @SuppressWarnings("ReferenceEquality") // what an event leaves alone is the same object
    int changedSince(Ticker before) {
        int changed = 0;
        if (quote != before.quote) {
            changed |= changedSince(before, TickerField.OF_QUOTE);
        }
        if (day != before.day) {
            changed |= changedSince(before, TickerField.OF_DAY);
        }
        return changed;
    }

    private int changedSince(Ticker before, TickerField[] fields) {
        int changed = 0;
        for (TickerField field : fields) {
            if (value(field) != before.value(field)) {
                changed |= field.bit();
            }
        }
        return changed;
    }
}
