package tickerplant.market;

/** Something that happened at a venue, as a feed tells it. Only validated events enter the log. Immutable. */
public sealed interface Event extends LogEntry permits Listed, Trade, Quote, Cancel, Status, News, DayRoll, Loss {
    /** The instrument it is about; of a phase or of news perhaps {@link Symbol#WHOLE_MARKET}. */
    Symbol symbol();

    /** When it happened, in microseconds since the epoch. */
    @Override
    long ts();
}
