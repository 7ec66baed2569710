package tickerplant.market;

/**
 * An instrument becomes known, before its first tick. Said again for a known symbol it changes nothing.
 *
 * @param instrument the instrument
 * @param feed the name of the feed that the symbol belongs to
 * @param prevClose the close of the last trading day in price steps, or {@link Decimal#ABSENT}
 * @param ts when, in microseconds since the epoch
 */
public record Listed(Instrument instrument, String feed, long prevClose, long ts) implements Event {
    @Override
    public Symbol symbol() {
        return instrument.symbol();
    }
}
