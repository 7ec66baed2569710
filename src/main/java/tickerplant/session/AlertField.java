package tickerplant.session;

import static tickerplant.market.Decimal.ABSENT;

import java.math.BigDecimal;
import tickerplant.market.Instrument;
import tickerplant.market.Ticker;
import tickerplant.market.TickerField;

/** What an alert can watch: every number of a ticker row. */
public enum AlertField {
    LAST(TickerField.LAST),
    LAST_SIZE(TickerField.LAST_SIZE),
    BID(TickerField.BID),
    BID_SIZE(TickerField.BID_SIZE),
    ASK(TickerField.ASK),
    ASK_SIZE(TickerField.ASK_SIZE),
    OPEN(TickerField.OPEN),
    HIGH(TickerField.HIGH),
    LOW(TickerField.LOW),
    PREV_CLOSE(TickerField.PREV_CLOSE),
    CHANGE(TickerField.CHANGE),
    /** The change in per cent as rows show it, rounded to two decimals. */
    CHANGE_PCT(TickerField.CHANGE, TickerField.PREV_CLOSE) {
        @Override
        long steps(Ticker ticker) {
            return ticker.day()
                    .changePercent()
                    .map(percent -> Threshold.within(percent.unscaledValue()))
                    .orElse(ABSENT);
        }

        @Override
        int decimals(Instrument instrument) {
            return 2;
        }
    },
    VOLUME(TickerField.VOLUME),
    TRADES(TickerField.TRADES);

    private final TickerField source;
    private final int bits;

    AlertField(TickerField source) {
        this.source = source;
        this.bits = source.bit();
    }

    AlertField(TickerField source, TickerField second) {
        this.source = source;
        this.bits = source.bit() | second.bit();
    }

    /** Those of the ticker's fields, as bits, without a change of which it doesn't change. */
    int bits() {
        return bits;
    }

    /** Its value in steps, or {@link tickerplant.market.Decimal#ABSENT}. */
    long steps(Ticker ticker) {
        return ticker.value(source);
    }

    /** The decimals of one of its steps. */
    int decimals(Instrument instrument) {
        return instrument.decimals(source.kind());
    }

    /** Its value as a number. */
    BigDecimal value(long steps, Instrument instrument) {
        return BigDecimal.valueOf(steps, decimals(instrument));
    }
}
