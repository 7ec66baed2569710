package tickerplant.feed.lines;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tickerplant.feed.FeedSink;
import tickerplant.feed.text.LineReader;
import tickerplant.feed.text.Rejection;
import tickerplant.feed.text.Submitted;

/**
 * One connection and its thread, which reads a line, has it told, and answers where it is refused. Where answers are not read, this
 * connection waits, and no other.
 */
final class LineConnection {
    private static final Logger LOG = System.getLogger(LineConnection.class.getName());
    private static final JsonProvider JSON = JsonProvider.provider();

    /** Tells an event; gives it back where it was refused. */
    interface Taking {
        List<Rejection> take(Submitted event, FeedSink sink) throws InterruptedException;
    }

    private final SocketChannel client;
    private final Taking taking;
    private final FeedSink sink;
    private final Consumer<LineConnection> onEnd;
    private final Thread thread = new Thread(this::run, "feed-lines");

    LineConnection(SocketChannel client, Taking taking, FeedSink sink, Consumer<LineConnection> onEnd) {
        this.client = client;
        this.taking = taking;
        this.sink = sink;
        this.onEnd = onEnd;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Says why nothing is read, and closes. */
    void refuse(String message) {
        try (client) {
            client.socket().getOutputStream().write(error(Map.of("reason", "rate_limited", "message", message)));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection was gone before it could be refused", e);
        }
    }

    /** Ends it from outside. */
    void end() {
        thread.interrupt();
        try {
            client.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection was gone before it could be closed", e);
        }
    }

    private void run() {
        try (client;
                LineReader lines = new LineReader(client.socket().getInputStream())) {
            OutputStream out = client.socket().getOutputStream();
            while (lines.next()) {
                if (lines.tooLong() || !lines.text().isBlank()) {
                    for (Rejection rejection : taking.take(Submitted.line(lines), sink)) {
                        out.write(error(fields(lines.number(), rejection)));
                    }
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the feed ends, and this thread with it
        } finally {
            onEnd.accept(this);
        }
    }

    private static Map<String, String> fields(long line, Rejection rejection) {
        return Map.of(
                "line",
                Long.toString(line),
                "reason",
                rejection.why().name().toLowerCase(Locale.ROOT),
                "field",
                rejection.field(),
                "message",
                rejection.message());
    }

    private static byte[] error(Map<String, String> fields) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("type", "error");
        if (fields.containsKey("line")) {
            json.add("line", Long.parseLong(fields.get("line")));
        }
        for (String name : List.of("reason", "field", "message")) {
            if (!fields.getOrDefault(name, "").isEmpty()) {
                json.add(name, fields.get(name));
            }
        }
        return (json.build() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
