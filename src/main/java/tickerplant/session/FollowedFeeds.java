package tickerplant.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds whose symbols a client follows. Changed by the market thread, read by any. */
public final class FollowedFeeds {
    private final Map<String, Integer> symbols = new ConcurrentHashMap<>();

    void add(String feed) {
        symbols.merge(feed, 1, Integer::sum);
    }

    void remove(String feed) {
        symbols.computeIfPresent(feed, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Their names. */
    public Set<String> names() {
        return symbols.keySet();
    }
}
