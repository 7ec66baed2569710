package tickerplant.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Listing;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** The market thread's side of a journal: gathers the step, and hands it over without ever waiting. For the market thread. */
final class Recording {
    /** How many symbols are captured in one go: the market waits for no more. */
    private static final int SLICE = 128;

    private record Key(int sid, Channel channel) {}

    /** What was told from one sequence to another, and had no place. */
    private record Range(long from, long to) {}

    private final Waiting waiting;
    private final Map<Symbol, SqliteJournal.Known> known;
    private final Map<Symbol, Integer> numbers;
    private final Map<String, Long> pseqs;
    private final Consumer<Runnable> market;
    private final List<Entry> step = new ArrayList<>();
    private int nextSid = 1;
    /** The number of each listing, by its index. */
    private int[] sids = new int[64];

    private final BitSet changed = new BitSet();
    private List<Listing> changedListings = new ArrayList<>();
    /** What is left of a round. */
    private final Deque<Listing> round = new ArrayDeque<>();

    /** What had no place, since when nothing is handed over until there is room again. */
    private final Map<Key, Range> missing = new LinkedHashMap<>();

    private boolean overflown;
    private final LongAdder lost = new LongAdder();
    /** Up to which of their messages publishers can't be told that they are safe. */
    private final Map<String, Long> lostPseqs = new HashMap<>();

    Recording(
            Waiting waiting,
            Map<Symbol, SqliteJournal.Known> known,
            Map<Symbol, Integer> numbers,
            Map<String, Long> pseqs,
            Consumer<Runnable> market) {
        this.waiting = waiting;
        this.known = known;
        this.numbers = new HashMap<>(numbers);
        this.pseqs = new ConcurrentHashMap<>(pseqs);
        this.market = market;
        numbers.values().forEach(sid -> nextSid = Math.max(nextSid, sid + 1));
    }

    void listed(Listing listing) {
        Symbol symbol = listing.instrument().symbol();
        if (listing.index() >= sids.length) {
            sids = Arrays.copyOf(sids, 2 * listing.index());
        }
        int sid = numbers.computeIfAbsent(symbol, each -> nextSid++);
        sids[listing.index()] = sid;
        SqliteJournal.Known before = known.put(symbol, new SqliteJournal.Known(sid, listing.instrument()));
        if (before == null || !before.instrument().equals(listing.instrument())) {
            step.add(new Entry.Named(sid, listing.instrument(), listing.feed()));
            touch(listing);
        }
    }

    void updated(Listing listing, Update update) {
        switch (update.channel()) {
            case TRADES, STATUS, NEWS ->
                step.add(new Entry.Told(sids[listing.index()], listing.ticker().seq(), update));
            default -> {
                // bars are told when they are closed, and last values are captured
            }
        }
        touch(listing);
    }

    void closed(Listing listing, BarUpdate update) {
        if (update.channel() == Channel.BARS_1M || update.channel() == Channel.BARS_1D) {
            step.add(new Entry.Closed(sids[listing.index()], update));
        }
        touch(listing);
    }

    private void touch(Listing listing) {
        if (!changed.get(listing.index())) {
            changed.set(listing.index());
            changedListings.add(listing);
        }
    }

    void published(String publisher, long pseq, Receipt receipt) {
        if (!publisher.isEmpty()) {
            pseqs.put(publisher, pseq);
            step.add(new Entry.Published(publisher, pseq));
        }
        step.add(new Entry.Awaited(receipt));
    }

    void repeated(String publisher, long pseq, Receipt receipt) {
        if (lostPseqs.getOrDefault(publisher, 0L) >= pseq) {
            receipt.lost("it came when the journal could not be written, and was not kept");
        } else {
            step.add(new Entry.Awaited(receipt));
        }
    }

    OptionalLong pseq(String publisher) {
        Long pseq = pseqs.get(publisher);
        return pseq == null ? OptionalLong.empty() : OptionalLong.of(pseq);
    }

    void stepped() {
        if (step.isEmpty()) {
            return;
        }
        if (overflown && waiting.hasRoom()) {
            recover();
        }
        boolean awaited = step.get(step.size() - 1) instanceof Entry.Awaited;
        if (overflown || !waiting.put(step)) {
            overflow();
        } else if (awaited) {
            waiting.hurry();
        }
        step.clear();
    }

    private void overflow() {
        overflown = true;
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : step) {
            if (entry instanceof Entry.Told told) {
                lost.increment();
                Range range = new Range(told.update().seq(), told.update().seq());
                missing.merge(
                        new Key(told.sid(), told.update().channel()),
                        range,
                        (before, now) -> new Range(before.from(), now.to()));
            } else if (entry instanceof Entry.Published published) {
                lostPseqs.put(published.publisher(), published.pseq());
            } else if (entry instanceof Entry.Awaited awaited) {
                awaited.receipt().lost("the journal can't keep up");
            } else {
                kept.add(entry);
            }
        }
        waiting.putAnyway(kept);
    }

    /** How many events had no place. Any thread. */
    long lost() {
        return lost.sum();
    }

    /** There is room again: first it is said what is missing. */
    private void recover() {
        List<Entry> gaps = new ArrayList<>();
        missing.forEach(
                (key, range) -> gaps.add(new Entry.Missing(key.sid(), key.channel(), range.from(), range.to())));
        missing.clear();
        overflown = false;
        waiting.putAnyway(gaps);
    }

    /** Asks for what has changed. Called by the writer. */
    void beginRound() {
        market.accept(() -> {
            round.addAll(changedListings);
            changedListings = new ArrayList<>();
            capture(SLICE);
        });
    }

    private void capture(int most) {
        List<Entry.Captive> captives = new ArrayList<>();
        while (!round.isEmpty() && captives.size() < most) {
            Listing listing = round.removeFirst();
            changed.clear(listing.index());
            captives.add(new Entry.Captive(sids[listing.index()], listing.state()));
        }
        if (round.isEmpty()) {
            waiting.putAnyway(List.of(new Entry.Captured(captives), new Entry.RoundOver()));
        } else {
            waiting.putAnyway(List.of(new Entry.Captured(captives)));
            market.accept(() -> capture(most));
        }
    }

    /** The market has ended: everything that has changed is handed over. */
    void end() {
        stepped();
        if (overflown) {
            recover();
        }
        round.addAll(changedListings);
        changedListings = new ArrayList<>();
        capture(Integer.MAX_VALUE);
    }
}
