package tickerplant.session;

import static tickerplant.market.Decimal.ABSENT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.TickerUpdate;
import tickerplant.message.AlertFired;
import tickerplant.message.AlertRemoved;
import tickerplant.message.AlertSet;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;

/** The alerts of one client: each is told once and then gone. Owned by the market thread. */
final class Alerts {
    private final Map<String, Alert> alerts = new HashMap<>();
    private final int limit;
    private final Outbox outbox;
    private final FollowedFeeds feeds;
    private final Clock clock;
    private long count;

    Alerts(int limit, Outbox outbox, FollowedFeeds feeds, Clock clock) {
        this.limit = limit;
        this.outbox = outbox;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** Sets an alert, judges what it has missed as far back as that is known, and what stands now. */
    void set(RequestId id, Topic topic, AlertRule rule, OptionalLong fromSeq) {
        long seq = topic.standing().update().seq();
        if (alerts.size() >= limit) {
            outbox.reply(new ErrorMessage(
                    id,
                    Reason.SYMBOL_LIMIT,
                    "alerts must be at most " + limit + " at a time (limits.alerts)",
                    "alert"));
            return;
        }
        if (fromSeq.isPresent() && fromSeq.getAsLong() > seq) {
            outbox.reply(
                    ErrorMessage.field(id, "from_seq", "at most " + seq + ", where " + topic.symbol() + " stands now"));
            return;
        }
        List<TickerUpdate> judged = topic.tickersSince(fromSeq.orElse(seq));
        Alert alert = new Alert("a-" + ++count, topic, rule, this);
        alerts.put(alert.name(), alert);
        topic.follow(alert);
        feeds.add(topic.feed());
        OptionalLong judgedFrom =
                fromSeq.isPresent() ? OptionalLong.of(judged.get(0).seq()) : OptionalLong.empty();
        outbox.reply(new AlertSet(id, alert.name(), judgedFrom));
        alert.begin(judged);
    }

    /** Removes one that has not been told yet. */
    void remove(RequestId id, String name) {
        Alert alert = alerts.get(name);
        if (alert == null) {
            outbox.reply(new ErrorMessage(
                    id, Reason.NOT_FOUND, "alert is not set: it never was, was told, or was removed", "alert"));
        } else {
            drop(alert);
            outbox.reply(new AlertRemoved(id, name));
        }
    }

    /** The name of one that these rights don't cover, where there is one. */
    Optional<String> beyond(Rights rights) {
        return alerts.values().stream()
                .filter(alert -> !rights.allows(Rights.scope(Channel.TICKER))
                        || !rights.covers(alert.topic().symbol()))
                .map(Alert::name)
                .findFirst();
    }

    void removeAll() {
        List.copyOf(alerts.values()).forEach(this::drop);
    }

    void fired(Alert alert, TickerUpdate update, long steps) {
        drop(alert);
        long ts = update.ticker().ts();
        outbox.reply(new AlertFired(
                alert.name(),
                update.instrument().symbol(),
                alert.field().value(steps, update.instrument()),
                update.seq(),
                ts == ABSENT ? clock.micros() : ts));
    }

    private void drop(Alert alert) {
        alerts.remove(alert.name());
        alert.topic().leave(alert);
        feeds.remove(alert.topic().feed());
    }
}
