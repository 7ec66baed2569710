package tickerplant.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;
import tickerplant.market.Instrument;

/** Looks at every row of a journal: its check, whether it can be read, whether it follows the one before. For one thread, once. */
final class Inspection {
    private final Connection connection;
    private final Found found;
    private final Consumer<String> complaints;
    private long rows;
    private String key = "";
    private long last;
    private final long[] things = new long[Kind.values().length];

    Inspection(Connection connection, Found found, Consumer<String> complaints) {
        this.connection = connection;
        this.found = found;
        this.complaints = complaints;
    }

    long look() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("PRAGMA integrity_check(20)")) {
            while (lines.next()) {
                if (!lines.getString(1).equals("ok")) {
                    complaints.accept(lines.getString(1).strip());
                }
            }
        }
        found.damage.forEach(complaints);
        rows += found.epochs.size() + found.sids.size() + found.log.size() + found.pseqs.size();
        try (Statement statement = connection.createStatement();
                ResultSet blocks = statement.executeQuery("SELECT sid, channel, eid, first, last, peak, late, body,"
                        + " check_sum FROM block ORDER BY sid, channel, eid, first")) {
            while (blocks.next()) {
                rows++;
                block(blocks);
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet bars = statement.executeQuery("SELECT * FROM bar")) {
            while (bars.next()) {
                rows++;
                bar(bars);
            }
        }
        for (Holding holding : new Totals(connection).holdings(new long[things.length])) {
            if (holding.things() != things[holding.kind().number()]) {
                complaints.accept("of " + holding.kind().word() + " there are "
                        + things[holding.kind().number()] + ", expected " + holding.things());
            }
        }
        return rows;
    }

    private void block(ResultSet blocks) throws SQLException {
        int sid = blocks.getInt(1);
        int channel = blocks.getInt(2);
        if (channel < 0 || channel >= Codes.CHANNELS.size()) {
            complaints.accept("events of the unknown channel number " + channel);
            return;
        }
        long eid = blocks.getLong(3);
        long first = blocks.getLong(4);
        String of = Kind.of(Codes.CHANNELS.get(channel)).word() + " of " + name(sid) + " in epoch number " + eid;
        String where = of + " from " + first + " to " + blocks.getLong(5);
        if (of.equals(key) && first != last + 1) {
            complaints.accept(of + " between " + last + " and " + first + " are missing");
        }
        key = of;
        last = blocks.getLong(5);
        byte[] body = blocks.getBytes(8);
        if (Checksum.of(body, sid, channel, eid, first, last, blocks.getLong(6), blocks.getInt(7))
                != blocks.getLong(9)) {
            complaints.accept(where + ": the check is wrong");
        } else if (!isReadable(body, first, last)) {
            complaints.accept(where + ": can't be read");
        }
        if (blocks.getInt(7) != Store.REMOVED) {
            things[channel] += last - first + 1;
        }
    }

    private static boolean isReadable(byte[] body, long first, long last) {
        long next = first;
        try {
            Unpacked from = new Unpacked(body);
            while (from.hasMore()) {
                Entry entry = EventBytes.read(from, sid -> Optional.of(Instrument.WHOLE_MARKET))
                        .orElseThrow();
                if (Store.first(entry) != next) {
                    return false;
                }
                next = Store.last(entry) + 1;
            }
            return next == last + 1;
        } catch (RuntimeException e) {
            return false; // whatever it was, these are no events
        }
    }

    private String name(int sid) {
        return found.instrument(sid)
                .map(instrument -> instrument.symbol().name())
                .orElse("symbol number " + sid);
    }

    private void bar(ResultSet bars) throws SQLException {
        long[] fields = new long[14];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = bars.getLong(i + 1);
        }
        Kind kind = fields[1] == 1 ? Kind.DAY_BARS : Kind.MINUTE_BARS;
        if (Checksum.of(Store.NOTHING, fields) != bars.getLong(fields.length + 1)) {
            complaints.accept(
                    kind.word() + " of " + name((int) fields[0]) + " at " + fields[2] + " µs: the check is wrong");
        }
        things[kind.number()]++;
    }
}
