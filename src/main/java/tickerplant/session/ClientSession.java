package tickerplant.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.message.Message;
import tickerplant.message.Pong;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;
import tickerplant.message.Subscribed;
import tickerplant.message.Subscribed.Rejected;
import tickerplant.message.Subscriptions;
import tickerplant.message.Unsubscribed;

/**
 * One connected client: what it follows, and the answers to what it asks. Owned by the market thread, so that a snapshot and
 * the following of what comes after it are one step.
 */
public final class ClientSession implements Hub.Watcher {
    private final Map<Channel, ChannelSubscription> channels = new EnumMap<>(Channel.class);
    private final FollowedFeeds feeds = new FollowedFeeds();
    private final Hub hub;
    private final Outbox outbox;
    private final Clock clock;
    private final int symbolLimit;

    /**
     * A client that follows nothing yet.
     *
     * @param symbolLimit how many symbols it may follow in a channel
     */
    public ClientSession(Hub hub, Outbox outbox, Clock clock, int symbolLimit) {
        this.hub = hub;
        this.outbox = outbox;
        this.clock = clock;
        this.symbolLimit = symbolLimit;
        for (Channel channel : Channel.values()) {
            channels.put(channel, new ChannelSubscription(channel, hub, outbox, feeds));
        }
    }

    /** The connection begins: symbols that are new from now on are heard of. */
    public void begin() {
        hub.watch(this);
    }

    /** The connection is gone: everything is left. */
    public void end() {
        hub.unwatch(this);
        channels.values().forEach(ChannelSubscription::removeAll);
    }

    /** An answer that needs nothing but being sent in its turn. */
    public void reply(Message message) {
        outbox.reply(message);
    }

    /**
     * Follows what these entries cover: the answer, then what stands now, then every change.
     *
     * @param wanted entries as the client wrote them; each is taken or rejected by itself
     */
    public void subscribe(RequestId id, Channel channel, List<String> wanted) {
        ChannelSubscription subscription = channels.get(channel);
        Set<Pattern> taken = new LinkedHashSet<>();
        List<Rejected> rejected = new ArrayList<>();
        for (String text : wanted) {
            Pattern.parse(text)
                    .ifPresentOrElse(
                            entry -> take(subscription, channel, entry, taken, rejected),
                            () -> rejected.add(new Rejected(text, Reason.INVALID_FIELD)));
        }
        Set<Topic> covered = new LinkedHashSet<>();
        taken.forEach(entry -> covered.addAll(entry.topics(hub, channel)));
        outbox.flush(channel, slot -> covered.contains(slot.topic()));
        outbox.reply(new Subscribed(
                id, channel, taken.stream().map(Pattern::text).toList(), subscription.total(), rejected));
        if (!covered.isEmpty()) {
            snapshot(channel, covered);
        }
    }

    private void take(
            ChannelSubscription subscription,
            Channel channel,
            Pattern entry,
            Set<Pattern> taken,
            List<Rejected> rejected) {
        if (!entry.isWildcard() && entry.topics(hub, channel).isEmpty()) {
            rejected.add(new Rejected(entry.text(), Reason.UNKNOWN_SYMBOL));
        } else if (subscription.total() + subscription.growth(entry) > symbolLimit) {
            rejected.add(new Rejected(entry.text(), Reason.SYMBOL_LIMIT));
        } else {
            subscription.add(entry);
            taken.add(entry);
        }
    }

    /** Removes these entries, or where none is named all of the channel. */
    public void unsubscribe(RequestId id, Channel channel, List<String> unwanted) {
        ChannelSubscription subscription = channels.get(channel);
        List<Pattern> removed = unwanted.isEmpty()
                ? subscription.removeAll()
                : subscription.remove(unwanted.stream()
                        .flatMap(text -> Pattern.parse(text).stream())
                        .toList());
        outbox.reply(new Unsubscribed(
                id, channel, removed.stream().map(Pattern::text).toList(), subscription.total()));
    }

    /** Tells what the client follows. */
    public void subscriptions(RequestId id) {
        List<Subscriptions.Entries> entries = channels.entrySet().stream()
                .filter(channel -> !channel.getValue().isEmpty())
                .map(channel -> new Subscriptions.Entries(
                        channel.getKey(), channel.getValue().entries()))
                .toList();
        outbox.reply(new Subscriptions(id, entries));
    }

    /** Answers a client's ping with its own time stamp. */
    public void ping(RequestId id, String ts) {
        outbox.reply(new Pong(id, ts, clock.micros()));
    }

    @Override
    public void appeared(Topic topic) {
        if (channels.get(topic.channel()).appeared(topic)) {
            snapshot(topic.channel(), List.of(topic));
        }
    }

    /** The feeds whose symbols the client follows. May be called by any thread. */
    public FollowedFeeds feeds() {
        return feeds;
    }

    private void snapshot(Channel channel, Collection<Topic> topics) {
        List<Row> rows = topics.stream().map(Topic::standing).toList();
        outbox.reply(new Snapshot(channel, clock.micros(), rows));
    }
}
