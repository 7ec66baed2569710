package tickerplant.hub;

import java.util.List;
import java.util.Optional;
import tickerplant.market.BarsSince;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.Update;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/** Remembers nothing itself: the market knows which bars it told final, and told them whether or not anybody heard. */
final class BarHistory implements History {
    private final Listing listing;
    private final Interval interval;
    private final RowEncoder encoder;

    BarHistory(Listing listing, Interval interval, RowEncoder encoder) {
        this.listing = listing;
        this.interval = interval;
        this.encoder = encoder;
    }

    @Override
    public void add(Row row) {
        // The market has it.
    }

    @Override
    public Recovery since(long seq, Row standing) {
        BarsSince since = listing.barsSince(interval, seq);
        List<Row> rows =
                since.updates().stream().map(update -> new Row(update, encoder)).toList();
        if (since.after() > seq) {
            Recovery.Run missing = new Recovery.Run(seq + 1, since.after());
            return rows.isEmpty() ? Recovery.expired(missing) : Recovery.partial(missing, rows);
        }
        return since.updates().stream().allMatch(update -> update.n() == 1)
                ? Recovery.replayed(rows)
                : Recovery.merged(rows);
    }

    @Override
    public Optional<Past> past(Row standing) {
        Update update = standing.update();
        return Optional.of(
                new BarsPast(update.channel(), update.instrument().symbol(), listing.keptBars(interval), encoder));
    }
}
