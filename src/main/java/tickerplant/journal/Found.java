package tickerplant.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Instrument;
import tickerplant.market.ListingState;
import tickerplant.market.Symbol;

/** What stands in a file, as the start reads it. Rows whose check is wrong are left out, and said. */
final class Found {
    /** The numbers of symbols, also of those whose row is damaged. */
    final Map<Symbol, Integer> sids = new HashMap<>();

    final Map<Integer, ListingState> states = new LinkedHashMap<>();
    /** Symbols that are in the log and have no row yet. */
    final Map<Integer, Entry.Named> named = new LinkedHashMap<>();

    /** The log: {@link Entry.Told} and {@link Entry.Missing}, in order. */
    final List<Entry> log = new ArrayList<>();

    final Map<String, Long> pseqs = new HashMap<>();
    final List<String> damage = new ArrayList<>();
    /** The names of all epochs. */
    final Set<String> epochs = new HashSet<>();

    long logId;
    long eid;
    String epoch = "";
    boolean isClean;

    /** Reads it. */
    static Found in(Connection connection) throws SQLException {
        Found found = new Found();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT eid, name, clean, check_sum FROM epoch ORDER BY eid")) {
                while (rows.next()) {
                    found.epoch(rows.getLong(1), rows.getString(2), rows.getInt(3), rows.getLong(4));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT sid, name, body, check_sum FROM symbol")) {
                while (rows.next()) {
                    found.symbol(rows.getInt(1), rows.getString(2), rows.getBytes(3), rows.getLong(4));
                }
            }
            try (ResultSet rows =
                    statement.executeQuery("SELECT id, eid, events, body, check_sum FROM log ORDER BY id")) {
                while (rows.next()) {
                    found.log(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getBytes(4), rows.getLong(5));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT name, pseq, check_sum FROM publisher")) {
                while (rows.next()) {
                    found.publisher(rows.getString(1), rows.getLong(2), rows.getLong(3));
                }
            }
        }
        return found;
    }

    private void epoch(long number, String name, int clean, long check) {
        eid = number;
        epoch = name;
        epochs.add(name);
        isClean = clean == 1;
        if (Checksum.of(name, number, clean) != check) {
            damage.add("epoch " + number);
        }
    }

    private void publisher(String name, long pseq, long check) {
        if (Checksum.of(name, pseq) == check) {
            pseqs.put(name, pseq);
        } else {
            damage.add("how far publisher " + name + " has come");
        }
    }

    private void symbol(int sid, String name, byte[] body, long check) {
        if (!Symbol.isName(name) && !name.equals(Symbol.MARKET)) {
            damage.add("the name of symbol number " + sid);
            return;
        }
        sids.put(new Symbol(name), sid);
        if (Checksum.of(body, sid) != check) {
            damage.add("what is stored of " + name);
            return;
        }
        try {
            states.put(sid, StateBytes.read(new Unpacked(body)));
        } catch (RuntimeException e) {
            damage.add("what is stored of " + name + " (" + e.getMessage() + ")");
        }
    }

    private void log(long id, long ofEid, long events, byte[] body, long check) {
        if (logId != 0 && id != logId + 1) {
            damage.add("the log between " + logId + " and " + id);
        }
        logId = id;
        if (Checksum.of(body, id, ofEid, events) != check) {
            damage.add("entry " + id + " of the log with " + events + " events");
            return;
        }
        try {
            Unpacked from = new Unpacked(body);
            while (from.hasMore()) {
                EventBytes.read(from, this::instrument).ifPresent(this::entry);
            }
        } catch (RuntimeException e) {
            damage.add("entry " + id + " of the log (" + e.getMessage() + ")");
        }
    }

    private void entry(Entry entry) {
        if (entry instanceof Entry.Named name) {
            if (!states.containsKey(name.sid())) {
                named.put(name.sid(), name);
                sids.putIfAbsent(name.instrument().symbol(), name.sid());
            }
        } else {
            log.add(entry);
        }
    }

    Optional<Instrument> instrument(int sid) {
        ListingState state = states.get(sid);
        if (state != null) {
            return Optional.of(state.instrument());
        }
        return Optional.ofNullable(named.get(sid)).map(Entry.Named::instrument);
    }
}
