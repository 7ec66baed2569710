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
        return span(
                "SELECT min(start) FROM bar WHERE day=?",
                "SELECT max(start) FROM bar WHERE day=?",
                kind == Kind.DAY_BARS ? 1 : 0);
    }

    private String events(Kind kind) throws SQLException {
        return span(
                "SELECT min(peak) FROM block WHERE channel=? AND late<2",
                "SELECT max(peak) FROM block WHERE channel=? AND late<2",
                kind.number());
    }

    private String span(String first, String last, int of) throws SQLException {
        long[] moments = new long[2];
        String[] queries = {first, last};
        for (int i = 0; i < 2; i++) {
            try (PreparedStatement statement = connection.prepareStatement(queries[i])) {
                statement.setInt(1, of);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    moments[i] = rows.getLong(1);
                    if (rows.wasNull()) {
                        return "";
                    }
                }
            }
        }
        return ", from " + moment(moments[0]) + " to " + moment(moments[1]);
    }

    private static String moment(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
