package tickerplant.server;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import tickerplant.client.FeedClient;
import tickerplant.codec.Events;
import tickerplant.feed.text.BadLine;
import tickerplant.feed.text.LineForm;
import tickerplant.feed.text.LineReader;
import tickerplant.market.Clock;

/** The command {@code publish}: sends the events of a file, or of standard input, to a service that runs somewhere. */
final class PublishCommand {
    static final String NAME = "publish";
    static final String URL_VARIABLE = "TICKERPLANT_URL";
    static final String TOKEN_VARIABLE = "TICKERPLANT_TOKEN";

    private static final int SOME_REJECTED = 3;

    private static final String STANDARD_INPUT = "-";
    private static final String USUAL_URL = "ws://127.0.0.1:8080/ws/feed";
    private static final int BATCH = 200;
    /** Below what a service takes in a message, unless it was told otherwise. */
    private static final int BATCH_CHARACTERS = 15_000;

    private static final int HEAD = 64 * 1024;
    private static final int REPORTED = 20;

    private final Map<String, String> environment;
    private final PrintWriter err;
    private final Clock clock;
    private final Usage usage;
    private final List<String> damaged = new ArrayList<>();
    private long damages;

    PublishCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, Clock clock) {
        this.environment = environment;
        this.err = err;
        this.clock = clock;
        usage = new Usage(NAME, out, err);
        usage.word("FILE|-", "1", "NDJSON or CSV, gzipped or not; - for standard input")
                .text("--url", "URL", "where to, ws or wss (" + URL_VARIABLE + ", else " + USUAL_URL + ")")
                .text(
                        "--publisher",
                        "NAME",
                        "whose messages these are; with the name of a run that broke off, goes on there")
                .help()
                .message()
                .description("Publishes events to a running service.")
                .footer(
                        "",
                        "A token is taken from the environment, " + TOKEN_VARIABLE + ".",
                        "Exit codes: 0 all taken, 1 broke off, 2 a bad option, 3 some events were rejected");
    }

    /** Does it; returns the exit code. */
    int run(String... arguments) {
        return usage.run(arguments, given -> publish(given.words().get(0), url(given), publisher(given)));
    }

    private URI url(Arguments given) {
        String text = given.text("--url", environment.getOrDefault(URL_VARIABLE, USUAL_URL));
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw given.bad("'" + text + "' is no address to publish to, expected one such as " + USUAL_URL);
    }

    private static String publisher(Arguments given) {
        String name = given.text(
                "--publisher", NAME + "-" + UUID.randomUUID().toString().substring(0, 13));
        if (FeedClient.NAME.matcher(name).matches()) {
            return name;
        }
        throw given.bad("'" + name + "' is no publisher's name, expected 1 to 64 of A-Z a-z 0-9 . _ -");
    }

    private int publish(String source, URI url, String publisher) {
        long begun = clock.nanos();
        Optional<String> token =
                Optional.ofNullable(environment.get(TOKEN_VARIABLE)).filter(text -> !text.isBlank());
        try (FeedClient client = new FeedClient(url, token, publisher, clock)) {
            try {
                send(source, client);
                return last(
                        client,
                        summary("published", client, begun),
                        client.totals().rejected() + damages > 0 ? SOME_REJECTED : Usage.DONE);
            } catch (IOException e) {
                return last(
                        client,
                        summary("broke off after", client, begun) + "; " + e.getMessage() + resume(publisher),
                        Usage.FAILED);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last(client, summary("stopped after", client, begun) + resume(publisher), Usage.FAILED);
            }
        }
    }

    private static String resume(String publisher) {
        return "; the same with --publisher=" + publisher + " goes on there";
    }

    private void send(String source, FeedClient client) throws IOException, InterruptedException {
        long size = source.equals(STANDARD_INPUT) ? 0 : size(Path.of(source));
        ProgressBar progress = new ProgressBar(err, clock, size);
        try (InputStream packed = progress.counted(open(source));
                InputStream in = unpacked(packed)) {
            LineForm form = form(in);
            LineReader lines = new LineReader(in);
            List<String> batch = new ArrayList<>();
            int characters = 0;
            while (lines.next()) {
                Optional<String> event = event(form, lines);
                if (event.isPresent()) {
                    if (characters + event.get().length() > BATCH_CHARACTERS && !batch.isEmpty()) {
                        client.publish(batch);
                        batch.clear();
                        characters = 0;
                    }
                    batch.add(event.get());
                    characters += event.get().length();
                }
                // somebody types, or a program tells events as they happen: they must not wait for more
                boolean idle = size == 0 && lines.isDrained() && in.available() == 0;
                if (batch.size() == BATCH || (idle && !batch.isEmpty())) {
                    client.publish(batch);
                    batch.clear();
                    characters = 0;
                }
                progress.report(() -> counts(client));
            }
            if (!batch.isEmpty()) {
                client.publish(batch);
            }
            client.finish();
            if (lines.broken()) {
                throw new IOException("the gzip stream is cut off or broken");
            }
        }
    }

    private static long size(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("'" + file + "' is no file that can be read");
        }
        return Math.max(1, Files.size(file));
    }

    private static InputStream open(String source) throws IOException {
        return source.equals(STANDARD_INPUT)
                ? new FileInputStream(FileDescriptor.in)
                : Files.newInputStream(Path.of(source));
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, HEAD);
        buffered.mark(2);
        boolean packed = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(buffered, HEAD), HEAD) : buffered;
    }

    /** The form of what is there up to the end of the first line that is not blank. */
    private static LineForm form(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = new byte[HEAD];
        int length = 0;
        boolean begun = false;
        while (length < HEAD) {
            int next = in.read();
            if (next < 0 || (next == '\n' && begun)) {
                break;
            }
            begun |= !Character.isWhitespace(next);
            head[length++] = (byte) next;
        }
        in.reset();
        try {
            return LineForm.of(Arrays.copyOf(head, length));
        } catch (BadLine e) {
            throw new IOException(e.getMessage() + "; expected NDJSON, or CSV with a header", e);
        }
    }

    private Optional<String> event(LineForm form, LineReader lines) {
        if (lines.number() <= form.headerLines()
                || (!lines.tooLong() && lines.text().isBlank())) {
            return Optional.empty();
        }
        try {
            if (lines.tooLong()) {
                throw BadLine.whole("too long, expected at most " + LineReader.MAX_LINE + " bytes");
            }
            return Optional.of(Events.text(form.row(lines.text().strip())));
        } catch (BadLine e) {
            damages++;
            if (damaged.size() < REPORTED) {
                damaged.add("line " + lines.number() + ": " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    private String counts(FeedClient client) {
        FeedClient.Totals totals = client.totals();
        return String.format(
                Locale.ROOT,
                "%,d events, %,d rejected, %,d duplicates",
                totals.accepted(),
                totals.rejected() + damages,
                totals.duplicates());
    }

    private String summary(String word, FeedClient client, long begun) {
        double seconds = (clock.nanos() - begun) / 1e9;
        return String.format(Locale.ROOT, "%s %s in %.1f s", word, counts(client), seconds);
    }

    private int last(FeedClient client, String line, int code) {
        damaged.forEach(err::println);
        client.totals().problems().forEach(err::println);
        return usage.last(line, code);
    }
}
