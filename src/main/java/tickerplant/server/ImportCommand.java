package tickerplant.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.Intake;
import tickerplant.feed.Recording;
import tickerplant.feed.replay.RecordedFile;
import tickerplant.journal.Backfill;
import tickerplant.journal.Import;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Symbol;

/** The command {@code import}: brings files of the past into the journal of a service that doesn't run. */
final class ImportCommand {
    static final String NAME = "import";

    private static final int SOME_REJECTED = 3;

    private static final int REPORTED = 20;
    /** Each file is read for its content, for its symbols, and for its events. */
    private static final int READINGS = 3;

    private static final int MAX_PREFIX = 16;
    private static final int BUFFER = 64 * 1024;
    private static final int NAME_BYTES = 8;

    private final Map<String, String> environment;
    private final PrintWriter err;
    private final Clock clock;
    private final Usage usage;
    private long damages;

    ImportCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, Clock clock) {
        this.environment = environment;
        this.err = err;
        this.clock = clock;
        usage = new Usage(NAME, out, err)
                .words(
                        "FILE",
                        "1..*",
                        "CSV, NDJSON, a capture of IEX TOPS 1.6 or DEEP 1.0, or a Nasdaq ITCH 5.0 file; gzipped or not");
        DataOption.in(usage)
                .text("--prefix", "PREFIX", "put before every symbol")
                .text(
                        "--date",
                        "YYYY-MM-DD",
                        "the day of a file that tells the time of day only; else it is in its name")
                .help()
                .message()
                .description(
                        "Imports trades, phases and news of files into the journal of a service that doesn't run, and the bars",
                        "that they make. What was imported before is passed over; what broke off goes on.")
                .footer("", "Exit codes: 0 all is there, 1 broke off, 2 a bad option, 3 some events were not valid");
    }

    /** Does it; returns the exit code. */
    int run(String... arguments) {
        return usage.run(arguments, this::importAll);
    }

    private int importAll(Arguments given) throws IOException {
        if (given.words().isEmpty()) {
            throw given.bad("a FILE is missing, see " + NAME + " --help");
        }
        Path folder = DataOption.folder(given, environment);
        String prefix = prefix(given);
        Optional<LocalDate> date = date(given);
        try {
            return importAll(folder, given.words().stream().map(Path::of).toList(), prefix, date);
        } catch (InterruptedException | ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
            return usage.last("stopped; the same again goes on there", Usage.FAILED);
        } catch (UncheckedIOException e) {
            return usage.last(e.getCause().getMessage() + "; the same again goes on there", Usage.FAILED);
        } catch (IllegalArgumentException e) {
            return usage.last(String.valueOf(e.getMessage()), Usage.FAILED);
        }
    }

    private static String prefix(Arguments given) {
        String text = given.text("--prefix", "");
        if (text.isEmpty()) {
            return text;
        }
        return Symbol.parse(text)
                .map(Symbol::name)
                .filter(name -> name.length() <= MAX_PREFIX)
                .orElseThrow(() -> given.bad(
                        "--prefix is '" + text + "', expected at most " + MAX_PREFIX + " characters of a symbol"));
    }

    private static Optional<LocalDate> date(Arguments given) {
        String text = given.text("--date", "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw (ParameterException) given.bad("--date is '" + text + "', expected a day such as 2026-01-02")
                    .initCause(e);
        }
    }

    private int importAll(Path folder, List<Path> files, String prefix, Optional<LocalDate> date)
            throws IOException, InterruptedException {
        long size = 0;
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new IOException("'" + file + "' is no file that can be read");
            }
            size += READINGS * Files.size(file);
        }
        ProgressBar progress = new ProgressBar(err, clock, size);
        try (Backfill journal = Backfill.in(folder)) {
            for (Path file : files) {
                importOne(journal, new RecordedFile(file, progress::counted), prefix, date, progress);
            }
        }
        return damages > 0 ? SOME_REJECTED : Usage.DONE;
    }

    private void importOne(
            Backfill journal, RecordedFile file, String prefix, Optional<LocalDate> date, ProgressBar progress)
            throws IOException, InterruptedException {
        long begun = clock.nanos();
        Recording recording = file.recording(file.name(), prefix, date);
        String name = NAME + "-" + identity(file, prefix, date, progress);
        Optional<Import> begins = journal.begin(name, file.name());
        if (begins.isEmpty()) {
            usage.say(file.name() + " was imported before, as " + name);
            return;
        }
        Import into = begins.get();
        Intake intake = new Intake(new Played(file.name()), into, clock);
        Told sink = new Told(intake, () -> progress.report(() -> file.name() + ": " + counts(into)));
        for (Listed listed : recording.instruments()) {
            intake.event(listed);
        }
        recording.play(sink);
        into.finish();
        long rejected = intake.refused() + into.refused() + sink.damages;
        damages += rejected;
        sink.reported.forEach(line -> usage.say(file.name() + ", " + line));
        usage.say(String.format(
                Locale.ROOT,
                "imported %s as %s: %s in %.1f s%s",
                file.name(),
                name,
                counts(into),
                (clock.nanos() - begun) / 1e9,
                rejected == 0 ? "" : String.format(Locale.ROOT, "; %,d were not valid", rejected)));
    }

    private static String counts(Import into) {
        String late =
                into.missedBars() == 0 ? "" : String.format(Locale.ROOT, ", %,d too late for a bar", into.missedBars());
        return String.format(Locale.ROOT, "%,d trades, %,d other events", into.trades(), into.others()) + late;
    }

    /** The same for the same events, however the file is called and packed. */
    private static String identity(RecordedFile file, String prefix, Optional<LocalDate> date, ProgressBar progress)
            throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        digest.update((prefix + "|" + date.map(LocalDate::toString).orElse("") + "|").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new DigestInputStream(file.open(), digest)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                progress.report(() -> file.name() + ": reading");
            }
        } catch (java.io.EOFException | java.util.zip.ZipException e) {
            // a gzip stream that is cut off: what is there is its content, and the rest is reported when it is played
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    }

    /** What events need to know of the feed that they are of. */
    private record Played(String name) implements Feed {
        @Override
        public Mode mode() {
            return Mode.REPLAY;
        }

        @Override
        public void run(FeedSink sink) {
            // the command plays it
        }
    }

    /** Passes on what is stored one by one, and keeps what could not be read. */
    private static final class Told implements FeedSink {
        private final Intake intake;
        private final Runnable step;
        private final List<String> reported = new ArrayList<>();
        private long damages;

        Told(Intake intake, Runnable step) {
            this.intake = intake;
            this.step = step;
        }

        @Override
        public void event(Event event) throws InterruptedException {
            if (!(event instanceof Quote)) {
                intake.event(event);
            }
            step.run();
        }

        @Override
        public void damaged(String place, String reason) {
            damages++;
            if (reported.size() < REPORTED) {
                reported.add(place + ": " + reason);
            }
        }
    }
}
