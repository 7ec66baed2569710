package tickerplant.feed.venue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tickerplant.feed.Demand;
import tickerplant.market.Symbol;

/**
 * Which symbols are wanted, and which of them the venue has been asked for. Whoever wants and releases may do so from
 * another thread; everything else is for the feed's.
 *
 * <pre>
 *          wanted, and there is room          the venue says yes, or a trade comes
 *   WAITING ────────────────────────▶ ASKED ─────────────────────────────────────▶ COMING
 *      ▲  no answer in time, throttled, │                                             │
 *      └──────── or the line is lost ◀──┴─────────────────────────────────────────────┤
 *                                        nobody has wanted it for a while ▶ forgotten ┘
 * </pre>
 */
final class Roster implements Demand {
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

    private enum Stage {
        WAITING,
        ASKED,
        COMING,
        REFUSED
    }

    private record Change(Symbol symbol, boolean wanted) {}

    private static final class Place {
        Stage stage = Stage.WAITING;
        boolean wanted;
        /** When it was released, or asked for. */
        long since;
    }

    private final int limit;
    private final long lingerNanos;
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private int upstream;

    /**
     * Nothing is wanted.
     *
     * @param limit how many symbols the venue may be asked for at a time
     * @param linger how long a symbol still comes that nobody wants any more
     */
    Roster(int limit, Duration linger) {
        this.limit = limit;
        this.lingerNanos = linger.toNanos();
    }

    @Override
    public void wanted(Symbol symbol) {
        changes.add(new Change(symbol, true));
    }

    @Override
    public void released(Symbol symbol) {
        changes.add(new Change(symbol, false));
    }

    /** Takes what was wanted and released since, as far as the catalogue knows it; says whether there was anything. */
    boolean update(Catalogue catalogue, long now) {
        boolean changed = false;
        for (Change change = changes.poll(); change != null; change = changes.poll()) {
            Optional<String> code = catalogue.code(change.symbol());
            if (code.isEmpty()) {
                continue;
            }
            Place place = places.computeIfAbsent(code.get(), c -> new Place());
            changed = true;
            place.wanted = change.wanted();
            if (!change.wanted()) {
                place.since = now;
                if (!isUpstream(place)) {
                    places.remove(code.get());
                }
            }
        }
        return changed;
    }

    /** Whether the venue is asked for as many symbols as it may be. */
    boolean isFull() {
        return upstream >= limit;
    }

    /** A symbol that is always wanted. */
    void pin(String code) {
        places.computeIfAbsent(code, c -> new Place()).wanted = true;
    }

    /** How many symbols wait although they are wanted, because there is no room. */
    int waiting() {
        int waiting = 0;
        for (Place place : places.values()) {
            waiting += place.wanted && place.stage == Stage.WAITING ? 1 : 0;
        }
        return waiting;
    }

    /** Up to so many symbols that the venue is to be asked for now, which then are. */
    List<String> ask(int most, long now) {
        List<String> asked = new ArrayList<>();
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            Place place = entry.getValue();
            if (place.stage == Stage.ASKED && now - place.since >= ANSWER_NANOS) {
                place.stage = Stage.WAITING;
                upstream--;
            }
            if (place.stage == Stage.WAITING && place.wanted && upstream < limit && asked.size() < most) {
                place.stage = Stage.ASKED;
                place.since = now;
                upstream++;
                asked.add(entry.getKey());
            }
        }
        return asked;
    }

    /** Up to so many symbols that nobody has wanted for a while, or whose room others need; they are forgotten. */
    List<String> drop(int most, long now) {
        int needed = Math.max(0, waiting() - (limit - upstream));
        List<String> dropped = new ArrayList<>();
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            Place place = entry.getValue();
            if (!place.wanted && dropped.size() < most && (needed > 0 || now - place.since >= lingerNanos)) {
                dropped.add(entry.getKey());
                needed--;
            }
        }
        for (String code : dropped) {
            upstream -= isUpstream(places.remove(code)) ? 1 : 0;
        }
        return dropped;
    }

    /** It comes. */
    void coming(String code) {
        Place place = places.get(code);
        if (place != null && place.stage == Stage.ASKED) {
            place.stage = Stage.COMING;
        }
    }

    /** It will not come on this line; says whether it was asked for. */
    boolean refused(String code) {
        Place place = places.get(code);
        if (place == null || !isUpstream(place)) {
            return false;
        }
        place.stage = Stage.REFUSED;
        upstream--;
        return true;
    }

    /** Whatever has not been answered must be asked again. */
    void unanswered() {
        for (Place place : places.values()) {
            if (place.stage == Stage.ASKED) {
                place.stage = Stage.WAITING;
                upstream--;
            }
        }
    }

    /** The venue knows nothing of all this any more. */
    void lineLost() {
        places.values().removeIf(place -> !place.wanted);
        places.values().forEach(place -> place.stage = Stage.WAITING);
        upstream = 0;
    }

    /** The symbols that come, or should. */
    List<String> upstream() {
        return places.entrySet().stream()
                .filter(entry -> isUpstream(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isUpstream(Place place) {
        return place.stage == Stage.ASKED || place.stage == Stage.COMING;
    }
}
