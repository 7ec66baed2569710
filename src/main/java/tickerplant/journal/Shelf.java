package tickerplant.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;

/**
 * What is in the log and has not yet found its place in the other tables, by symbol. The writer puts it there, readers look
 * here first. Safe for any thread.
 */
final class Shelf {
    /** What is there of one symbol. */
    private static final class Place {
        private final Map<Channel, List<Entry>> events = new EnumMap<>(Channel.class);
        private final Map<Channel, TreeMap<Long, BarUpdate>> bars = new EnumMap<>(Channel.class);
    }

    private final Map<Integer, Place> places = new HashMap<>();

    synchronized void put(int sid, Channel channel, Entry event) {
        place(sid).events.computeIfAbsent(channel, each -> new ArrayList<>()).add(event);
    }

    synchronized void put(int sid, BarUpdate bar) {
        place(sid)
                .bars
                .computeIfAbsent(bar.channel(), each -> new TreeMap<>())
                .put(bar.bar().start(), bar);
    }

    private Place place(int sid) {
        return places.computeIfAbsent(sid, each -> new Place());
    }

    /** The events of a symbol and channel, in order. */
    synchronized List<Entry> events(int sid, Channel channel) {
        Place place = places.get(sid);
        return place == null ? List.of() : List.copyOf(place.events.getOrDefault(channel, List.of()));
    }

    /** The bars of a symbol and channel, in the order of their start. */
    synchronized List<BarUpdate> bars(int sid, Channel channel) {
        Place place = places.get(sid);
        TreeMap<Long, BarUpdate> bars = place == null ? null : place.bars.get(channel);
        return bars == null ? List.of() : List.copyOf(bars.values());
    }

    /** Which symbols anything is there of. */
    synchronized List<Integer> sids() {
        return List.copyOf(places.keySet());
    }

    /** All of these symbols has found its place. */
    synchronized void clear(Iterable<Integer> sids) {
        sids.forEach(places::remove);
    }
}
