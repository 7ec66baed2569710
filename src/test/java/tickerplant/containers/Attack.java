package tickerplant.containers;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tickerplant.market.Clock;
import tickerplant.server.RawClient;

/** What bad clients do to a server, each for as long as it takes. What comes back is how many connections they needed. */
@SuppressWarnings("ImmutableEnumChecker") // immutable in truth; saying so takes an annotation from a library of its own
enum Attack {
    SILENT_CONNECTIONS("500 connections that say nothing", port -> {
        List<RawClient> silent = connect(port, 500);
        return ended(silent);
    }),
    DRIBBLING_HANDSHAKES("200 handshakes, a byte every 100 ms", port -> {
        byte[] handshake =
                String.join("\r\n", handshake("X: " + "x".repeat(400))).getBytes(StandardCharsets.US_ASCII);
        List<RawClient> dribbling = connect(port, 200);
        long start = Clock.SYSTEM.nanos();
        for (int i = 0; i < 130; i++) {
            byte[] next = {handshake[i]};
            dribbling.forEach(client -> sent(client, next));
            Clock.SYSTEM.sleepUntil(start + i * 100_000_000L);
        }
        return ended(dribbling);
    }),
    PING_FLOOD(
            "4 clients that send pings of 125 bytes and don't read",
            port -> together(4, end -> {
                byte[] pings = repeated(RawClient.masked(0x89, new byte[125]), 500);
                return again(end, port, client -> {
                    while (System.nanoTime() < end && sent(client, pings)) {}
                });
            })),
    FRAGMENT_FLOOD(
            "4 clients with messages that don't end",
            port -> together(4, end -> {
                byte[] begin = RawClient.masked(0x01, new byte[0]);
                byte[] full = RawClient.masked(0x00, new byte[16_384]);
                byte[] empty = repeated(RawClient.masked(0x00, new byte[0]), 1_000);
                AtomicInteger turn = new AtomicInteger();
                return again(end, port, client -> {
                    byte[] fragments = turn.incrementAndGet() % 2 == 0 ? full : empty;
                    sent(client, begin);
                    while (System.nanoTime() < end && sent(client, fragments)) {}
                });
            })),
    CONNECTIONS("100,000 connections, 5,000 a second, each tenth with a session", port -> {
        Pace pace = new Pace(5_000);
        return together(4, end -> {
            for (int i = pace.await(); i < 100_000; i = pace.await()) {
                try (RawClient client = new RawClient(port)) {
                    if (i % 10 == 0) {
                        client.upgrade("/ws/ticker").head();
                    }
                    if (i % 2 == 0) {
                        client.reset();
                    }
                }
            }
            return 25_000;
        });
    }),
    LONG_HEADERS("1,000 handshakes a second with a header of 64 KiB", port -> {
        String[] lines = handshake("X: " + "x".repeat(65_536));
        return sessions(1_000, port, client -> client.say(lines).head());
    }),
    MALFORMED_MESSAGES("100 clients a second, of each 1,000 messages that are none", port -> {
        byte[] message = RawClient.masked(0x81, "{\"type\":\"subscribe\",".getBytes(StandardCharsets.US_ASCII));
        byte[] messages = repeated(message, 1_000);
        return sessions(100, port, client -> {
            upgrade(client);
            sent(client, messages);
            toTheEnd(client);
        });
    }),
    RANDOM_BYTES("2,000 clients a second with 200 random bytes", port -> {
        Random random = new Random(20_260_101);
        return sessions(2_000, port, client -> {
            byte[] rubbish = new byte[200];
            random.nextBytes(rubbish);
            upgrade(client);
            sent(client, rubbish);
        });
    }),
    RESETS("2,000 clients a second that reset within a frame", port -> {
        byte[] part = Arrays.copyOf(RawClient.masked(0x81, new byte[150]), 60);
        return sessions(2_000, port, client -> {
            upgrade(client);
            sent(client, part);
            client.reset();
        });
    });

    /** How long those last that would not end by themselves. */
    private static final long SECONDS = 6;

    private final String words;

    private final Deed deed;

    /** Does it, and answers with how many connections. */
    interface Deed {
        int to(int port) throws Exception;
    }

    /** One of several that do the same until the time has come. */
    private interface Part {
        int until(long end) throws Exception;
    }

    /** What is done on a connection. */
    private interface Session {
        void with(RawClient client) throws IOException;
    }

    /** Turns that come at a rate, since whoever attacks has the same processors here as who is attacked. */
    private static final class Pace {
        private final long start = Clock.SYSTEM.nanos();
        private final AtomicInteger turn = new AtomicInteger();
        private final long nanos;

        Pace(int perSecond) {
            nanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        }

        /** Waits for the next turn, and answers how many were before. */
        int await() throws InterruptedException {
            int before = turn.getAndIncrement();
            Clock.SYSTEM.sleepUntil(start + before * nanos);
            return before;
        }
    }

    Attack(String words, Deed deed) {
        this.words = words;
        this.deed = deed;
    }

    String words() {
        return words;
    }

    /** Attacks what listens on a port of the loopback interface. */
    int on(int port) throws Exception {
        return deed.to(port);
    }

    private static String[] handshake(String header) {
        return new String[] {
            "GET /ws/ticker HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            header
        };
    }

    private static List<RawClient> connect(int port, int number) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(new RawClient(port));
        }
        return clients;
    }

    /** Waits until the server has ended each, and answers how many those were. */
    private static int ended(List<RawClient> clients) throws IOException {
        int ended = 0;
        for (RawClient client : clients) {
            client.patience(15_000);
            ended += toTheEnd(client) ? 1 : 0;
            client.close();
        }
        return ended;
    }

    private static boolean toTheEnd(RawClient client) {
        try {
            return client.rest() != null;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean sent(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteBuffer all = ByteBuffer.allocate(times * bytes.length);
        while (all.hasRemaining()) {
            all.put(bytes);
        }
        return all.array();
    }

    private static void upgrade(RawClient client) throws IOException {
        client.upgrade("/ws/ticker").head();
    }

    /** Each ends by itself or is ended. */
    private static int sessions(int perSecond, int port, Session session) throws Exception {
        Pace pace = new Pace(perSecond);
        return together(4, end -> {
            int times = 0;
            for (; System.nanoTime() < end; times++) {
                pace.await();
                once(port, session);
            }
            return times;
        });
    }

    private static int again(long end, int port, Session session) {
        int times = 0;
        for (; System.nanoTime() < end; times++) {
            once(port, session);
        }
        return times;
    }

    private static void once(int port, Session session) {
        try (RawClient client = new RawClient(port)) {
            session.with(client);
        } catch (IOException e) {
            // the server has ended it, as it should
        }
    }

    private static int together(int number, Part part) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        ExecutorService threads = Executors.newFixedThreadPool(number);
        try {
            List<Callable<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                parts.add(() -> part.until(end));
            }
            int sum = 0;
            for (Future<Integer> each : threads.invokeAll(parts)) {
                sum += each.get();
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }
}
