package tickerplant.feed.venue;

import java.time.Duration;

/**
 * What a venue can be asked for, and what it says by itself.
 *
 * @param symbols at most at a time, unless the feed's option says otherwise
 * @param batch symbols in one request at most
 * @param betweenRequests at least so long
 * @param betweenLines from opening one to opening the next at least so long
 * @param numbersTrades whether the trades of a symbol are numbered without holes
 * @param repeatsQuotes whether a subscription begins with the quote that stands
 */
record Manners(
        int symbols,
        int batch,
        Duration betweenRequests,
        Duration betweenLines,
        boolean numbersTrades,
        boolean repeatsQuotes) {}
