package tickerplant.feed.venue;

import java.io.IOException;
import java.util.List;

/** Reads the rows of a message one by one: one that makes no sense takes none of the others with it. */
final class Rows {
    /** What is done with a row. */
    interface Reading {
        void read(Fields row) throws BadMessage, IOException, InterruptedException;
    }

    private Rows() {}

    /**
     * Reads every row.
     *
     * @throws BadMessage after the last, where one or several made no sense
     */
    static void each(List<Fields> rows, Reading reading) throws BadMessage, IOException, InterruptedException {
        int bad = 0;
        String reason = "";
        for (Fields row : rows) {
            try {
                reading.read(row);
            } catch (BadMessage e) {
                bad++;
                reason = e.getMessage();
            }
        }
        if (bad > 0) {
            throw new BadMessage(bad + " of " + rows.size() + " rows, the last because " + reason);
        }
    }
}
