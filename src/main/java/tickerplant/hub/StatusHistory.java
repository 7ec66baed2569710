package tickerplant.hub;

import java.util.List;
import tickerplant.market.StatusUpdate;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/** Remembers nothing: a phase takes the place of the one before. */
final class StatusHistory implements History {
    private final RowEncoder encoder;

    StatusHistory(RowEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void add(Row row) {
        // what stands is all there is to know
    }

    @Override
    public Recovery since(long seq, Row standing) {
        StatusUpdate update = (StatusUpdate) standing.update();
        if (seq == update.seq() - 1) {
            return Recovery.replayed(List.of(standing));
        }
        StatusUpdate missed = new StatusUpdate(update.instrument(), update.seq(), update.seq() - seq, update.status());
        return Recovery.merged(List.of(new Row(missed, encoder)));
    }
}
