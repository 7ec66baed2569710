package tickerplant.session;

import static tickerplant.market.Decimal.ABSENT;

import java.util.function.LongPredicate;
import tickerplant.hub.Follower;
import tickerplant.hub.Topic;
import tickerplant.market.TickerUpdate;
import tickerplant.message.Row;

/**
 * One alert of one client. It follows the ticker itself, so that it sees every event, whatever the client is sent of them;
 * an event that leaves its field alone costs it one comparison. Owned by the market thread.
 */
final class Alert extends Follower {
    private final String name;
    private final AlertField field;
    private final LongPredicate trigger;
    private final Alerts alerts;

    Alert(String name, Topic topic, AlertRule rule, Alerts alerts) {
        super(topic);
        this.name = name;
        this.field = rule.field();
        this.trigger = rule.trigger(topic.instrument());
        this.alerts = alerts;
    }

    String name() {
        return name;
    }

    AlertField field() {
        return field;
    }

    @Override
    protected void offer(Row row) {
        TickerUpdate update = (TickerUpdate) row.update();
        if ((update.changed() & field.bits()) != 0) {
            judge(update);
        }
    }

    /** Looks at what the ticker shows, whatever changed; answers whether that is what was waited for. */
    boolean judge(TickerUpdate update) {
        long steps = field.steps(update.ticker());
        boolean fires = steps != ABSENT && trigger.test(steps);
        if (fires) {
            alerts.fired(this, update, steps);
        }
        return fires;
    }
}
