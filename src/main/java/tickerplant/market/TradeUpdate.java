package tickerplant.market;

/**
 * A trade, as the trades channel tells it.
 *
 * @param instrument what was traded
 * @param seq its place among the symbol's trades and cancels
 * @param trade the trade
 */
public record TradeUpdate(Instrument instrument, long seq, Trade trade) implements Singular {
    @Override
    public Channel channel() {
        return Channel.TRADES;
    }

    @Override
    public long ts() {
        return trade.ts();
    }
}
