package tickerplant.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;
import tickerplant.hub.HistoryRange;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Symbol;
import tickerplant.message.Authenticated;
import tickerplant.message.Configured;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Heartbeat;
import tickerplant.message.Message;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.message.Subscribed;
import tickerplant.message.Subscribed.Rejected;
import tickerplant.message.Subscriptions;
import tickerplant.message.SymbolsFound;
import tickerplant.message.Unsubscribed;
import tickerplant.message.Visible;

/**
 * One connected client: what it follows, and the answers to what it asks. Owned by the market thread, so that a snapshot and
 * the following of what comes after it are one step.
 */
public final class ClientSession implements Hub.Watcher {
    /** Those that the client has asked for; another map whenever there is one more, because any thread may look. */
    private volatile Map<Channel, ChannelSubscription> channels = Map.of();

    private final FollowedFeeds feeds = new FollowedFeeds();
    private final Hub hub;
    private final Outbox outbox;
    private final Clock clock;
    private final String epoch;
    private final Alerts alerts;
    private final Limits limits;
    private final HistoryReader history;

    /**
     * What a client may have at a time.
     *
     * @param symbols that it follows in a channel
     * @param alerts that are set
     */
    public record Limits(int symbols, int alerts) {}

    private Rights rights = Rights.ALL;
    private Rate maxRate = Rate.UNLIMITED;
    private boolean paused;
    private Visible visible = Visible.ALL;

    /**
     * A client that follows nothing yet.
     *
     * @param epoch the log that sequences count in
     */
    public ClientSession(Hub hub, Outbox outbox, Clock clock, String epoch, Limits limits) {
        this(hub, outbox, clock, epoch, limits, new HistoryReader(hub, epoch));
    }

    /**
     * A client that follows nothing yet.
     *
     * @param epoch the log that sequences count in
     * @param history answers what it asks of the past
     */
    public ClientSession(Hub hub, Outbox outbox, Clock clock, String epoch, Limits limits, HistoryReader history) {
        this.epoch = epoch;
        this.hub = hub;
        this.outbox = outbox;
        this.clock = clock;
        this.limits = limits;
        this.history = history;
        this.alerts = new Alerts(limits.alerts(), outbox, feeds, clock);
    }

    private ChannelSubscription channel(Channel channel) {
        ChannelSubscription known = channels.get(channel);
        if (known != null) {
            return known;
        }
        ChannelSubscription first = new ChannelSubscription(channel, hub, outbox, feeds);
        if (channel == Channel.TICKER) {
            first.show(visible);
        }
        Map<Channel, ChannelSubscription> more = new EnumMap<>(Channel.class);
        more.putAll(channels);
        more.put(channel, first);
        channels = more;
        return first;
    }

    /** The connection begins: symbols that are new from now on are heard of. */
    public void begin() {
        hub.watch(this);
    }

    /** What the client may do until it shows a token that says otherwise; said before the connection begins. */
    public void restrict(Rights granted) {
        rights = granted;
    }

    /**
     * A token was accepted, and is what the client's rights go by from now on. Where it doesn't cover all that is followed
     * or watched, everything stays as it is: rows that stopped without a word would be a gap that nobody is told of.
     *
     * @return whether it took effect
     */
    public boolean authenticated(RequestId id, Rights granted, long expiresMillis) {
        for (Map.Entry<Channel, ChannelSubscription> followed : channels.entrySet()) {
            Optional<Pattern> beyond = followed.getValue().beyond(granted);
            if (beyond.isPresent()) {
                outbox.reply(new ErrorMessage(
                        id,
                        Reason.FORBIDDEN,
                        "the new token does not cover " + beyond.get().text() + " of " + Rights.scope(followed.getKey())
                                + ", which is followed; unsubscribe it first",
                        "token"));
                return false;
            }
        }
        Optional<String> alert = alerts.beyond(granted);
        if (alert.isPresent()) {
            outbox.reply(new ErrorMessage(
                    id,
                    Reason.FORBIDDEN,
                    "the new token does not cover what the alert " + alert.get() + " watches; unalert it first",
                    "token"));
            return false;
        }
        rights = granted;
        outbox.reply(new Authenticated(id, OptionalLong.of(expiresMillis)));
        return true;
    }

    /** A token came although none is asked for. */
    public void needsNoToken(RequestId id) {
        outbox.reply(new Authenticated(id, OptionalLong.empty()));
    }

    /** The connection is gone: everything is left. */
    public void end() {
        hub.unwatch(this);
        alerts.removeAll();
        channels.values().forEach(ChannelSubscription::removeAll);
    }

    /** An answer that needs nothing but being sent in its turn. */
    public void reply(Message message) {
        outbox.reply(message);
    }

