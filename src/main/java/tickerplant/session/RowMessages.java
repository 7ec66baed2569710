package tickerplant.session;

import java.util.ArrayList;
import java.util.List;
import tickerplant.market.Channel;
import tickerplant.market.LossUpdate;
import tickerplant.message.Gap;
import tickerplant.message.Message;
import tickerplant.message.Row;
import tickerplant.message.UpdateMessage;

/** Rows, as messages: what was lost upstream stands among them, and is told as a gap in its place. */
final class RowMessages {
    private RowMessages() {}

    /** Whether a row is told by a gap rather than in an update. */
    static boolean isLoss(Row row) {
        return row.update() instanceof LossUpdate;
    }

    /**
     * The messages that tell these rows, in their order.
     *
     * @param ts when they are put together, in microseconds since the epoch
     */
    static List<Message> messages(Channel channel, long ts, List<Row> rows) {
        if (rows.stream().noneMatch(RowMessages::isLoss)) {
            return rows.isEmpty() ? List.of() : List.of(new UpdateMessage(channel, ts, rows));
        }
        List<Message> messages = new ArrayList<>();
        List<Row> run = new ArrayList<>();
        for (Row row : rows) {
            if (!isLoss(row)) {
                run.add(row);
                continue;
            }
            if (!run.isEmpty()) {
                messages.add(new UpdateMessage(channel, ts, run));
                run = new ArrayList<>();
            }
            long seq = row.update().seq();
            messages.add(new Gap(channel, row.update().instrument().symbol(), seq, seq, Gap.Why.FEED));
        }
        if (!run.isEmpty()) {
            messages.add(new UpdateMessage(channel, ts, run));
        }
        return messages;
    }
}
