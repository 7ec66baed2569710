package tickerplant.checker;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What one connection follows and how far it has come: which rows may come, which must come first, and that none is
 * missing. It goes by the replies alone, because they say when a subscription begins and ends.
 */
final class Following {
    private static final Comparator<Key> KEY_ORDER =
            Comparator.comparing(Key::channel).thenComparing(Key::symbol).thenComparing(Key::interval);

    private final Entries entries = new Entries();
    private final Map<Key, Folded> folded = new TreeMap<>(KEY_ORDER);
    private final Map<Key, Folded> remembered = new HashMap<>();
    private final Map<Key, Long> awaited = new HashMap<>();
    private final Set<Key> ended = new HashSet<>();
    private final Requests requests;
    private final Complaints complaints;
    private final BiConsumer<Key, Sighting> sightings;
    private String epoch = "";
    private Permits permits = Permits.ALL;

    Following(Requests requests, Complaints complaints, BiConsumer<Key, Sighting> sightings) {
        this.requests = requests;
        this.complaints = complaints;
        this.sightings = sightings;
    }

    void epoch(String epoch) {
        this.epoch = epoch;
    }

    /** A token was accepted, or none is needed, or one is needed first. */
    void permits(Permits granted) {
        permits = granted;
        for (Entries.Entry entry : entries.all()) {
            if (!granted.covers(entry)) {
                complaints.complain(
                        Assertion.NOTHING_FOREIGN,
                        "accepted a token that does not cover " + entry + ", which is followed");
            }
        }
    }

    /** Takes over the states of an earlier connection, from which this one may resume. */
    void remember(Following earlier) {
        earlier.folded.forEach((key, state) -> remembered.put(key, state.copy()));
    }

    void subscribed(Requests.Request request, Message reply) {
        Set<String> rejected = new HashSet<>();
        for (Map<String, Object> refusal : Json.objects(reply.members().get("rejected"))) {
            rejected.add(String.valueOf(refusal.get("symbol")).toUpperCase(Locale.ROOT));
        }
        List<Entries.Entry> accepted = Entries.named(request.members()).stream()
                .filter(entry -> !rejected.contains(entry.pattern()))
                .toList();
        checkEcho(accepted, reply);
        checkPermits(request, reply, accepted);
        accepted.forEach(entries::add);
        boolean wanted = !Boolean.FALSE.equals(request.members().get("snapshot"));
        Map<Key, Long> positions = positions(request, reply, accepted);
        positions.forEach(this::resume);
        for (Entries.Entry entry : accepted) {
            if (entry.isExact() && wanted && !positions.containsKey(entry.key())) {
                awaited.put(entry.key(), reply.nanos());
            }
        }
    }

    void unsubscribed(Requests.Request request) {
        entries.remove(request.members());
        folded.keySet().stream().filter(key -> !entries.covers(key)).forEach(ended::add);
        folded.keySet().removeIf(key -> !entries.covers(key));
        awaited.keySet().removeIf(key -> !entries.covers(key));
    }

    void snapshot(Key key, Map<String, Object> row, String message) {
        if (!isWelcome(key)) {
            return;
        }
        long seq = Json.whole(row.get("seq"));
        if (row.containsKey("n")) {
            complaints.complain(Assertion.NO_SILENT_GAP, key + ": a snapshot row stands for no events, but has an n");
        }
        Folded state = folded.computeIfAbsent(key, k -> new Folded());
        if (seq < state.seq()) {
            complaints.complain(Assertion.NO_SILENT_GAP, key + ": a snapshot at " + seq + " after " + state.seq());
        }
        awaited.remove(key);
        state.snapshot(row);
        sightings.accept(key, new Sighting(Sighting.Kind.SNAPSHOT, seq, seq, row, message));
    }

