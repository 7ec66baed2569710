package tickerplant.feed.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tickerplant.feed.FeedSink;
import tickerplant.feed.Recording;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/**
 * Several recordings as one: of the next events of all, the one that happened first comes first, and of several with the same time
 * that of the recording named first. Each is read by a thread of its own, which is never far ahead, so that however long they
 * are, little is held. What one of them tells out of order comes right behind what it told before.
 */
final class MergedRecording implements Recording {
    /** One of them under the name that its damage is reported with. */
    record Part(String name, Recording recording) {}

    private final List<Part> parts;
    /** What is known of each symbol from all parts, with as many decimals as the most exact of them has. */
    private final Map<Symbol, Listed> listed = new LinkedHashMap<>();

    private final List<Rescaling> rescalings = new ArrayList<>();

    MergedRecording(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public List<Listed> instruments() throws IOException {
        List<List<Listed>> each = new ArrayList<>();
        for (Part part : parts) {
            try {
                each.add(part.recording().instruments());
            } catch (IOException e) {
                throw new IOException(part.name() + ": " + e.getMessage(), e);
            }
        }
        listed.clear();
        each.forEach(list -> list.forEach(l -> listed.merge(l.symbol(), l, MergedRecording::both)));
        rescalings.clear();
        each.forEach(list -> rescalings.add(new Rescaling(listed, list)));
        return List.copyOf(listed.values());
    }

    /** What is known from two recordings; where they disagree, the first one is right. */
    private static Listed both(Listed first, Listed second) {
        Instrument a = first.instrument();
        Instrument b = second.instrument();
        Instrument instrument = new Instrument(
                a.symbol(),
                a.name().isEmpty() ? b.name() : a.name(),
                a.currency().isEmpty() ? b.currency() : a.currency(),
                a.exchange().isEmpty() ? b.exchange() : a.exchange(),
                Math.max(a.priceDecimals(), b.priceDecimals()),
                Math.max(a.sizeDecimals(), b.sizeDecimals()),
                a.zone());
        return new Listed(
                instrument, first.feed(), close(first, second, instrument), Math.min(first.ts(), second.ts()));
    }

    /** The previous close in the steps of both; none where they can't hold it. */
    private static long close(Listed first, Listed second, Instrument instrument) {
        Listed known = first.prevClose() == Decimal.ABSENT ? second : first;
        try {
            return Rescaling.price(known.prevClose(), known.instrument(), instrument);
        } catch (ArithmeticException e) {
            return Decimal.ABSENT;
        }
    }

    @Override
    public void play(FeedSink sink) throws IOException, InterruptedException {
        if (rescalings.isEmpty()) {
            for (Listed instrument : instruments()) {
                sink.event(instrument);
            }
        }
        List<PartReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < parts.size(); i++) {
                readers.add(PartReader.of(parts.get(i), rescalings.get(i)));
            }
            merge(readers, sink);
        } finally {
            PartReader.stop(readers);
        }
    }

    private static void merge(List<PartReader> readers, FeedSink sink) throws IOException, InterruptedException {
        List<PartReader> rest = new ArrayList<>();
        for (PartReader reader : readers) {
            if (reader.advance()) {
                rest.add(reader);
            }
        }
        while (!rest.isEmpty()) {
            PartReader next = earliest(rest);
            next.tell(sink);
            if (!next.advance()) {
                rest.remove(next);
            }
        }
    }

    private static PartReader earliest(List<PartReader> readers) {
        PartReader earliest = readers.get(0);
        for (PartReader reader : readers) {
            if (reader.time() < earliest.time()) {
                earliest = reader;
            }
        }
        return earliest;
    }
}
