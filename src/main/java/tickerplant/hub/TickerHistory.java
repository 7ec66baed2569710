package tickerplant.hub;

import static tickerplant.market.Decimal.ABSENT;

import java.util.List;
import tickerplant.market.Extremes;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/**
 * Remembers how far prices went, for which the rest of what was missed stands in the ticker itself; and for a while what each
 * event made of the ticker.
 */
final class TickerHistory implements History {
    private final Extremes extremes;
    private final RowEncoder encoder;
    private final Trail trail;
    private long newest = Trail.NOWHERE;

    TickerHistory(RowEncoder encoder, Extremes.Room room, Trail trail) {
        this.extremes = new Extremes(room);
        this.encoder = encoder;
        this.trail = trail;
    }

    @Override
    public void add(Row row) {
        TickerUpdate update = (TickerUpdate) row.update();
        steps(update);
        printed(update);
    }

    private void steps(TickerUpdate update) {
        newest = trail.add(newest, update);
    }

    private void printed(TickerUpdate update) {
        if (update.hi() != ABSENT) {
            extremes.printed(update.seq(), update.hi());
        }
    }

    @Override
    public void beginsAt(Update standing) {
        extremes.forgetUpTo(standing.seq());
        steps((TickerUpdate) standing);
    }

    @Override
    public void remember(Row row) {
        if (extremes.isEmpty()) {
            extremes.forgetUpTo(row.update().seq() - 1);
        }
        printed((TickerUpdate) row.update());
    }

    @Override
    public Recovery since(long seq, Row standing) {
        TickerUpdate update = (TickerUpdate) standing.update();
        if (seq == update.seq() - 1 && extremes.reachBackTo(seq)) {
            return Recovery.replayed(List.of(standing));
        }
        if (!extremes.reachBackTo(seq)) {
            return Recovery.expired(new Recovery.Run(seq + 1, update.seq()));
        }
        TickerUpdate missed = update.since(seq, extremes.highSince(seq), extremes.lowSince(seq));
        return Recovery.merged(List.of(new Row(missed, encoder)));
    }

    /** What each event since made of the ticker, and before them that sequence; or as far back as is known. */
    @Override
    public List<TickerUpdate> tickersSince(long seq, Row standing) {
        return trail.since(seq, newest, (TickerUpdate) standing.update());
    }
}
