package tickerplant.market;

/**
 * A place among the trades of a symbol where something was lost before it came here.
 *
 * @param instrument what had been traded
 * @param seq its place among the symbol's trades and cancels
 * @param ts when it was seen, in microseconds since the epoch
 */
public record LossUpdate(Instrument instrument, long seq, long ts) implements Singular {
    @Override
    public Channel channel() {
        return Channel.TRADES;
    }
}
