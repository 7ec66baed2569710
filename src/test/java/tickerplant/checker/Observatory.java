package tickerplant.checker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All connections to one server, side by side: what one of them was told is held against what the others were told. Some
 * are observers, healthy clients without a {@code max_rate}; what they heard is the record. Any thread.
 *
 * <p>Contents of one sequence are compared as they come. States and merges are judged afterwards, by {@link #verdict},
 * because a slow client hears things later than an observer, or earlier: every {@code ticker} state that a client
 * folded must be the observers' at that sequence, wherever they know it.
 *
 * <p>The extremes of a merged row are judged by the {@link FeedRecord} where one covers the events, to the digit. Else
 * by what the observers heard: a row by which the volume grew is a trade; its price is that of the row of
 * {@code trades} with the same time and size, so an observer should follow that channel too; else {@code last}, where
 * it moved. Where neither tells (an odd lot, of which {@code ticker} shows no price), the extremes must be there and
 * reach at least as far as the prices known, no more.
 */
public final class Observatory {
    private static final Set<String> NOT_CONTENT = Set.of("n", "hi", "lo");

    private final FeedRecord feed = new FeedRecord();
    private final List<Checker> checkers = new ArrayList<>();
    private final List<Checker> observers = new ArrayList<>();
    private final Map<Stream, Map<Checker, List<Sighting>>> sightings = new LinkedHashMap<>();
    private final Map<Stream, Map<Long, Map<String, Object>>> claims = new HashMap<>();

    /** A key in an epoch: within it, a sequence names one event. */
    private record Stream(String epoch, Key key) {}

    private record Finding(Checker checker, Violation violation) {}

    /** A checker for a connection, with every assertion. */
    public Checker checker(String name) {
        return checker(name, EnumSet.allOf(Assertion.class));
    }

    /** A checker for a connection, with some assertions. */
    public synchronized Checker checker(String name, Set<Assertion> asserted) {
        Checker checker = new Checker(name, this, asserted);
        checkers.add(checker);
        return checker;
    }

    /** A checker for a connection whose rows are the record, with every assertion. */
    public Checker observer(String name) {
        return observer(name, EnumSet.allOf(Assertion.class));
    }

    /** A checker for a connection whose rows are the record, with some assertions. */
    public synchronized Checker observer(String name, Set<Assertion> asserted) {
        Checker observer = checker(name, asserted);
        observers.add(observer);
        return observer;
    }

    /** What the feed played; empty as long as the test plays nothing into it. */
    public FeedRecord feed() {
        return feed;
    }

    /**
     * States what the content of one sequence is, for instance as HTTP gives it.
     *
     * @return how that contradicts what was heard before
     */
    public synchronized List<String> claim(String epoch, Key key, Map<String, Object> row) {
        long seq = Json.whole(row.get("seq"));
        Map<String, Object> content = new HashMap<>(row);
        content.keySet().removeAll(NOT_CONTENT);
        Map<String, Object> known = claims.computeIfAbsent(new Stream(epoch, key), stream -> new HashMap<>())
                .computeIfAbsent(seq, s -> new HashMap<>());
        List<String> contradictions = contradictions(key, known, content);
        content.forEach(known::putIfAbsent);
        return contradictions;
    }

    /** Compares the folded state of every connection with what it must be now that the source is quiet. */
    public void settled(String channel, Map<String, Map<String, Object>> rows) {
        Map<Key, Map<String, Object>> all = new HashMap<>();
        rows.forEach((symbol, row) -> all.put(Key.of(channel, symbol), row));
        settled(all);
    }

    /** Compares the folded state of every connection that is open with the rows of a snapshot of all that there is. */
    public void settled(Map<Key, Map<String, Object>> rows) {
        List<Checker> all;
        synchronized (this) {
            all = List.copyOf(checkers);
        }
        all.forEach(checker -> checker.settled(rows));
    }

    /** Finishes every connection and judges what only all of them together tell; gives all that was broken so far. */
    public List<Violation> verdict(long nanos) {
        List<Checker> all;
        List<Finding> findings;
        synchronized (this) {
            all = List.copyOf(checkers);
            findings = new ArrayList<>();
            sightings.forEach((stream, heard) -> {
                if (stream.key().channel().equals("ticker")) {
                    judge(stream, heard, findings);
                } else if (stream.key().channel().equals("bars")) {
                    judge(stream, heard, findings);
                    judgeBars(stream, heard, findings);
                } else {
                    judgeSnapshots(stream, heard, findings);
                }
            });
        }
        // Outside the lock: a checker that hears something holds its own lock when it takes this one.
        findings.forEach(finding -> finding.checker().found(finding.violation()));
        all.forEach(checker -> checker.finish(nanos));
        return violations();
    }

    /** All that was found broken so far, without a look at what only all connections together tell. */
    public List<Violation> violations() {
        List<Checker> all;
        synchronized (this) {
            all = List.copyOf(checkers);
        }
        return all.stream().flatMap(checker -> checker.violations().stream()).toList();
    }

    synchronized List<String> saw(Checker checker, String epoch, Key key, Sighting sighting) {
        sightings
                .computeIfAbsent(new Stream(epoch, key), stream -> new LinkedHashMap<>())
                .computeIfAbsent(checker, c -> new ArrayList<>())
                .add(sighting);
        // The last trade or news may be older than the sequence its snapshot stands at.
        boolean isEvent = sighting.kind() == Sighting.Kind.UPDATE
                || (sighting.kind() == Sighting.Kind.SNAPSHOT && key.channel().equals("ticker"));
        return isEvent ? claim(epoch, key, sighting.row()) : List.of();
    }

    private void judge(Stream stream, Map<Checker, List<Sighting>> heard, List<Finding> findings) {
        Timeline timeline = new Timeline();
        for (Checker observer : observers) {
            heard.getOrDefault(observer, List.of()).forEach(timeline::learn);
        }
        NavigableMap<Long, Prints> prints = timeline.prints(trades(stream));
        heard.forEach((checker, sights) -> {
            Folded state = new Folded();
            Timeline.Cursor cursor = timeline.cursor();
            for (Sighting sighting : sights) {
                fold(state, sighting);
                Optional<Map<String, Object>> right = cursor.at(sighting.seq());
                right.flatMap(r -> Checker.differences(r, state)).ifPresent(text -> {
                    findings.add(finding(checker, assertion(sighting), stream.key(), sighting, text));
                    // One fault is one finding: what follows is judged from the right state on.
                    state.set(sighting.seq(), right.get(), true);
                });
                if (stream.key().channel().equals("ticker")
                        && sighting.kind() == Sighting.Kind.UPDATE
                        && sighting.seq() - sighting.after() > 1) {
                    feed.printed(stream.key().symbol(), sighting.after(), sighting.seq())
                            .or(() -> timeline.printed(prints, sighting.after(), sighting.seq()))
                            .flatMap(printed -> printed.fault(
                                    sighting.row().get("hi"), sighting.row().get("lo")))
                            .ifPresent(text ->
                                    findings.add(finding(checker, Assertion.MERGE_TRUE, stream.key(), sighting, text)));
                }
            }
        });
    }

    /** Every row of bars must be what the observed trades give, and merge nothing but updates of one open bar. */
    private void judgeBars(Stream stream, Map<Checker, List<Sighting>> heard, List<Finding> findings) {
        BarTrades trades = new BarTrades(stream.key().interval());
        Map<Checker, List<Sighting>> sightingsOfTrades = sightings.getOrDefault(
                new Stream(stream.epoch(), Key.of("trades", stream.key().symbol())), Map.of());
        for (Checker observer : observers) {
            sightingsOfTrades.getOrDefault(observer, List.of()).forEach(trades::learn);
        }
        Map<Long, Map<String, Object>> contents = claims.getOrDefault(stream, Map.of());
        heard.forEach((checker, sights) -> {
            for (Sighting sighting : sights) {
                if (sighting.kind() != Sighting.Kind.UPDATE) {
                    continue;
                }
                for (long seq = sighting.after() + 1; seq < sighting.seq(); seq++) {
                    Map<String, Object> merged = contents.getOrDefault(seq, Map.of());
                    if (Boolean.TRUE.equals(merged.get("final"))
                            || (merged.containsKey("start")
                                    && !merged.get("start")
                                            .equals(sighting.row().get("start")))) {
                        String text = "merges what happened at " + seq + ", a final bar or another one";
                        findings.add(finding(checker, Assertion.MERGE_TRUE, stream.key(), sighting, text));
                    }
                }
                trades.fault(sighting.row())
                        .ifPresent(text ->
                                findings.add(finding(checker, Assertion.MERGE_TRUE, stream.key(), sighting, text)));
            }
        });
    }

    /** Where the event at a snapshot's sequence is known and is a value, the snapshot must be that value. */
    private void judgeSnapshots(Stream stream, Map<Checker, List<Sighting>> heard, List<Finding> findings) {
        Map<Long, Map<String, Object>> contents = claims.getOrDefault(stream, Map.of());
        heard.forEach((checker, sights) -> {
            for (Sighting sighting : sights) {
                Map<String, Object> content = contents.getOrDefault(sighting.seq(), Map.of());
                if (sighting.kind() == Sighting.Kind.SNAPSHOT && !content.containsKey("cancels")) {
                    contradictions(stream.key(), content, sighting.row())
                            .forEach(text -> findings.add(
                                    finding(checker, Assertion.SNAPSHOT_TRUE, stream.key(), sighting, text)));
                }
            }
        });
    }

    private static List<String> contradictions(Key key, Map<String, Object> known, Map<String, Object> row) {
        List<String> contradictions = new ArrayList<>();
        row.forEach((field, value) -> {
            if (known.containsKey(field) && !Objects.equals(known.get(field), value)) {
                contradictions.add(key + " at " + row.get("seq") + ": " + field + " is " + Json.write(value)
                        + ", elsewhere " + Json.write(known.get(field)));
            }
        });
        return contradictions;
    }

    private List<Timeline.Trade> trades(Stream ticker) {
        NavigableMap<Long, Timeline.Trade> trades = new TreeMap<>();
        Map<Checker, List<Sighting>> heard = sightings.getOrDefault(
                new Stream(ticker.epoch(), Key.of("trades", ticker.key().symbol())), Map.of());
        for (Checker observer : observers) {
            for (Sighting sighting : heard.getOrDefault(observer, List.of())) {
                Map<String, Object> row = sighting.row();
                if (sighting.kind() == Sighting.Kind.UPDATE
                        && row.get("price") instanceof BigDecimal price
                        && row.get("size") instanceof BigDecimal size) {
                    trades.put(sighting.seq(), new Timeline.Trade(row.get("ts"), price, size));
                }
            }
        }
        return List.copyOf(trades.values());
    }

    private static Finding finding(Checker checker, Assertion assertion, Key key, Sighting sighting, String text) {
        return new Finding(
                checker,
                new Violation(
                        assertion, checker + ": " + key + " at " + sighting.seq() + ": " + text, sighting.message()));
    }

    private static Assertion assertion(Sighting sighting) {
        if (sighting.kind() == Sighting.Kind.SNAPSHOT) {
            return Assertion.SNAPSHOT_TRUE;
        }
        return sighting.seq() - sighting.after() > 1 ? Assertion.MERGE_TRUE : Assertion.ONE_CONTENT;
    }

    private static void fold(Folded state, Sighting sighting) {
        switch (sighting.kind()) {
            case SNAPSHOT -> state.snapshot(sighting.row());
            case UPDATE -> state.update(sighting.row());
            case GAP -> state.gap(sighting.row());
            case CONTINUED -> state.set(sighting.seq(), sighting.row(), false);
            case RESUMED -> state.set(sighting.seq(), sighting.row(), true);
        }
    }
}
