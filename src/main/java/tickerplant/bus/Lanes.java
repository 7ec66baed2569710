package tickerplant.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where a follower is in each lane, and what it has heard of each source: drops what is told for a second time. This is the one
 * rule that everybody who follows a log must have in common. Changed by the follower's thread alone.
 */
public final class Lanes {
    private final List<Map<String, Origin>> held = new ArrayList<>();
    private final AtomicLongArray next;
    private final Follower follower;
    private final LongAdder repeated = new LongAdder();

    /** A follower that begins there. */
    public Lanes(List<Mark> from, Follower follower) {
        this.follower = follower;
        next = new AtomicLongArray(from.size());
        for (int lane = 0; lane < from.size(); lane++) {
            next.set(lane, from.get(lane).next());
            held.add(new ConcurrentHashMap<>(from.get(lane).held()));
        }
    }

    /** What stands at a place of a lane; places before the follower's are passed over. */
    public void hear(int lane, long place, Posting posting, long published) {
        if (place < next.get(lane)) {
            return;
        }
        next.lazySet(lane, place + 1);
        Origin origin = posting.origin();
        if (origin.isKnown()) {
            Origin before = held.get(lane).get(origin.source());
            if (before != null && !origin.isAfter(before)) {
                repeated.increment();
                return;
            }
            held.get(lane).put(origin.source(), origin);
        }
        posting.entry().ifPresent(entry -> follower.entered(entry, lane, published));
    }

    /** The place of the next entry of a lane. Any thread. */
    public long next(int lane) {
        return next.get(lane);
    }

    /** Where the follower is. */
    public Mark mark(int lane) {
        return new Mark(next.get(lane), held.get(lane));
    }

    /** How far a source has come in the lane that has heard most of it. Any thread. */
    public Origin held(String source) {
        Origin furthest = Origin.NONE;
        for (Map<String, Origin> lane : held) {
            Origin here = lane.getOrDefault(source, Origin.NONE);
            if (here.isAfter(furthest)) {
                furthest = here;
            }
        }
        return furthest;
    }

    /** How many entries were told for a second time. Any thread. */
    public long repeated() {
        return repeated.sum();
    }
}
