package tickerplant.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.message.Rate;
import tickerplant.message.Visible;

/**
 * What one client follows in one channel: the entries that it asked for, and a slot for each symbol that any of them covers.
 * Owned by the market thread.
 */
final class ChannelSubscription {
    private final Channel channel;
    private final Hub hub;
    private final Outbox outbox;
    /** With the rate that was asked for with each. */
    private final Map<Pattern, Rate> entries = new LinkedHashMap<>();
    /** Those of the entries that must be looked through one by one. */
    private final List<Pattern> wildcards = new ArrayList<>();

    private final Slots slots = new Slots();
    /** Whether anything ever asked for an interval: before that, no slot has one. */
    private boolean paced;

    private final FollowedFeeds feeds;
    /** Where what concerns the whole market is followed, which it is as long as there is any entry. */
    private Optional<Slot> marketWide = Optional.empty();

    private Visible visible = Visible.ALL;
    /** How many symbols are covered, for other threads. */
    private volatile int total;

    ChannelSubscription(Channel channel, Hub hub, Outbox outbox, FollowedFeeds feeds) {
        this.feeds = feeds;
        this.channel = channel;
        this.hub = hub;
        this.outbox = outbox;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How many symbols are covered. May be asked by any thread. */
    int total() {
        return total;
    }

    /** The entries, by the rate that was asked for with them. */
    Map<Rate, List<String>> entries() {
        Map<Rate, List<String>> byRate = new LinkedHashMap<>();
        entries.forEach((entry, rate) ->
                byRate.computeIfAbsent(rate, r -> new ArrayList<>()).add(entry.text()));
        return byRate;
    }

    /** The checks of all that is covered, by exclusive or. */
    int check() {
        int[] check = {0};
        slots.forEach(slot -> check[0] ^= slot.topic().standing().check());
        return check[0];
    }

    /** An entry that these rights don't cover, where there is one. */
    Optional<Pattern> beyond(Rights rights) {
        return rights.allows(Rights.scope(channel))
                ? entries.keySet().stream()
                        .filter(entry -> !rights.covers(entry))
                        .findFirst()
                : entries.keySet().stream().findFirst();
    }

    /** How many symbols more would be covered with this entry. */
    int growth(Pattern entry) {
        int growth = 0;
        for (Topic topic : entry.topics(hub, channel)) {
            if (!slots.has(topic)) {
                growth++;
            }
        }
        return growth;
    }

    /** Adds an entry, or gives it another rate, and follows what it covers from now on; {@link #pace} must come after it. */
    void add(Pattern entry, Rate rate) {
        paced |= rate.isLimited();
        if (entries.put(entry, rate) == null) {
            if (entry.isWildcard()) {
                wildcards.add(entry);
            }
            entry.topics(hub, channel).forEach(this::follow);
            hub.marketWide(channel).ifPresent(this::followMarketWide);
            count();
        }
    }

    /** Whether what concerns the whole market is followed. */
    boolean hearsMarket() {
        return marketWide.isPresent();
    }

    /** Takes which symbols the client shows; rows of the others come seldom. */
    void show(Visible symbols) {
        visible = symbols;
        paced |= symbols.symbols().isPresent();
        List<Topic> all = new ArrayList<>(slots.size());
        slots.forEach(slot -> all.add(slot.topic()));
        pace(all);
    }

    /** Applies the rates that hold now to these topics: of several entries the one that limits least. */
    void pace(Collection<Topic> topics) {
        if (!paced) {
            return;
        }
        List<Slot> covered = new ArrayList<>(topics.size());
        for (Topic topic : topics) {
            Slot slot = slots.of(topic);
            if (slot != null) {
                covered.add(slot);
            }
        }
        outbox.pace(channel, covered, this::interval);
    }

    private long interval(Slot slot) {
        Symbol symbol = slot.topic().symbol();
        Rate exact = entries.get(Pattern.exactly(symbol));
        long interval = exact == null ? Long.MAX_VALUE : exact.intervalNanos();
        for (Pattern wildcard : wildcards) {
            if (wildcard.covers(symbol)) {
                interval = Math.min(interval, entries.get(wildcard).intervalNanos());
            }
        }
        return visible.hides(symbol) ? Math.max(interval, Standing.HIDDEN.intervalNanos()) : interval;
    }

    /** What concerns the whole market begins, with its first row, and so needs no snapshot. */
    void begun(Topic topic) {
        if (!isEmpty()) {
            followMarketWide(topic);
        }
    }

    /** Follows a symbol that is new, if an entry covers it; answers its topic then. */
    Optional<Topic> appeared(Symbol symbol) {
        Optional<Topic> covered = covers(symbol) ? hub.topic(channel, symbol) : Optional.empty();
        covered.ifPresent(topic -> {
            follow(topic);
            count();
            pace(List.of(topic));
        });
        return covered;
    }

    /** Removes entries, and leaves the topics that no other entry covers; answers those that were there. */
    List<Pattern> remove(Collection<Pattern> unwanted) {
        List<Pattern> removed = new ArrayList<>();
        for (Pattern entry : unwanted) {
            if (entries.remove(entry) != null) {
                wildcards.remove(entry);
                removed.add(entry);
            }
        }
        Set<Slot> left = new HashSet<>();
        Set<Topic> stayed = new HashSet<>();
        for (Pattern entry : removed) {
            for (Topic topic : entry.topics(hub, channel)) {
                if (covers(topic.symbol())) {
                    stayed.add(topic);
                    continue;
                }
                Slot slot = slots.remove(topic);
                if (slot != null) {
                    topic.leave(slot);
                    feeds.remove(topic.feed());
                    left.add(slot);
                }
            }
        }
        if (isEmpty() && marketWide.isPresent()) {
            Slot slot = marketWide.get();
            marketWide = Optional.empty();
            slot.topic().leave(slot);
            left.add(slot);
        }
        count();
        outbox.discard(channel, left::contains);
        pace(stayed);
        return removed;
    }

    List<Pattern> removeAll() {
        return remove(List.copyOf(entries.keySet()));
    }

    private void count() {
        hub.subscriptions().add(channel, slots.size() - total);
        total = slots.size();
    }

    private boolean covers(Symbol symbol) {
        if (entries.containsKey(Pattern.exactly(symbol))) {
            return true;
        }
        for (Pattern wildcard : wildcards) {
            if (wildcard.covers(symbol)) {
                return true;
            }
        }
        return false;
    }

    private void followMarketWide(Topic topic) {
        if (marketWide.isEmpty()) {
            Slot slot = new Slot(topic, outbox);
            marketWide = Optional.of(slot);
            topic.follow(slot);
        }
    }

    private void follow(Topic topic) {
        if (!slots.has(topic)) {
            Slot slot = new Slot(topic, outbox);
            slots.add(slot);
            topic.follow(slot);
            feeds.add(topic.feed());
        }
    }
}
