package tickerplant.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Channel;
import tickerplant.market.LossUpdate;
import tickerplant.market.Symbol;
import tickerplant.message.HistoryPage;
import tickerplant.message.Row;

/**
 * The rows that a {@link RowHistory} had at one moment.
 *
 * @param channel of which channel
 * @param symbol whose
 * @param seq the newest sequence
 * @param rows in order; nothing is missing between or after them
 * @param forgottenTs the latest time of those before them, in microseconds since the epoch
 */
record RowsPast(Channel channel, Symbol symbol, long seq, List<Row> rows, long forgottenTs) implements Past {
    @Override
    public HistoryPage page(HistoryRange range) {
        List<Row> found = new ArrayList<>();
        Optional<Row> following = Optional.empty();
        for (Row row : rows) {
            boolean isTold = !(row.update() instanceof LossUpdate);
            if (isTold && row.update().seq() > range.afterSeq() && range.contains(RowHistory.time(row))) {
                if (found.size() == range.limit()) {
                    following = Optional.of(row);
                    break;
                }
                found.add(row);
            }
        }
        long forgotten = seq - rows.size();
        boolean whole = range.afterSeq() >= forgotten || range.from() > forgottenTs;
        return new HistoryPage(
                channel, symbol, found, following, whole ? OptionalLong.empty() : OptionalLong.of(forgotten));
    }
}
