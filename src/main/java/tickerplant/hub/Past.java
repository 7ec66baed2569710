package tickerplant.hub;

import tickerplant.message.HistoryPage;

/** What a topic remembered at one moment. It is taken on the market thread; looking through it is for any other. */
public interface Past {
    /** The newest sequence at that moment. */
    long seq();

    /** The first rows that are within a range. */
    HistoryPage page(HistoryRange range);
}
