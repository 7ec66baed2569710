package tickerplant.feed.text;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tickerplant.feed.FeedSink;
import tickerplant.feed.Recording;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/** A recording in lines of text. It is read twice: for what occurs in it, then for its events. */
public final class TextRecording implements Recording {
    private final Source source;
    private final LineForm form;
    private final RowReader reader;
    private final Census census;
    private final Map<Symbol, Listed> listed = new LinkedHashMap<>();

    /**
     * The recording in these bytes.
     *
     * @param form how its lines are taken apart
     * @param feed the name of the feed that its symbols belong to
     * @param prefix put before every symbol; may be empty
     */
    public TextRecording(Source source, LineForm form, String feed, String prefix) {
        this.source = source;
        this.form = form;
        this.reader = new RowReader(prefix);
        this.census = new Census(feed);
    }

    @Override
    public List<Listed> instruments() throws IOException {
        try (LineReader lines = new LineReader(source.open())) {
            while (lines.next()) {
                note(lines);
            }
        }
        for (Symbol symbol : census.symbols()) {
            listed.put(symbol, census.listed(symbol));
        }
        return List.copyOf(listed.values());
    }

    private void note(LineReader lines) {
        if (isRow(lines)) {
            try {
                Row row = row(lines);
                Draft draft = reader.draft(row);
                Facts facts = Facts.of(row);
                if (!draft.symbol().isWholeMarket()) {
                    census.note(draft, facts);
                }
            } catch (BadLine e) {
                // Reported when the recording is played.
            }
        }
    }

    @Override
    public void play(FeedSink sink) throws IOException, InterruptedException {
        if (listed.isEmpty()) {
            for (Listed instrument : instruments()) {
                sink.event(instrument);
            }
        }
        try (LineReader lines = new LineReader(source.open())) {
            while (lines.next()) {
                if (isRow(lines)) {
                    play(lines, sink);
                }
            }
            if (lines.broken()) {
                sink.damaged("line " + lines.number(), "the gzip stream is cut off or broken");
            }
        }
    }

    private void play(LineReader lines, FeedSink sink) throws InterruptedException {
        try {
            Row row = row(lines);
            Draft draft = reader.draft(row);
            Facts facts = Facts.of(row);
            Instrument instrument =
                    draft.symbol().isWholeMarket() ? Instrument.WHOLE_MARKET : instrument(draft, facts, sink);
            Optional<Event> event = draft.making().event(instrument);
            if (event.isPresent()) {
                sink.event(event.get());
            }
        } catch (BadLine e) {
            sink.damaged("line " + lines.number(), e.getMessage());
        } catch (ArithmeticException e) {
            sink.damaged(
                    "line " + lines.number(), e.getMessage() + ", expected a number that fits the symbol's others");
        }
    }

    /** What the event is about, which is told first where it is new. */
    private Instrument instrument(Draft draft, Facts facts, FeedSink sink) throws InterruptedException {
        Listed known = listed.get(draft.symbol());
        if (known == null) {
            census.note(draft, facts);
            known = census.listed(draft.symbol());
            listed.put(draft.symbol(), known);
            sink.event(known);
        }
        int decimals = known.instrument().priceDecimals();
        facts.prevClose().ifPresent(close -> Decimal.steps(close, decimals));
        return known.instrument();
    }

    private boolean isRow(LineReader lines) {
        return lines.number() > form.headerLines()
                && (lines.tooLong() || !lines.text().isBlank());
    }

    private Row row(LineReader lines) throws BadLine {
        if (lines.tooLong()) {
            throw new BadLine("too long, expected at most " + LineReader.MAX_LINE + " bytes");
        }
        return form.row(lines.text().strip());
    }
}
