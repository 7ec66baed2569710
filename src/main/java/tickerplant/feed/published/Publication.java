package tickerplant.feed.published;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tickerplant.feed.text.Submitted;
import tickerplant.market.Symbol;

/**
 * A message of a publisher.
 *
 * @param publisher whose; empty where it does not say, and then it can't be told from its repetition
 * @param pseq its number among the publisher's messages, from 1
 * @param events what it tells
 * @param allowed the symbols that the publisher may tell about
 * @param told hears once what became of it; on any thread, and must not wait
 */
public record Publication(
        String publisher, long pseq, List<Submitted> events, Predicate<Symbol> allowed, Consumer<Outcome> told) {
    public Publication {
        events = List.copyOf(events);
    }
}