    void update(Key key, Map<String, Object> row, String message) {
        if (!isWelcome(key)) {
            return;
        }
        long seq = Json.whole(row.get("seq"));
        long n = row.containsKey("n") ? Json.whole(row.get("n")) : 1;
        checkMerge(key, row, n);
        Folded state = folded.get(key);
        if (state == null) {
            if (!key.isMarketWide()) {
                complaints.complain(Assertion.SNAPSHOT_FIRST, key + ": the first row, " + seq + ", is no snapshot");
            }
            state = Folded.from(seq - n);
            folded.put(key, state);
            sightings.accept(key, new Sighting(Sighting.Kind.CONTINUED, seq - n, seq - n, state.fields(), message));
        }
        if (seq - n != state.seq()) {
            complaints.complain(
                    Assertion.NO_SILENT_GAP, key + ": row " + seq + " with n " + n + " follows " + state.seq());
        }
        state.update(row);
        sightings.accept(key, new Sighting(Sighting.Kind.UPDATE, seq - n, seq, row, message));
    }

    void gap(Map<String, Object> gap, String message) {
        Key key = Key.of(String.valueOf(gap.get("channel")), gap);
        if (!isWelcome(key)) {
            return;
        }
        long from = Json.whole(gap.get("from"));
        long to = Json.whole(gap.get("to"));
        Folded state = folded.computeIfAbsent(key, k -> Folded.from(from - 1));
        if (from != state.seq() + 1 || to < from) {
            complaints.complain(
                    Assertion.NO_SILENT_GAP, key + ": a gap from " + from + " to " + to + " follows " + state.seq());
        }
        if ("feed".equals(gap.get("reason")) && from != to) {
            complaints.complain(Assertion.NO_SILENT_GAP, key + ": what the feed lost takes one sequence");
        }
        state.gap(gap);
        sightings.accept(key, new Sighting(Sighting.Kind.GAP, from - 1, to, gap, message));
    }

    /** Complains about snapshots that should have come by now. */
    void overdue(long nanos, long allowed) {
        awaited.forEach((key, since) -> {
            if (nanos - since > allowed) {
                complaints.complain(Assertion.SNAPSHOT_FIRST, Violation.LATE + key + ": no snapshot came");
            }
        });
        awaited.values().removeIf(since -> nanos - since > allowed);
    }

    /** The client did not listen until now: no snapshot could reach it. */
    void heardNothingUntil(long nanos) {
        awaited.replaceAll((key, since) -> Math.max(since, nanos));
    }

    /** The check sum over what is followed of {@code ticker}; empty where part of a state is not known. */
    OptionalLong crc() {
        long crc = 0;
        for (Map.Entry<Key, Folded> entry : folded.entrySet()) {
            if (entry.getKey().channel().equals("ticker")) {
                if (!entry.getValue().isWhole()) {
                    return OptionalLong.empty();
                }
                crc ^= entry.getValue().crc(entry.getKey().symbol());
            }
        }
        return OptionalLong.of(crc);
    }

    Optional<Folded> folded(Key key) {
        return Optional.ofNullable(folded.get(key)).map(Folded::copy);
    }

    Map<Key, Folded> folded() {
        Map<Key, Folded> copy = new TreeMap<>(KEY_ORDER);
        folded.forEach((key, state) -> copy.put(key, state.copy()));
        return copy;
    }

    /** Whether what was asked for, and not refused, has this key in it. */
    boolean covers(Key key) {
        return entries.covers(key);
    }

    private boolean isWelcome(Key key) {
        if (folded.containsKey(key) || entries.covers(key)) {
            return true;
        }
        if (requests.isAskedFor(key)) {
            complaints.complain(Assertion.ONE_REPLY, key + ": a row before subscribed");
        } else {
            complaints.complain(
                    Assertion.NOTHING_FOREIGN,
                    key + (ended.contains(key) ? ": a row after unsubscribed" : ": never asked for"));
        }
        return false;
    }

    private void checkMerge(Key key, Map<String, Object> row, long n) {
        if (row.containsKey("n") && n < 2) {
            complaints.complain(Assertion.NO_SILENT_GAP, key + ": n is left out when 1, and is never less");
        }
        if (n == 1 && (row.containsKey("hi") || row.containsKey("lo"))) {
            complaints.complain(Assertion.MERGE_TRUE, key + ": hi or lo in a row that is not merged");
        }
        if (n > 1 && (key.channel().equals("trades") || key.channel().equals("news"))) {
            complaints.complain(Assertion.MERGE_TRUE, key + ": " + n + " rows merged of a channel that never merges");
        }
        if (n > 1 && Boolean.TRUE.equals(row.get("final"))) {
            complaints.complain(Assertion.MERGE_TRUE, key + ": " + n + " rows merged into a final bar");
        }
    }

