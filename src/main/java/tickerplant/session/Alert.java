package tickerplant.session;

import static tickerplant.market.Decimal.ABSENT;

import java.util.List;
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
        judge((TickerUpdate) row.update());
    }

    /** Judges what happened in turn; the first shows where the field was at the start. */
    void begin(List<TickerUpdate> past) {
        boolean fired = judgeAlways(past.get(0));
        for (int i = 1; i < past.size() && !fired; i++) {
            fired = judge(past.get(i));
        }
    }

    /** Answers whether that is what was waited for. */
    private boolean judge(TickerUpdate update) {
        return (update.changed() & field.bits()) != 0 && judgeAlways(update);
    }

    private boolean judgeAlways(TickerUpdate update) {
        long steps = field.steps(update.ticker());
        boolean fires = steps != ABSENT && trigger.test(steps);
        if (fires) {
            alerts.fired(this, update, steps);
        }
        return fires;
    }
}
