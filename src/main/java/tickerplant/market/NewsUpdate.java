package tickerplant.market;

/**
 * A news item, as the news channel tells it.
 *
 * @param instrument what it is about
 * @param seq its place among the news of its symbol, or of the whole market
 * @param news the item
 */
public record NewsUpdate(Instrument instrument, long seq, News news) implements Singular {
    @Override
    public Channel channel() {
        return Channel.NEWS;
    }

    @Override
    public long ts() {
        return news.ts();
    }
}
