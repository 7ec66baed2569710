package tickerplant.market;

/** An update that tells one event, and is never merged with another. */
public sealed interface Singular extends Update permits TradeUpdate, CancelUpdate, LossUpdate, NewsUpdate {
    /** When that was, in microseconds since the epoch. */
    long ts();

    @Override
    default long n() {
        return 1;
    }
}