    private void checkEcho(List<Entries.Entry> accepted, Message reply) {
        if (!(reply.members().get("symbols") instanceof List<?> symbols)) {
            return;
        }
        for (Object symbol : symbols) {
            boolean asked = accepted.stream()
                    .anyMatch(entry -> entry.pattern().equals(symbol)
                            || entry.covers(new Key(entry.channel(), String.valueOf(symbol), entry.interval())));
            if (!asked) {
                complaints.complain(Assertion.NOTHING_FOREIGN, "subscribed to " + symbol + ", which was not asked for");
            }
        }
    }

    private void checkPermits(Requests.Request request, Message reply, List<Entries.Entry> accepted) {
        for (Entries.Entry entry : accepted) {
            if (!permits.covers(entry)) {
                complaints.complain(
                        Assertion.NOTHING_FOREIGN, "subscribed to " + entry + ", which the token does not cover");
            }
        }
        Set<String> forbidden = new HashSet<>();
        for (Map<String, Object> refusal : Json.objects(reply.members().get("rejected"))) {
            if ("forbidden".equals(refusal.get("reason"))) {
                forbidden.add(String.valueOf(refusal.get("symbol")).toUpperCase(Locale.ROOT));
            }
        }
        for (Entries.Entry entry : Entries.named(request.members())) {
            if (forbidden.contains(entry.pattern()) && permits.covers(entry)) {
                complaints.complain(Assertion.ONE_REPLY, entry + " was forbidden, although the token covers it");
            }
        }
    }

    /** From where the rows go on without a snapshot, by key. */
    private Map<Key, Long> positions(Requests.Request request, Message reply, List<Entries.Entry> accepted) {
        Map<Key, Long> positions = new HashMap<>();
        boolean unwanted = Boolean.FALSE.equals(request.members().get("snapshot"));
        Map<String, Object> stated = Json.object(reply.members().get("seq"));
        Map<String, Object> recovery = Json.object(reply.members().get("recovery"));
        Map<String, Object> resume = Json.object(request.members().get("resume"));
        Map<String, Object> asked = Json.object(resume.get("seq"));
        Set<String> symbols = new HashSet<>(stated.keySet());
        symbols.addAll(recovery.keySet());
        for (String symbol : symbols) {
            Optional<Key> key = accepted.stream()
                    .map(entry -> new Key(entry.channel(), symbol, entry.interval()))
                    .filter(k -> accepted.stream().anyMatch(entry -> entry.covers(k)))
                    .findFirst();
            Object way = recovery.get(symbol);
            Object seq = way == null ? (unwanted ? stated.get(symbol) : null) : upper(asked, symbol);
            if (way != null && !"snapshot".equals(way) && !epoch.equals(resume.get("epoch"))) {
                complaints.complain(Assertion.SNAPSHOT_FIRST, symbol + ": " + way + " out of another epoch");
            }
            if (key.isPresent() && !"snapshot".equals(way) && Json.isWhole(seq)) {
                positions.put(key.get(), Json.whole(seq));
            }
        }
        return positions;
    }

    private static Object upper(Map<String, Object> asked, String symbol) {
        return asked.entrySet().stream()
                .filter(entry -> entry.getKey().toUpperCase(Locale.ROOT).equals(symbol))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void resume(Key key, long seq) {
        Folded known = Optional.ofNullable(folded.get(key)).orElse(remembered.get(key));
        boolean stands = known != null && known.seq() == seq;
        Folded state = stands ? known.copy() : Folded.from(seq);
        folded.put(key, state);
        sightings.accept(
                key,
                new Sighting(
                        state.isWhole() ? Sighting.Kind.RESUMED : Sighting.Kind.CONTINUED,
                        seq,
                        seq,
                        state.fields(),
                        ""));
    }
}
