package tickerplant.hub;

import static tickerplant.market.Decimal.ABSENT;

import java.util.List;
import tickerplant.market.Extremes;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/** Remembers only how far prices went: the rest of what was missed stands in the ticker itself. */
final class TickerHistory implements History {
    private final Extremes extremes;
    private final RowEncoder encoder;

    TickerHistory(RowEncoder encoder, Extremes.Room room) {
        this.extremes = new Extremes(room);
        this.encoder = encoder;
    }

    @Override
    public void add(Row row) {
        TickerUpdate update = (TickerUpdate) row.update();
        if (update.hi() != ABSENT) {
            extremes.printed(update.seq(), update.hi());
        }
    }

    @Override
    public void beginsAt(Update standing) {
        extremes.forgetUpTo(standing.seq());
    }

    @Override
    public void remember(Row row) {
        if (extremes.isEmpty()) {
            extremes.forgetUpTo(row.update().seq() - 1);
        }
        add(row);
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
}
