package tickerplant.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import tickerplant.market.Bar;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Turnover;

/**
 * Reads the bars of one symbol: those of a minute and of a day as they are stored, longer ones made of those of a minute.
 * For one thread, once.
 */
final class BarReader {
    private static final String SQL =
            """
        SELECT start, open, high, low, close, volume, turnover_high, turnover_low, trades, form, eid, seq, check_sum
        FROM bar WHERE sid=? AND day=? AND start>=? AND start<? ORDER BY start""";

    private static final int FIELDS = 14;

    private final int sid;
    private final long eid;
    private final Instrument instrument;
    private final Interval interval;
    private final Query query;
    private OptionalLong lost = OptionalLong.empty();

    /**
     * A reader.
     *
     * @param eid the epoch of which sequences are told; bars that were last told in another have none
     */
    BarReader(int sid, long eid, Instrument instrument, Interval interval, Query query) {
        this.sid = sid;
        this.eid = eid;
        this.instrument = instrument;
        this.interval = interval;
        this.query = query;
    }

    /**
     * Reads.
     *
     * @param shelf the bars that may have no place in the file yet; taken before
     */
    Stored<BarUpdate> read(Connection connection, List<BarUpdate> shelf) throws SQLException {
        boolean rolls = interval != Interval.MINUTE && interval != Interval.DAY;
        long from = rolls && query.from() > 0 ? ceiling(query.from()) : query.from();
        OptionalLong gone = gone(connection);
        if (gone.isPresent() && gone.getAsLong() >= from) {
            lost = gone;
            from = rolls ? ceiling(gone.getAsLong() + 1) : from;
        }
        long to = Math.min(query.to(), query.upTo() == Long.MAX_VALUE ? Long.MAX_VALUE : query.upTo() + 1);
        long end = rolls && to < Long.MAX_VALUE - interval.micros() ? ceiling(to) : to;
        NavigableMap<Long, BarUpdate> late = new TreeMap<>();
        for (BarUpdate bar : shelf) {
            if (bar.bar().start() >= from && bar.bar().start() < end) {
                late.put(bar.bar().start(), bar);
            }
        }
        Collector collector = new Collector(rolls);
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setInt(1, sid);
            statement.setInt(2, interval == Interval.DAY ? 1 : 0);
            statement.setLong(3, from);
            statement.setLong(4, end);
            try (ResultSet rows = statement.executeQuery()) {
                while (!collector.isFull() && rows.next()) {
                    long start = rows.getLong(1);
                    while (!late.isEmpty() && late.firstKey() < start) {
                        collector.add(late.pollFirstEntry().getValue());
                    }
                    BarUpdate newer = late.remove(start);
                    if (newer != null) {
                        collector.add(newer);
                    } else {
                        stored(rows, collector);
                    }
                }
            }
        }
        late.values().forEach(collector::add);
        return new Stored<>(collector.finish(), lost);
    }

    /** Up to which start bars were removed for their age. */
    private OptionalLong gone(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT start FROM gone WHERE sid=? AND day=?")) {
            statement.setInt(1, sid);
            statement.setInt(2, interval == Interval.DAY ? 1 : 0);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private long ceiling(long ts) {
        return -Math.floorDiv(-ts, interval.micros()) * interval.micros();
    }

    private void stored(ResultSet rows, Collector collector) throws SQLException {
        long[] fields = new long[FIELDS];
        fields[0] = sid;
        fields[1] = interval == Interval.DAY ? 1 : 0;
        for (int i = 2; i < FIELDS; i++) {
            fields[i] = rows.getLong(i - 1);
        }
        if (Checksum.of(Store.NOTHING, fields) != rows.getLong(FIELDS - 1)) {
            lost = OptionalLong.of(Math.max(fields[2], lost.orElse(fields[2])));
            return;
        }
        Bar bar = new Bar(
                fields[2],
                fields[3],
                fields[4],
                fields[5],
                fields[6],
                fields[7],
                new Turnover(fields[8], fields[9]),
                fields[10],
                (fields[11] & 1) == 1);
        Instrument steps = Codes.inSteps(fields[11] >> 1, instrument);
        collector.add(new BarUpdate(steps, Channel.bars(interval), fields[12] == eid ? fields[13] : 0, 1, bar));
    }

    /** Gathers bars in order, and where longer ones are wanted, makes them. */
    private final class Collector {
        private final boolean rolls;
        private final List<BarUpdate> bars = new ArrayList<>();
        private RolledBar open = new RolledBar(Long.MIN_VALUE, instrument);

        Collector(boolean rolls) {
            this.rolls = rolls;
        }

        boolean isFull() {
            return bars.size() >= query.limit();
        }

        void add(BarUpdate update) {
            if (isFull()) {
                return;
            }
            if (!rolls) {
                bars.add(update);
                return;
            }
            long start = update.bar().start() - Math.floorMod(update.bar().start(), interval.micros());
            if (start != open.start()) {
                close();
                open = new RolledBar(start, update.instrument());
            }
            open.add(update.bar(), update.instrument());
        }

        private void close() {
            if (!open.isEmpty() && !isFull()) {
                bars.add(new BarUpdate(open.instrument(), Channel.bars(interval), 0, 1, open.bar()));
            }
        }

        List<BarUpdate> finish() {
            if (rolls) {
                close();
            }
            return bars;
        }
    }
}
