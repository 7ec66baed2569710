package tickerplant.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Dormant;
import tickerplant.market.Instrument;
import tickerplant.market.ListingState;
import tickerplant.market.Symbol;

/** What stands in a file, as the start reads it. Rows whose check is wrong are left out, and said. */
final class Found {
    /** The numbers of symbols, also of those whose row is damaged. */
    final Map<Symbol, Integer> sids = new HashMap<>();

    final Map<Integer, Dormant> states = new LinkedHashMap<>();
    /** Symbols that are in the log and have no row yet, or one from before they were named as they are now. */
    final Map<Integer, Entry.Named> named = new LinkedHashMap<>();

    /** The log: {@link Entry.Told} and {@link Entry.Missing}, in order. */
    final List<Entry> log = new ArrayList<>();

    final Map<String, Long> pseqs = new HashMap<>();
    final List<String> damage = new ArrayList<>();
    /** All epochs, those of imported files among them. */
    final List<Epoch> epochs = new ArrayList<>();

    long logId;
    /** The newest epoch of a service. */
    Optional<Epoch> epoch = Optional.empty();

    /** Reads it. */
    static Found in(Connection connection) throws SQLException {
        Found found = new Found();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT eid, name, state, source, check_sum FROM epoch ORDER BY eid")) {
                while (rows.next()) {
                    Epoch each = new Epoch(
                            rows.getLong(1), rows.getString(2), Epoch.state(rows.getInt(3)), rows.getString(4));
                    found.epoch(each, rows.getLong(5));
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

    private void epoch(Epoch each, long check) {
        epochs.add(each);
        if (!each.isImport()) {
            epoch = Optional.of(each);
        }
        if (each.check() != check) {
            damage.add("epoch " + each.eid());
        }
    }

    /** The number of the next epoch. */
    long nextEid() {
        return epochs.stream().mapToLong(Epoch::eid).max().orElse(0) + 1;
    }

    boolean hasEpoch(String name) {
        return epochs.stream().anyMatch(each -> each.name().equals(name));
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
            states.put(sid, new PackedState(body));
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
            Dormant state = states.get(name.sid());
            if (state == null || !state.instrument().equals(name.instrument())) {
                named.put(name.sid(), name);
                sids.putIfAbsent(name.instrument().symbol(), name.sid());
            } else {
                named.remove(name.sid());
            }
        } else {
            log.add(entry);
        }
    }

    /** What a symbol is, in full from now on; empty where there is no row of it. */
    Optional<ListingState> state(int sid) {
        Dormant dormant = states.get(sid);
        if (dormant == null) {
            return Optional.empty();
        }
        ListingState state = dormant.state();
        states.put(sid, state);
        return Optional.of(state);
    }

    Optional<Instrument> instrument(int sid) {
        Entry.Named name = named.get(sid);
        return name != null
                ? Optional.of(name.instrument())
                : Optional.ofNullable(states.get(sid)).map(Dormant::instrument);
    }
}
