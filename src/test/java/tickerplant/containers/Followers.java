package tickerplant.containers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tickerplant.market.Clock;
import tickerplant.server.RawClient;

/**
 * Clients that follow every symbol and note how long after it was due each row came, and whether an event is missing. Each
 * reads on a thread of its own.
 */
final class Followers implements AutoCloseable {
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int TEXT = 0x81;
    private static final Pattern ROW =
            Pattern.compile("\\{\"symbol\":\"([^\"]+)\",\"seq\":(\\d+)(?:,\"n\":(\\d+))?,[^}]*?\"ts\":([0-9.]+)[,}]");

    private final List<RawClient> clients = new ArrayList<>();
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger missing = new AtomicInteger();
    private long[] micros = new long[1 << 16];
    private int count;

    Followers(int port, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            RawClient client = new RawClient(port);
            clients.add(client);
            client.upgrade("/ws/ticker").head();
            client.frame(
                    TEXT,
                    "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}"
                            .getBytes(StandardCharsets.US_ASCII));
            alive.incrementAndGet();
            Thread thread = new Thread(() -> follow(client), "follower-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void follow(RawClient client) {
        Map<String, Long> places = new HashMap<>();
        try {
            for (RawClient.Frame frame = client.next(); !frame.isClose(); frame = client.next()) {
                if (frame.head() == PING) {
                    client.frame(PONG, frame.payload());
                } else if (frame.head() == TEXT) {
                    hear(frame.text(), places);
                }
            }
        } catch (IOException e) {
            // counted below
        } finally {
            alive.decrementAndGet();
        }
    }

    private void hear(String text, Map<String, Long> places) {
        long now = Clock.SYSTEM.micros();
        boolean update = text.startsWith("{\"type\":\"update\"");
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            long seq = Long.parseLong(row.group(2));
            long events = row.group(3) == null ? 1 : Long.parseLong(row.group(3));
            Long before = places.put(row.group(1), seq);
            if (update && before != null && seq - before != events) {
                missing.incrementAndGet();
            }
            if (update) {
                note(now - Math.round(1_000 * Double.parseDouble(row.group(4))));
            }
        }
    }

    private synchronized void note(long late) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = late;
    }

    /** Forgets how late rows were. */
    synchronized void forget() {
        count = 0;
    }

    synchronized int rows() {
        return count;
    }

    /** What 99 of 100 rows stayed under since they were forgotten, in milliseconds. */
    synchronized double p99() {
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(0.99 * count) - 1)] / 1_000.0;
    }

    int alive() {
        return alive.get();
    }

    /** Rows before which something was left out. */
    int missing() {
        return missing.get();
    }

    @Override
    public void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }
}
