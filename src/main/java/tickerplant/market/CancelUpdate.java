package tickerplant.market;

/**
 * A trade that was taken back, as the trades channel tells it.
 *
 * @param instrument what had been traded
 * @param seq its place among the symbol's trades and cancels
 * @param cancels the sequence of the trade that never was
 * @param ts when it was taken back, in microseconds since the epoch
 */
public record CancelUpdate(Instrument instrument, long seq, long cancels, long ts) implements Singular {
    @Override
    public Channel channel() {
        return Channel.TRADES;
    }
}
