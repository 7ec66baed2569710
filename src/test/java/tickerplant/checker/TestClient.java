package tickerplant.checker;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A client for tests: it records every message in its order, lets its {@link Checker} judge each, and waits for what
 * the test expects. Waits end with an {@link AssertionError} after {@link #PATIENCE}. Any thread.
 */
public final class TestClient implements AutoCloseable {
    /** How long a wait lasts at most, unless the test says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Not all, because floods would take minutes; and only at the end, because it must not slow a client down. */
    private static final int MESSAGES_HELD_AGAINST_SCHEMAS = 200;

    private final List<Message> heard = new ArrayList<>();
    private final Optional<Checker> checker;
    private final Optional<Mutant> mutant;
    private final boolean heldAgainstSchemas;
    private Wire wire;
    private String subprotocol = "";
    private Closing closing;
    private int next;

    /**
     * How a connection ended.
     *
     * @param code that of the close frame; 1006 where none came
     * @param reason that of the close frame, or what went wrong
     */
    public record Closing(int code, String reason) {}

    /** A connection about to be made. Not shared between threads. */
    public static final class Dial {
        private final URI uri;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String subprotocol = "";
        private Optional<Checker> checker = Optional.empty();
        private Optional<Mutant> mutant = Optional.empty();
        private boolean heldAgainstSchemas = true;
        private boolean raw;
        private int receiveBuffer;

        private Dial(URI uri) {
            this.uri = uri;
        }

        /** Offers a sub-protocol, or several with commas between them. */
        public Dial subprotocol(String token) {
            subprotocol = token;
            return this;
        }

        /** Sends an {@code Origin}, as browsers do. */
        public Dial origin(String origin) {
            return header("Origin", origin);
        }

        /** Sends a header in the handshake. */
        public Dial header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Shows a token in the header of the handshake. */
        public Dial token(String token) {
            return header("Authorization", "Bearer " + token);
        }

        /** Has every message judged. */
        public Dial checkedBy(Checker judge) {
            checker = Optional.of(judge);
            return this;
        }

        /** Has the server's messages spoiled before they are recorded and judged. */
        public Dial spoiledBy(Mutant spoiler) {
            mutant = Optional.of(spoiler);
            heldAgainstSchemas = false;
            return this;
        }

        /** Connects to a stand-in of a server, whose messages need not be those of the protocol. */
        public Dial toAStandIn() {
            heldAgainstSchemas = false;
            return this;
        }

        /** Takes the wire that stalls completely when it stops reading. */
        public Dial raw() {
            raw = true;
            return this;
        }

        /** Takes the wire that stalls completely, with a receive buffer of so many bytes. */
        public Dial receiveBuffer(int bytes) {
            receiveBuffer = bytes;
            return raw();
        }

        /**
         * Connects.
         *
         * @throws HandshakeRefused if the server answers with another status than 101
         * @throws IOException if there is no connection
         */
        public TestClient connect() throws IOException {
            TestClient client = new TestClient(this);
            Wire.Ear ear = client.new Listening();
            checker.ifPresent(judge -> token().ifPresent(judge::shows));
            if (raw) {
                RawWire wire = RawWire.connect(uri, subprotocol, headers, receiveBuffer, ear);
                client.connected(wire, wire.subprotocol());
            } else {
                JdkWire wire = JdkWire.connect(uri, subprotocol, headers, ear);
                client.connected(wire, wire.subprotocol());
            }
            return client;
        }

        /** The token in the handshake; that of the header goes before the address. */
        private Optional<String> token() {
            Optional<String> header = Optional.ofNullable(headers.get("Authorization"))
                    .filter(value -> value.startsWith("Bearer "))
                    .map(value -> value.substring("Bearer ".length()));
            return header.or(() -> Optional.ofNullable(uri.getQuery()).stream()
                    .flatMap(query -> Arrays.stream(query.split("&")))
                    .filter(part -> part.startsWith("token="))
                    .map(part -> part.substring("token=".length()))
                    .findFirst());
        }
    }

    /** What the wire tells, recorded and judged in one step so that both have the same order. */
    private final class Listening implements Wire.Ear {
        @Override
        public void heard(String text) {
            synchronized (TestClient.this) {
                long nanos = System.nanoTime();
                for (String spoiled : mutant.map(m -> m.apply(text)).orElse(List.of(text))) {
                    checker.ifPresent(judge -> judge.heard(nanos, spoiled));
                    heard.add(Message.of(nanos, spoiled));
                }
                TestClient.this.notifyAll();
            }
        }

        @Override
        public void closed(int code, String reason) {
            int spoiled = mutant.map(m -> m.closeCode(code)).orElse(code);
            checker.ifPresent(judge -> judge.closed(spoiled, reason));
            end(new Closing(spoiled, reason));
        }

        @Override
        public void cut(String why) {
            checker.ifPresent(judge -> judge.cut(System.nanoTime()));
            end(new Closing(1006, why));
        }

        private void end(Closing how) {
            synchronized (TestClient.this) {
                closing = closing == null ? how : closing;
                TestClient.this.notifyAll();
            }
        }
    }

    private TestClient(Dial dial) {
        this.checker = dial.checker;
        this.mutant = dial.mutant;
        this.heldAgainstSchemas = dial.heldAgainstSchemas;
    }

    /** A connection to be made to a {@code ws:} address. */
    public static Dial dial(URI uri) {
        return new Dial(uri);
    }

    /** Sends a text, whatever it is. */
    public void says(String text) {
        checker.ifPresent(judge -> judge.said(System.nanoTime(), text));
        wire.send(text);
    }

    /** Sends something that is not text. */
    public void saysBinary(byte[] bytes) {
        checker.ifPresent(judge -> judge.saidBinary(System.nanoTime()));
        wire.sendBinary(bytes);
    }

    /**
     * Waits for the next message after those already expected, which must have everything that is written here; it may
     * have more. Heartbeats in between are passed over.
     */
    public synchronized Message hears(String expected) {
        Map<String, Object> members = Json.parse(expected);
        boolean heartbeat = "heartbeat".equals(members.get("type"));
        int index = find(next, expected, PATIENCE, m -> heartbeat == m.type().equals("heartbeat"));
        Message message = heard.get(index);
        next = index + 1;
        if (!Json.has(message.members(), members)) {
            throw new AssertionError("expected " + expected + "\nbut heard " + message);
        }
        return message;
    }

    /**
     * Sends a request, which must have an id, and waits for its reply, wherever it stands among other messages. What
     * came before the reply is passed over by {@link #hears}.
     */
    public Message request(String request) {
        Object id = Json.read(request).members().get("id");
        int from = heard().size();
        says(request);
        synchronized (this) {
            int index = find(
                    from,
                    "the reply to " + request,
                    PATIENCE,
                    m -> Requests.isReply(m.type()) && Json.has(m.members().get("id"), id));
            next = Math.max(next, index + 1);
            return heard.get(index);
        }
    }

    /** Waits for any message that is as wanted, those already heard included. */
    public Message await(String wanted, Predicate<Message> predicate) {
        return await(wanted, PATIENCE, predicate);
    }

    /** Waits so long for any message that is as wanted, those already heard included. */
    public Message await(String wanted, Duration patience, Predicate<Message> predicate) {
        return await(0, wanted, patience, predicate);
    }

    /** Waits until the folded state of a key is as wanted. Needs a checker. */
    public synchronized Folded awaitState(Key key, String wanted, Predicate<Folded> predicate) {
        return awaitState(key, PATIENCE, wanted, predicate);
    }

    /** As {@link #awaitState(Key, String, Predicate)}, but waits so long. */
    public synchronized Folded awaitState(Key key, Duration patience, String wanted, Predicate<Folded> predicate) {
        Checker judge = checker.orElseThrow();
        return waitFor(
                () -> judge.folded(key).filter(predicate),
                () -> wanted + "; " + key + " is " + judge.folded(key),
                patience);
    }

    /** Whether the client follows the key, by what it asked for and was not refused. Needs a checker. */
    public boolean isFollowing(Key key) {
        return checker.orElseThrow().follows(key);
    }

    /** The folded states of all that the client follows and has heard of. Needs a checker. */
    public Map<Key, Folded> states() {
        return checker.orElseThrow().folded();
    }

    /** Waits for a message that is as wanted, after so many messages. */
    public Message awaitAfter(int messages, String wanted, Predicate<Message> predicate) {
        return awaitAfter(messages, wanted, PATIENCE, predicate);
    }

    /** As {@link #awaitAfter(int, String, Predicate)}, but waits so long. */
    public Message awaitAfter(int messages, String wanted, Duration patience, Predicate<Message> predicate) {
        return await(messages, wanted, patience, predicate);
    }

    /** Waits for the end of the connection. */
    public synchronized Closing awaitClosing() {
        return waitFor(() -> Optional.ofNullable(closing), () -> "the connection to end", PATIENCE);
    }

    /** Everything heard so far. */
    public synchronized List<Message> heard() {
        return List.copyOf(heard);
    }

    /** How the connection ended, if it has. */
    public synchronized Optional<Closing> closing() {
        return Optional.ofNullable(closing);
    }

    /** The sub-protocol that the server selected; empty where it selected none. */
    public String subprotocol() {
        return subprotocol;
    }

    /** Stops taking messages; completely so on a raw wire. */
    public void stopReading() {
        checker.ifPresent(judge -> judge.isDeaf(System.nanoTime()));
        wire.stopReading();
    }

    /** Takes messages again. */
    public void resumeReading() {
        checker.ifPresent(judge -> judge.listens(System.nanoTime()));
        wire.resumeReading();
    }

    /** Closes with a code of the client's. */
    public void close(int code, String reason) {
        checker.ifPresent(Checker::leaves);
        wire.close(code, reason);
    }

    /** Ends the connection without a word. */
    public void cut() {
        checker.ifPresent(Checker::leaves);
        wire.cut();
    }

    /** Ends the connection with a reset of TCP. Needs a raw wire. */
    public void reset() {
        checker.ifPresent(Checker::leaves);
        wire.reset();
    }

    /**
     * Cuts the connection; what the server had still to say is not waited for.
     *
     * @throws AssertionError if something that the server has said is not as the schemas have it
     */
    @Override
    public void close() {
        cut();
        if (heldAgainstSchemas) {
            heard().stream().limit(MESSAGES_HELD_AGAINST_SCHEMAS).forEach(TestClient::assertFits);
        }
    }

    private static void assertFits(Message message) {
        List<String> complaints = Schemas.served().heard(Schemas.tree(message.text()));
        if (!complaints.isEmpty()) {
            throw new AssertionError("not as its schema has it: " + message + "\n" + complaints);
        }
    }

    private void connected(Wire connected, String selected) {
        wire = connected;
        subprotocol = selected;
    }

    private synchronized Message await(int from, String wanted, Duration patience, Predicate<Message> predicate) {
        return heard.get(find(from, wanted, patience, predicate));
    }

    private synchronized int find(int from, String wanted, Duration patience, Predicate<Message> predicate) {
        int[] index = {from};
        return waitFor(
                () -> {
                    for (; index[0] < heard.size(); index[0]++) {
                        if (predicate.test(heard.get(index[0]))) {
                            return Optional.of(index[0]);
                        }
                    }
                    if (closing != null) {
                        throw new AssertionError("expected " + wanted + "\nbut the connection ended: " + closing);
                    }
                    return Optional.empty();
                },
                () -> wanted,
                patience);
    }

    private synchronized <T> T waitFor(Supplier<Optional<T>> found, Supplier<String> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<T> result = found.get();
        while (result.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("waited in vain for " + wanted.get() + "\nheard last: "
                        + heard.subList(Math.max(0, heard.size() - 5), heard.size()));
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + wanted.get(), e);
            }
            result = found.get();
        }
        return result.get();
    }
}
