package tickerplant.feed.replay;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tickerplant.feed.Recording;
import tickerplant.feed.iex.IexCapture;
import tickerplant.feed.itch.ItchFile;
import tickerplant.feed.text.BadLine;
import tickerplant.feed.text.LineForm;
import tickerplant.feed.text.TextRecording;

/**
 * A file that holds a recording. What form it has is told by its content, never by its name.
 *
 * @param path where it lies
 * @param tap what its bytes go through as they lie there, each time they are read: somebody may count them
 */
public record RecordedFile(Path path, UnaryOperator<InputStream> tap) implements Recording.Source {
    private static final int UNPACKED_BUFFER = 64 * 1024;
    private static final int HEAD = 64 * 1024;
    private static final Pattern EIGHT_DIGITS = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
    private static final List<DateTimeFormatter> DATES = Stream.of("uuuuMMdd", "MMdduuuu")
            .map(form -> DateTimeFormatter.ofPattern(form, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT))
            .toList();
    private static final String EXPECTED =
            "a capture of IEX TOPS 1.6 or DEEP 1.0 (pcap or pcap-ng), a Nasdaq ITCH 5.0 file, a CSV table or NDJSON,"
                    + " gzipped or not";

    /** A file that is read as it is. */
    public RecordedFile(Path path) {
        this(path, UnaryOperator.identity());
    }

    /** Its own name, without the folder. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /**
     * The recording in the file.
     *
     * @param feed the name of the feed that its symbols belong to
     * @param prefix put before every symbol; may be empty
     * @param date of the recording, for forms that tell the time of day only
     * @throws IllegalArgumentException naming the file and what was expected
     */
    public Recording recording(String feed, String prefix, Optional<LocalDate> date) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("file '" + path + "' "
                    + (Files.exists(path) ? "can't be read" : "not found") + ", expected " + EXPECTED);
        }
        byte[] head;
        try (InputStream in = open()) {
            head = head(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("file '" + path + "': " + e.getMessage() + ", expected " + EXPECTED, e);
        }
        if (IexCapture.isCapture(head)) {
            return new IexCapture(this, feed, prefix);
        }
        if (ItchFile.isItch(head)) {
            LocalDate day = date.or(this::dateInName)
                    .orElseThrow(() -> new IllegalArgumentException("file '" + path
                            + "' tells the time of day only, expected the option date=YYYY-MM-DD, or a file name with the"
                            + " day as YYYYMMDD or MMDDYYYY"));
            return new ItchFile(this, feed, prefix, day);
        }
        try {
            return new TextRecording(this, LineForm.of(head), feed, prefix);
        } catch (BadLine e) {
            throw new IllegalArgumentException("file '" + path + "': " + e.getMessage() + "; expected " + EXPECTED, e);
        }
    }

    /** The day in the file's name, as exchanges write it there; empty where there is none, or none that exists. */
    private Optional<LocalDate> dateInName() {
        Matcher digits = EIGHT_DIGITS.matcher(path.getFileName().toString());
        while (digits.find()) {
            for (DateTimeFormatter form : DATES) {
                try {
                    LocalDate day = LocalDate.parse(digits.group(), form);
                    if (day.getYear() >= 1990 && day.getYear() < 2100) {
                        return Optional.of(day);
                    }
                } catch (DateTimeParseException e) {
                    // The other form may fit, or other digits.
                }
            }
        }
        return Optional.empty();
    }

    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        try {
            for (int read = 0; read >= 0 && length < HEAD; length += Math.max(0, read)) {
                read = in.read(head, length, HEAD - length);
            }
        } catch (EOFException | ZipException e) {
            // What could be unpacked is enough to tell the form; the rest is reported when it is played.
        }
        return Arrays.copyOf(head, length);
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(tap.apply(Files.newInputStream(path)));
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return packed ? new GZIPInputStream(in, UNPACKED_BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
