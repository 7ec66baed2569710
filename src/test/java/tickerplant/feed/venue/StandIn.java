package tickerplant.feed.venue;

import static tickerplant.market.Deadline.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import tickerplant.checker.ServerFrame;
import tickerplant.market.FixedClock;

/**
 * Stands in for a venue on a free port: answers what it is asked over WebSocket as a test has taught it, says what the test
 * wants said, and has every fault that the test wants. Answers over HTTP from a list of paths.
 */
final class StandIn implements AutoCloseable {
    private static final int PATIENCE_S = 10;
    /** After so long a client that still has not come again has not noticed that its line was cut. */
    private static final int OVERHEARD_S = 2;

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;
    private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger arrivals = new AtomicInteger();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private volatile Function<String, List<String>> answers = text -> List.of();
    private volatile Predicate<String> tooMuch = text -> false;
    private volatile String complaint = "";
    private volatile boolean refusing;
    private volatile Function<String, List<String>> greeting = path -> List.of();

    StandIn() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    String ws(String path) {
        return "ws://127.0.0.1:" + listener.getLocalPort() + path;
    }

    String http(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    /** What it says as soon as it is connected, by the path. */
    StandIn greets(Function<String, List<String>> says) {
        greeting = says;
        return this;
    }

    /** What it answers to each text. */
    StandIn answers(Function<String, List<String>> says) {
        answers = says;
        return this;
    }

    /** To these texts it answers this, and nothing else. */
    void throttles(Predicate<String> texts, String says) {
        complaint = says;
        tooMuch = texts;
    }

    /** From now on whoever comes is turned away, or no longer. */
    void refuses(boolean all) {
        refusing = all;
    }

    /** What it answers to a request over HTTP; any other path is not there. */
    StandIn shows(String path, String body) {
        pages.put(path, body);
        return this;
    }

    /** The request lines and headers of all that was asked over HTTP so far, handshakes included. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** The next line that is opened. */
    Link link() throws InterruptedException {
        Link link = links.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (link == null) {
            throw new AssertionError("no line was opened in time");
        }
        return link;
    }

    /** The next line on which something like that is asked. */
    Link link(Predicate<String> asked) throws InterruptedException {
        Link link = link();
        while (true) {
            String text = link.hears();
            if (asked.test(text)) {
                return link;
            }
            if (text.equals("close")) {
                // That was the line on which the instruments were read.
                link = link();
            }
        }
    }

    /** One line. */
    final class Link {
        private final Socket socket;
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private boolean deaf;

        private Link(Socket socket) {
            this.socket = socket;
        }

        /** The next text that the client says. */
        String hears() throws InterruptedException {
            String text = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the client said nothing in time");
            }
            return text;
        }

        /** The next text that the client says in which this stands. */
        String hears(String part) throws InterruptedException {
            String text = hears();
            while (!text.contains(part)) {
                text = hears();
            }
            return text;
        }

        /** What the client has said and nobody has asked for. */
        List<String> rest() {
            List<String> rest = new ArrayList<>();
            heard.drainTo(rest);
            return rest;
        }

        void says(String... texts) throws IOException {
            for (String text : texts) {
                frame(0x81, text.getBytes(StandardCharsets.UTF_8));
            }
        }

        /** A text in two frames. */
        void saysInParts(String text) throws IOException {
            int half = text.length() / 2;
            frame(0x01, text.substring(0, half).getBytes(StandardCharsets.UTF_8));
            frame(0x80, text.substring(half).getBytes(StandardCharsets.UTF_8));
        }

        /** From now on it answers nothing, not even pings. */
        synchronized void isDeaf() {
            deaf = true;
        }

        void pings() throws IOException {
            frame(0x89, new byte[] {1, 2, 3});
        }

        /** Ends it with a word. */
        void closes(int code) throws IOException {
            frame(0x88, new byte[] {(byte) (code >> 8), (byte) code});
        }

        /**
         * Ends it without a word, and returns when the client has come again, let in or not. The JDK's client overhears some
         * of these ends: then the silence tells it, for which the clock is moved.
         */
        void cuts(FixedClock clock) throws IOException, InterruptedException {
            int before = arrivals.get();
            socket.close();
            long silence = System.nanoTime() + TimeUnit.SECONDS.toNanos(OVERHEARD_S);
            AtomicBoolean silent = new AtomicBoolean();
            await("the client comes again", () -> {
                if (System.nanoTime() > silence && !silent.getAndSet(true)) {
                    clock.advance(Duration.ofSeconds(31));
                }
                return arrivals.get() > before;
            });
        }

        private synchronized void answer(int head, byte[] payload) throws IOException {
            if (!deaf) {
                frame(head, payload);
            }
        }

        private synchronized void frame(int head, byte[] payload) throws IOException {
            socket.getOutputStream().write(ServerFrame.bytes(head, payload));
        }

        private void read(DataInputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            while (true) {
                int head = in.readUnsignedByte();
                int length = in.readUnsignedByte() & 127;
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = (int) in.readLong();
                }
                byte[] mask = in.readNBytes(4);
                byte[] payload = in.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i & 3];
                }
                int opcode = head & 15;
                if (opcode == 9) {
                    heard.add("ping");
                    answer(0x8A, payload);
                } else if (opcode == 10) {
                    heard.add("pong");
                } else if (opcode == 8) {
                    heard.add("close");
                    socket.close();
                    return;
                } else {
                    text.append(new String(payload, StandardCharsets.UTF_8));
                    if ((head & 128) != 0) {
                        String whole = text.toString();
                        text.setLength(0);
                        for (String answer : tooMuch.test(whole) ? List.of(complaint) : answers.apply(whole)) {
                            answer(0x81, answer.getBytes(StandardCharsets.UTF_8));
                        }
                        // Whoever hears of it may say what is to come after the answer.
                        heard.add(whole);
                    }
                }
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                synchronized (this) {
                    sockets.add(socket);
                }
                arrivals.incrementAndGet();
                if (refusing) {
                    socket.close();
                } else {
                    start(() -> serve(socket));
                }
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String request = line(in);
            while (!request.isEmpty()) {
                String path = request.split(" ", -1)[1];
                String key = "";
                note(request);
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    note(line);
                    if (line.regionMatches(true, 0, "Sec-WebSocket-Key: ", 0, 19)) {
                        key = line.substring(19);
                    }
                }
                if (!key.isEmpty()) {
                    String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                    Link link = new Link(socket);
                    link.says(greeting.apply(path).toArray(String[]::new));
                    links.add(link);
                    link.read(in);
                    return;
                }
                String page = pages.get(path);
                byte[] body = (page == null ? "not here" : page).getBytes(StandardCharsets.UTF_8);
                String head = "HTTP/1.1 " + (page == null ? "404 Not Found" : "200 OK") + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(body);
                request = line(in);
            }
        } catch (IOException | UncheckedIOException e) {
            // the client or the test has ended it
        }
    }

    private synchronized void note(String line) {
        asked.add(line);
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
