package tickerplant.bus.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.journal.Codes;
import tickerplant.journal.EventBytes;
import tickerplant.journal.Packed;
import tickerplant.journal.StateBytes;
import tickerplant.journal.Unpacked;
import tickerplant.market.BarState;
import tickerplant.market.Day;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Remembered;
import tickerplant.market.RememberedSeries;
import tickerplant.market.TapeState;
import tickerplant.market.TradeUpdate;

/** Marks, and what symbols are, as bytes. Before each stands the version of the form and the epoch that it counts in. */
final class Memories {
    private static final int VERSION = 1;

    private Memories() {}

    /** Whether bytes are of this epoch, and in a form that is known here. */
    static Optional<Unpacked> of(String epoch, byte[] bytes) {
        Unpacked from = new Unpacked(bytes);
        return from.small() == VERSION && from.text().equals(epoch) ? Optional.of(from) : Optional.empty();
    }

    private static Packed begin(String epoch) {
        return new Packed().number(VERSION).text(epoch);
    }

    static byte[] write(String epoch, Mark mark) {
        Packed to = begin(epoch).number(mark.next()).number(mark.held().size());
        mark.held().values().forEach(origin -> Postings.origin(to, origin));
        return to.toArray();
    }

    static Mark mark(Unpacked from) {
        long next = from.number();
        Map<String, Origin> held = new HashMap<>();
        for (int left = from.small(); left > 0; left--) {
            Origin origin = Postings.origin(from);
            held.put(origin.source(), origin);
        }
        return new Mark(next, held);
    }

    static byte[] write(String epoch, Remembered remembered) {
        Packed to = begin(epoch);
        StateBytes.write(to, remembered.state());
        tape(to, remembered.tape());
        to.number(remembered.series().size());
        remembered.series().forEach(series -> series(to, series));
        return to.toArray();
    }

    static Remembered remembered(Unpacked from) {
        tickerplant.market.ListingState state = StateBytes.read(from);
        TapeState tape = tape(state.instrument(), from);
        List<RememberedSeries> series = new ArrayList<>();
        for (int left = from.small(); left > 0; left--) {
            series.add(series(from));
        }
        return new Remembered(state, tape, series);
    }

    private static void tape(Packed to, TapeState tape) {
        StateBytes.day(to, tape.before());
        to.number(tape.recent().size());
        tape.recent().forEach(update -> EventBytes.trade(to.number(update.seq()), update.trade()));
        to.number(tape.cancelled().size());
        tape.cancelled().forEach(to::number);
    }

    private static TapeState tape(Instrument instrument, Unpacked from) {
        Day before = StateBytes.day(from);
        List<TradeUpdate> recent = new ArrayList<>();
        for (int left = from.small(); left > 0; left--) {
            recent.add(new TradeUpdate(instrument, from.number(), EventBytes.trade(instrument.symbol(), from)));
        }
        Set<Long> cancelled = new HashSet<>();
        for (int left = from.small(); left > 0; left--) {
            cancelled.add(from.number());
        }
        return new TapeState(before, recent, cancelled);
    }

    private static void series(Packed to, RememberedSeries series) {
        to.number(Codes.of(Codes.INTERVALS, series.interval()))
                .number(series.forgotten())
                .number(series.bars().size());
        for (RememberedSeries.Kept kept : series.bars()) {
            StateBytes.bar(to, kept.bar());
            to.number(kept.offTape().isPresent() ? 1 : 0);
            kept.offTape().ifPresent(state -> StateBytes.bar(to, state));
        }
    }

    private static RememberedSeries series(Unpacked from) {
        Interval interval = Codes.INTERVALS.get(from.small());
        long forgotten = from.number();
        List<RememberedSeries.Kept> kept = new ArrayList<>();
        for (int left = from.small(); left > 0; left--) {
            BarState bar = StateBytes.bar(from);
            kept.add(new RememberedSeries.Kept(
                    bar, from.small() == 1 ? Optional.of(StateBytes.bar(from)) : Optional.empty()));
        }
        return new RememberedSeries(interval, forgotten, kept);
    }
}
