package tickerplant.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Instrument;

/** What there is in a journal, in lines for a person. For one thread. */
final class Description {
    private static final double MEGABYTE = 1 << 20;

    private final Path folder;
    private final Connection connection;
    private final Found found;
    private final List<String> lines = new ArrayList<>();

    Description(Path folder, Connection connection, Found found) {
        this.folder = folder;
        this.connection = connection;
        this.found = found;
    }

    List<String> lines() throws IOException, SQLException {
        Path file = SqliteJournal.file(folder);
        Path ahead = file.resolveSibling(file.getFileName() + "-wal");
        say(
                "file        %s, %.1f MiB, %.1f MiB of it free, and %.1f MiB of write-ahead log",
                file,
                Files.size(file) / MEGABYTE,
                (double) Sqlite.number(connection, "PRAGMA freelist_count")
                        * Sqlite.number(connection, "PRAGMA page_size")
                        / MEGABYTE,
                (Files.exists(ahead) ? Files.size(ahead) : 0) / MEGABYTE);
        say(
                "symbols     %,d, of which feeds named %,d",
                found.sids.size(),
                found.states.values().stream().filter(state -> state.isNamed()).count());
        say("publishers  %,d", found.pseqs.size());
        for (Epoch epoch : found.epochs) {
            say(
                    "epoch       %s, %s",
                    epoch.name(),
                    switch (epoch.state()) {
                        case OPEN -> "of a service that runs, or was not ended";
                        case ENDED -> "of a service that was ended";
                        case IMPORTING -> "imported from " + epoch.source() + ", which broke off";
                        case IMPORTED -> "imported from " + epoch.source();
                    });
        }
        for (Holding holding : new Totals(connection).holdings(new long[Kind.values().length])) {
            String span = holding.kind().isBars() ? bars(holding.kind()) : events(holding.kind());
            say(
                    "%-11s %,d, about %.1f MiB%s",
                    holding.kind().word(), holding.things(), holding.bytes() / MEGABYTE, span);
        }
        return lines;
    }

    private void say(String form, Object... values) {
        lines.add(String.format(Locale.ROOT, form, values));
    }

    private String bars(Kind kind) throws SQLException {
        int day = kind == Kind.DAY_BARS ? 1 : 0;
        return span(
                number("SELECT min(start) FROM bar WHERE day=?", day),
                number("SELECT max(start) FROM bar WHERE day=?", day));
    }

    private String events(Kind kind) throws SQLException {
        return span(earliest(kind), number("SELECT max(peak) FROM block WHERE channel=? AND late<2", kind.number()));
    }

    private OptionalLong number(String sql, int of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, of);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long number = rows.getLong(1);
                return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }

    private static String span(OptionalLong first, OptionalLong last) {
        return first.isEmpty() || last.isEmpty()
                ? ""
                : ", from " + moment(first.getAsLong()) + " to " + moment(last.getAsLong());
    }

    /**
     * When the first event of a kind happened. A block's row tells the latest time alone, so the first block of each symbol and
     * epoch is read; whatever came so late that it stands in a later one is not looked for.
     */
    private OptionalLong earliest(Kind kind) throws SQLException {
        long earliest = Long.MAX_VALUE;
        try (PreparedStatement next =
                connection.prepareStatement("SELECT eid, body FROM block WHERE sid=? AND channel=?"
                        + " AND eid>? AND late<2 ORDER BY eid, first LIMIT 1")) {
            for (int sid : found.sids.values()) {
                boolean isThere = true;
                for (long eid = Long.MIN_VALUE; isThere; ) {
                    next.setInt(1, sid);
                    next.setInt(2, kind.number());
                    next.setLong(3, eid);
                    try (ResultSet rows = next.executeQuery()) {
                        isThere = rows.next();
                        if (isThere) {
                            eid = rows.getLong(1);
                            earliest = Math.min(earliest, earliest(rows.getBytes(2)));
                        }
                    }
                }
            }
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    /** The time of the first of a block's events; what can't be read is for {@link Inspection} to say. */
    private static long earliest(byte[] body) {
        long earliest = Long.MAX_VALUE;
        try {
            Unpacked from = new Unpacked(body);
            while (from.hasMore()) {
                Entry entry = EventBytes.read(from, sid -> Optional.of(Instrument.WHOLE_MARKET))
                        .orElseThrow();
                if (entry instanceof Entry.Told told) {
                    earliest = Math.min(earliest, EventBytes.time(told.update()));
                }
            }
        } catch (RuntimeException e) {
            return Long.MAX_VALUE;
        }
        return earliest;
    }

    private static String moment(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
