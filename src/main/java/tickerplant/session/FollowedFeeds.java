package tickerplant.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds whose symbols a client follows. Changed by the market thread, read by any. */
public final class FollowedFeeds {
    /** How many symbols of each. */
    private final Map<String, int[]> symbols = new HashMap<>(2);

    private final Set<String> names = ConcurrentHashMap.newKeySet(2);

    void add(String feed) {
        int[] count = symbols.get(feed);
        if (count == null) {
            symbols.put(feed, new int[] {1});
            names.add(feed);
        } else {
            count[0]++;
        }
    }

    void remove(String feed) {
        if (--symbols.get(feed)[0] == 0) {
            symbols.remove(feed);
            names.remove(feed);
        }
    }

    /** Their names. */
    public Set<String> names() {
        return names;
    }
}
