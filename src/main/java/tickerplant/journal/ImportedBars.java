package tickerplant.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;

/**
 * Puts the bars of a recording among those that are there. Where both have one of the same time, that of more trades stays, so
 * that however often what is imported, nothing counts twice. For one thread.
 */
final class ImportedBars {
    private static final int MOST_MINUTES = 25 * 60;

    private final Store store;
    private final long eid;
    private final Map<Integer, Instrument> instruments = new HashMap<>();
    private final Map<Integer, Set<Long>> days = new HashMap<>();

    /**
     * None yet.
     *
     * @param eid the epoch of the recording, whose own bars are corrected by later ones
     */
    ImportedBars(Store store, long eid) {
        this.store = store;
        this.eid = eid;
    }

    /** Whose bars come under that number. */
    void isOf(int sid, Instrument instrument) {
        instruments.put(sid, instrument);
    }

    void add(int sid, BarUpdate update) throws SQLException {
        if (update.channel() == Channel.BARS_1D) {
            days.computeIfAbsent(sid, each -> new TreeSet<>()).add(update.bar().start());
        }
        Optional<Store.Standing> there =
                store.standing(sid, update.channel(), update.bar().start());
        if (there.isEmpty()
                || there.get().eid() == eid
                || there.get().trades() < update.bar().trades()) {
            store.bar(sid, eid, update);
        }
    }

    /** A day of which several recordings each have a part has what its minutes have, where that is more. */
    void rollDays() throws SQLException {
        for (Map.Entry<Integer, Set<Long>> each : days.entrySet()) {
            for (long day : each.getValue()) {
                roll(each.getKey(), instruments.get(each.getKey()), day);
            }
        }
    }

    private void roll(int sid, Instrument instrument, long day) throws SQLException {
        Query minutes = new Query(day, end(day, instrument.zone()), 0, Long.MAX_VALUE, MOST_MINUTES);
        RolledBar rolled = new RolledBar(day, instrument);
        for (BarUpdate minute :
                store.bars(sid, instrument, Interval.MINUTE, minutes).rows()) {
            rolled.add(minute.bar(), minute.instrument());
        }
        long trades = store.standing(sid, Channel.BARS_1D, day)
                .map(Store.Standing::trades)
                .orElse(0L);
        if (!rolled.isEmpty() && rolled.bar().trades() > trades) {
            store.bar(sid, eid, new BarUpdate(rolled.instrument(), Channel.BARS_1D, 0, 1, rolled.bar()));
        }
    }

    private static long end(long day, ZoneId zone) {
        LocalDate date = Instant.EPOCH.plus(day, ChronoUnit.MICROS).atZone(zone).toLocalDate();
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, date.plusDays(1).atStartOfDay(zone).toInstant());
    }
}