    /**
     * Follows what these entries cover: the answer, then what stands now or was missed, then every change.
     *
     * @param wanted what is asked for; each entry is taken or rejected by itself
     */
    public void subscribe(RequestId id, Channel channel, Wanted wanted) {
        String scope = Rights.scope(channel);
        if (!rights.allows(scope)) {
            outbox.reply(new ErrorMessage(
                    id, Reason.FORBIDDEN, "this channel needs a token with the scope " + scope, "channel"));
            return;
        }
        ChannelSubscription subscription = channel(channel);
        boolean heardMarket = subscription.hearsMarket();
        Set<Pattern> taken = new LinkedHashSet<>();
        List<Rejected> rejected = new ArrayList<>();
        for (String text : wanted.entries()) {
            Pattern.parse(text)
                    .ifPresentOrElse(
                            entry -> take(subscription, channel, entry, wanted, taken, rejected),
                            () -> rejected.add(new Rejected(text, Reason.INVALID_FIELD)));
        }
        Set<Topic> covered = new LinkedHashSet<>();
        taken.forEach(entry -> covered.addAll(entry.topics(hub, channel)));
        if (subscription.hearsMarket() && !heardMarket) {
            hub.marketWide(channel).ifPresent(covered::add);
        }
        subscription.pace(covered);
        outbox.flush(channel, slot -> covered.contains(slot.topic()));
        CatchUp catchUp = new CatchUp(channel, clock.micros());
        covered.forEach(topic -> catchUp.resume(topic, wanted.resume(), epoch, wanted.beginning()));
        outbox.reply(new Subscribed(
                id,
                channel,
                taken.stream().map(Pattern::text).toList(),
                subscription.total(),
                rejected,
                catchUp.seqs(),
                catchUp.recovered()));
        catchUp.messages().forEach(outbox::reply);
        outbox.catchesUp(channel, catchUp.rows());
    }

    /** Whether the position is one that these topics have had; one in another log is no mistake. */
    private boolean isKnown(Collection<Topic> topics, Resume resume) {
        for (Topic topic : topics) {
            OptionalLong seq = resume.seq(topic.symbol());
            if (seq.isPresent()
                    && (seq.getAsLong() == Resume.INVALID
                            || (resume.epoch().equals(epoch) && !CatchUp.isKnown(seq.getAsLong(), topic)))) {
                return false;
            }
        }
        return true;
    }

    private void take(
            ChannelSubscription subscription,
            Channel channel,
            Pattern entry,
            Wanted wanted,
            Set<Pattern> taken,
            List<Rejected> rejected) {
        if (!rights.covers(entry)) {
            rejected.add(new Rejected(entry.text(), Reason.FORBIDDEN));
        } else if (!entry.isWildcard() && entry.topics(hub, channel).isEmpty()) {
            rejected.add(new Rejected(entry.text(), Reason.UNKNOWN_SYMBOL, allowed(wanted.nearMisses(), entry)));
        } else if (!entry.isWildcard() && !isKnown(entry.topics(hub, channel), wanted.resume())) {
            rejected.add(new Rejected(entry.text(), Reason.INVALID_FIELD));
        } else if (subscription.total() + subscription.growth(entry) > limits.symbols()) {
            rejected.add(new Rejected(entry.text(), Reason.SYMBOL_LIMIT));
        } else {
            subscription.add(entry, wanted.maxRate());
            taken.add(entry);
        }
    }

    /** What is near, but for what the client may not know of. */
    private List<String> allowed(NearMisses nearMisses, Pattern entry) {
        return nearMisses.of(entry.text()).stream()
                .filter(symbol -> rights.covers(new Symbol(symbol)))
                .toList();
    }

    /** Removes these entries, or where none is named all of the channel. */
    public void unsubscribe(RequestId id, Channel channel, List<String> unwanted) {
        ChannelSubscription subscription = channel(channel);
        List<Pattern> removed = unwanted.isEmpty()
                ? subscription.removeAll()
                : subscription.remove(unwanted.stream()
                        .flatMap(text -> Pattern.parse(text).stream())
                        .toList());
        outbox.reply(Unsubscribed.from(
                id, channel, removed.stream().map(Pattern::text).toList(), subscription.total()));
    }

    /** Removes every entry of the bars of every interval. */
    public void unsubscribeBars(RequestId id) {
        Set<String> removed = new LinkedHashSet<>();
        channels.forEach((channel, subscription) -> {
            if (channel.isBars()) {
                subscription.removeAll().forEach(entry -> removed.add(entry.text()));
            }
        });
        outbox.reply(Unsubscribed.fromBars(id, List.copyOf(removed)));
    }

    /** Tells what the client follows. */
    public void subscriptions(RequestId id) {
        List<Subscriptions.Entries> entries = new ArrayList<>();
        channels.forEach((channel, subscription) -> subscription
                .entries()
                .forEach((rate, symbols) -> entries.add(new Subscriptions.Entries(channel, symbols, rate))));
        outbox.reply(new Subscriptions(id, entries));
    }

