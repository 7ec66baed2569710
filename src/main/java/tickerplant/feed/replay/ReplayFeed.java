package tickerplant.feed.replay;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.Recording;
import tickerplant.market.Clock;
import tickerplant.market.Listed;
import tickerplant.market.Symbol;

/** Plays a recording, or several as one, again, at its pace or faster, once or in a loop. Events keep the time at which they happened. */
public final class ReplayFeed implements Feed {
    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("speed", "loop", "prefix", "name", "date"));
    private static final int MAX_PREFIX = 16;
    /** Each of several files has a thread of its own. */
    private static final int MAX_FILES = 64;

    private final String name;
    private final Recording recording;
    private final Pace pace;
    private final Repeat repeat;
    private final Clock clock;
    private volatile long told;

    /** How often a recording is played. */
    enum Repeat {
        ONCE,
        LOOP;

        static Repeat of(FeedSpec spec, Repeat fallback) {
            return spec.flag("loop", fallback == LOOP) ? LOOP : ONCE;
        }
    }

    ReplayFeed(String name, Recording recording, Pace pace, Repeat repeat, Clock clock) {
        this.name = name;
        this.recording = recording;
        this.pace = pace;
        this.repeat = repeat;
        this.clock = clock;
    }

    /**
     * The feed that {@code replay:FILE,FILE?speed=1|20|max&loop=true|false&prefix=R.&name=...&date=2026-01-02} asks for. Its name is, unless
     * given, {@code replay:} and the files' own names. Several files are merged by time.
     *
     * @throws IllegalArgumentException naming the option or the file, and what was expected
     */
    public static Feed of(FeedSpec spec, Clock clock) {
        spec.allow(OPTIONS);
        if (spec.target().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + spec.kind() + "' without a file, expected " + spec.kind() + ":FILE");
        }
        Pace pace = Pace.of(spec, "1");
        Repeat repeat = Repeat.of(spec, Repeat.ONCE);
        String prefix = prefix(spec);
        Optional<LocalDate> date = date(spec);
        List<RecordedFile> files = files(spec);
        String names = files.stream().map(RecordedFile::name).collect(Collectors.joining(","));
        String name = name(spec, spec.kind() + ":" + names);
        List<MergedRecording.Part> parts = files.stream()
                .map(file -> new MergedRecording.Part(file.name(), file.recording(name, prefix, date)))
                .toList();
        Recording recording = parts.size() == 1 ? parts.get(0).recording() : new MergedRecording(parts);
        return new ReplayFeed(name, recording, pace, repeat, clock);
    }

    /** One file, or several with commas between them; a file that has a comma in its name is one. */
    private static List<RecordedFile> files(FeedSpec spec) {
        if (Files.exists(Path.of(spec.target()))) {
            return List.of(new RecordedFile(Path.of(spec.target())));
        }
        List<RecordedFile> files = Arrays.stream(spec.target().split(",", -1))
                .map(path -> new RecordedFile(Path.of(path)))
                .toList();
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException(
                    files.size() + " files of one '" + spec.kind() + "', expected at most " + MAX_FILES);
        }
        return files;
    }

    /** The option {@code prefix}, in upper case. */
    static String prefix(FeedSpec spec) {
        String prefix = spec.text("prefix", "");
        if (prefix.isEmpty()) {
            return prefix;
        }
        return Symbol.parse(prefix)
                .map(Symbol::name)
                .filter(text -> text.length() <= MAX_PREFIX)
                .orElseThrow(() -> spec.expected("prefix", "at most " + MAX_PREFIX + " characters of a symbol"));
    }

    /** The option {@code date}: the day of a recording that tells the time of day only. */
    private static Optional<LocalDate> date(FeedSpec spec) {
        String date = spec.text("date", "");
        try {
            return date.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(date));
        } catch (DateTimeParseException e) {
            throw (IllegalArgumentException)
                    spec.expected("date", "a day such as 2026-01-02").initCause(e);
        }
    }

    /** The option {@code name}. */
    static String name(FeedSpec spec, String fallback) {
        String name = spec.text("name", fallback);
        if (name.isBlank()) {
            throw spec.expected("name", "some text");
        }
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mode mode() {
        return Mode.REPLAY;
    }

    @Override
    public List<Listed> instruments() throws IOException {
        try {
            return recording.instruments();
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isNumbered() {
        return true;
    }

    @Override
    public void goOn(long position) {
        told = position;
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        Player player = new Player(sink, clock, pace, told);
        try {
            recording.play(player);
            while (repeat == Repeat.LOOP && player.played()) {
                player.nextLap();
                recording.play(player);
            }
        } catch (ClosedByInterruptException e) {
            // A file says it this way; the interruption must not look like a lost source.
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }
}
