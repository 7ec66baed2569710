package tickerplant.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.KeptBars;
import tickerplant.market.Symbol;
import tickerplant.message.HistoryPage;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/**
 * The bars that the market remembered at one moment.
 *
 * @param channel of which interval
 * @param symbol whose
 * @param bars all of them
 * @param encoder of their rows
 */
record BarsPast(Channel channel, Symbol symbol, KeptBars bars, RowEncoder encoder) implements Past {
    @Override
    public long seq() {
        return bars.seq();
    }

    @Override
    public HistoryPage page(HistoryRange range) {
        List<Row> found = new ArrayList<>();
        Optional<Row> following = Optional.empty();
        for (BarUpdate update : bars.between(range.from(), range.to(), range.afterSeq())) {
            if (found.size() == range.limit()) {
                following = Optional.of(new Row(update, encoder));
                break;
            }
            found.add(new Row(update, encoder));
        }
        // bars of before the first sequence may have come into the journal from elsewhere
        boolean isWholeBySeq = range.afterSeq() >= bars.wholeAfterSeq()
                && (range.afterSeq() > 0 || bars.wholeAfterStart() == Long.MIN_VALUE);
        boolean whole = isWholeBySeq || range.from() > bars.wholeAfterStart();
        return new HistoryPage(
                channel,
                symbol,
                found,
                following,
                whole ? OptionalLong.empty() : OptionalLong.of(bars.wholeAfterStart()));
    }
}