    /**
     * Watches a ticker: the answer, and once it has come about, at once if it has already, what was waited for.
     *
     * @param fromSeq the sequence after which the client has missed what happened
     * @param nearMisses what may have been meant by a symbol that is not known
     */
    public void setAlert(RequestId id, Symbol symbol, AlertRule rule, OptionalLong fromSeq, NearMisses nearMisses) {
        if (!rights.allows(Rights.scope(Channel.TICKER)) || !rights.covers(symbol)) {
            outbox.reply(new ErrorMessage(
                    id, Reason.FORBIDDEN, "an alert needs a token for the ticker of its symbol", "symbol"));
            return;
        }
        Optional<Topic> topic = hub.topic(Channel.TICKER, symbol);
        if (topic.isPresent()) {
            alerts.set(id, topic.get(), rule, fromSeq);
            return;
        }
        List<String> near = allowed(nearMisses, Pattern.exactly(symbol));
        outbox.reply(HistoryReader.unknown(id, symbol, near));
    }

    /** Watches for something no more. */
    public void removeAlert(RequestId id, String alert) {
        alerts.remove(id, alert);
    }

    /** Changes how much comes on this connection, and tells what holds now. What is absent stays as it is. */
    public void configure(
            RequestId id, Optional<Rate> newRate, Optional<Boolean> newPaused, Optional<Visible> newVisible) {
        maxRate = newRate.orElse(maxRate);
        paused = newPaused.orElse(paused);
        visible = newVisible.orElse(visible);
        if (newVisible.isPresent() && channels.containsKey(Channel.TICKER)) {
            channel(Channel.TICKER).show(visible);
        }
        outbox.configure(new Configured(id, maxRate, paused, visible));
    }

    /** Answers a client's ping with its own time stamp. */
    public void ping(RequestId id, String ts) {
        outbox.reply(new Pong(id, ts, clock.micros()));
    }

    /** Sends a heartbeat, with a check of what the client should know by then. */
    public void heartbeat(Heartbeat heartbeat) {
        ChannelSubscription ticker = channels.get(Channel.TICKER);
        if (ticker == null || ticker.isEmpty()) {
            outbox.heartbeat(heartbeat);
        } else {
            outbox.heartbeat(heartbeat, ticker.check());
        }
    }

    /** What may have been meant by those of the entries that are not known. For any thread but the market's. */
    public NearMisses nearMisses(List<String> entries) {
        return NearMisses.of(hub, entries);
    }

    /**
     * Tells which instruments match. May be called by any thread, and must not be by the market's.
     *
     * @param query what was typed
     * @param limit the most that are wanted
     */
    public void findSymbols(RequestId id, String query, int limit) {
        outbox.reply(new SymbolsFound(id, hub.symbols().find(query, limit)));
    }

    /**
     * Takes hold of what is remembered; what comes back makes the answer, on any thread but the market's.
     *
     * @param ofEpoch the log that the range's sequence counts in; empty for the current one
     */
    public Runnable history(RequestId id, Channel channel, Symbol symbol, String ofEpoch, HistoryRange range) {
        Supplier<Message> answer = history.read(id, rights, channel, symbol, ofEpoch, range);
        return () -> outbox.reply(answer.get());
    }

    @Override
    public void appeared(Symbol symbol) {
        channels.forEach(
                (channel, subscription) -> subscription.appeared(symbol).ifPresent(topic -> {
                    CatchUp catchUp = new CatchUp(channel, clock.micros());
                    catchUp.begin(topic, Beginning.SNAPSHOT);
                    catchUp.messages().forEach(outbox::reply);
                }));
    }

    @Override
    public void begun(Topic marketWide) {
        if (channels.containsKey(marketWide.channel())) {
            channel(marketWide.channel()).begun(marketWide);
        }
    }

    /** How many symbols the client follows, in all channels together. May be called by any thread. */
    public int total() {
        int total = 0;
        for (ChannelSubscription subscription : channels.values()) {
            total += subscription.total();
        }
        return total;
    }

    /** How many it follows in each channel, for the log. May be called by any thread. */
    public String totals() {
        StringJoiner totals = new StringJoiner(" ");
        Map<Channel, ChannelSubscription> asked = channels;
        for (Channel channel : Channel.values()) {
            ChannelSubscription subscription = asked.get(channel);
            int total = subscription == null ? 0 : subscription.total();
            if (total > 0 || channel == Channel.TICKER) {
                String interval =
                        channel.interval().map(each -> "_" + each.word()).orElse("");
                totals.add(channel.word() + interval + "=" + total);
            }
        }
        return totals.toString();
    }

    /** The feeds whose symbols the client follows. May be called by any thread. */
    public FollowedFeeds feeds() {
        return feeds;
    }
}
