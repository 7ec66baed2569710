package tickerplant.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import tickerplant.codec.FeedReply;
import tickerplant.market.Clock;

/**
 * Publishes events and sees to it that each enters the log once: messages are numbered, and those without an answer are sent again
 * after a disconnect, which the service then knows. One thread uses it; it waits while too much is unanswered.
 */
public final class FeedClient implements AutoCloseable {
    /** What a publisher's name has to look like. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** How many messages may wait for their answers; the service takes twice as many. */
    private static final int WINDOW = 16;

    private static final long SECOND = 1_000_000_000L;
    private static final long PATIENCE_NANOS = 60 * SECOND;
    private static final long FIRST_PAUSE_NANOS = SECOND / 4;
    private static final long LAST_PAUSE_NANOS = 5 * SECOND;
    private static final long WAIT_MILLIS = 100;
    private static final long SEND_SECONDS = 30;
    private static final int FINAL_CODES = 4_500;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REMEMBERED = 20;

    /** What became of the events so far. */
    public static final class Totals {
        private long accepted;
        private long duplicates;
        private long rejected;
        private final List<String> problems = new ArrayList<>();

        /** How many entered the log now. */
        public synchronized long accepted() {
            return accepted;
        }

        /** How many had entered it before. */
        public synchronized long duplicates() {
            return duplicates;
        }

        /** How many were refused. */
        public synchronized long rejected() {
            return rejected;
        }

        /** The first of those that were refused, counted from 1, and why. */
        public synchronized List<String> problems() {
            return List.copyOf(problems);
        }

        private synchronized void add(long before, FeedReply reply) {
            accepted += reply.count();
            duplicates += reply.duplicates();
            rejected += reply.rejections();
            for (FeedReply.Rejected bad : reply.rejected()) {
                if (problems.size() < REMEMBERED) {
                    problems.add("event " + (before + bad.index() + 1) + ": " + bad.why());
                }
            }
        }
    }

    /** A message without an answer. */
    private static final class Sent {
        private final long before;
        private final List<String> events;
        private long pseq;

        Sent(long pseq, long before, List<String> events) {
            this.pseq = pseq;
            this.before = before;
            this.events = List.copyOf(events);
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI url;
    private final Optional<String> token;
    private final String publisher;
    private final Clock clock;
    private final Totals totals = new Totals();
    private final Object lock = new Object();
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private Optional<WebSocket> socket = Optional.empty();
    private String problem = "";
    private boolean hopeless;
    private boolean again;
    private long next = 1;
    private long events;
    private long progressAt;
    private long pause = FIRST_PAUSE_NANOS;

    /**
     * A client that has not connected yet.
     *
     * @param url of {@code /ws/feed}, {@code ws} or {@code wss}
     * @param token a JSON Web Token, where the service asks for one
     * @param publisher its name, as {@link #NAME} has it; who used it before goes on where that one ended only with the same messages
     */
    public FeedClient(URI url, Optional<String> token, String publisher, Clock clock) {
        if (!NAME.matcher(publisher).matches()) {
            throw new IllegalArgumentException("publisher must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        this.url = url;
        this.token = token;
        this.publisher = publisher;
        this.clock = clock;
        this.progressAt = clock.nanos();
    }

    /** What became of the events so far; any thread may read it. */
    public Totals totals() {
        return totals;
    }

    /**
     * Sends a message; waits while too many have no answer.
     *
     * @param message the events, each a JSON object
     * @throws IOException where the service refuses it for good, or has not answered for a minute
     */
    public void publish(List<String> message) throws IOException, InterruptedException {
        await(WINDOW - 1);
        Sent sent;
        synchronized (lock) {
            if (unanswered.isEmpty()) {
                progressAt = clock.nanos();
            }
            sent = new Sent(next++, events, message);
            events += message.size();
            unanswered.add(sent);
        }
        if (socket.isPresent() && !again) {
            send(sent);
        }
    }

    /** Waits until every message has its answer. */
    public void finish() throws IOException, InterruptedException {
        await(0);
    }

    /** Connects, and sends again what has no answer, until no more than so many are without one. */
    private void await(int most) throws IOException, InterruptedException {
        while (true) {
            List<Sent> resend = List.of();
            synchronized (lock) {
                if (hopeless) {
                    throw new IOException(problem);
                }
                if (socket.isPresent() && !again) {
                    if (unanswered.size() <= most) {
                        return;
                    }
                    lock.wait(WAIT_MILLIS);
                } else if (socket.isPresent()) {
                    again = false;
                    resend = List.copyOf(unanswered);
                }
                if (!unanswered.isEmpty() && clock.nanos() - progressAt > PATIENCE_NANOS) {
                    throw new IOException("no answer for " + PATIENCE_NANOS / SECOND + " s"
                            + (problem.isEmpty() ? "" : ": " + problem));
                }
            }
            if (socket.isEmpty()) {
                connect();
            }
            for (Sent sent : resend) {
                send(sent);
            }
        }
    }

    private void connect() throws IOException, InterruptedException {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        token.ifPresent(shown -> builder.header("Authorization", "Bearer " + shown));
        try {
            Ears ears = new Ears();
            WebSocket connected =
                    builder.subprotocols("tickerplant.v1").buildAsync(url, ears).get(20, TimeUnit.SECONDS);
            synchronized (lock) {
                if (!ears.ended) {
                    socket = Optional.of(connected);
                    again = !unanswered.isEmpty();
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            synchronized (lock) {
                problem = "can't connect to " + url + ": " + said;
                if (cause instanceof WebSocketHandshakeException refused) {
                    int status = refused.getResponse().statusCode();
                    problem = "the service refused the connection with " + status;
                    hopeless |= status == UNAUTHORIZED || status == FORBIDDEN;
                }
                if (clock.nanos() - progressAt > PATIENCE_NANOS) {
                    throw new IOException(problem, e);
                }
            }
        }
        if (socket.isEmpty() && !hopeless) {
            clock.sleepUntil(clock.nanos() + pause);
            pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
        }
    }

    private void send(Sent sent) throws InterruptedException {
        String text = "{\"type\":\"publish\",\"id\":" + sent.pseq + ",\"publisher\":\"" + publisher + "\",\"pseq\":"
                + sent.pseq + ",\"data\":[" + String.join(",", sent.events) + "]}";
        Optional<WebSocket> to;
        synchronized (lock) {
            to = socket;
        }
        if (to.isEmpty()) {
            return;
        }
        try {
            to.get().sendText(text, true).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            to.get().abort();
            lost("the connection broke");
        }
    }

    private void lost(String why) {
        synchronized (lock) {
            socket = Optional.empty();
            problem = why;
            lock.notifyAll();
        }
    }

    private void hears(FeedReply reply) {
        synchronized (lock) {
            Sent first = unanswered.peek();
            if (reply.type().equals("accepted") && first != null && first.pseq == reply.id()) {
                unanswered.remove();
                totals.add(first.before, reply);
                progressAt = clock.nanos();
                pause = FIRST_PAUSE_NANOS;
            } else if (reply.type().equals("error")) {
                refused(reply);
            }
            lock.notifyAll();
        }
    }

    private void refused(FeedReply reply) {
        problem = reply.reason() + ", " + reply.message();
        Sent first = unanswered.peek();
        if (reply.expected() > 0 && first != null) {
            if (reply.expected() < first.pseq) {
                // the service has forgotten us, so it counts from the beginning
                long number = reply.expected();
                for (Sent sent : unanswered) {
                    sent.pseq = number++;
                }
                next = number;
            }
            again = true;
        } else if (reply.retry()) {
            again = true;
        } else {
            hopeless = true;
        }
    }

    @Override
    public void close() {
        socket.ifPresent(open -> {
            CompletionStage<WebSocket> unused = open.sendClose(WebSocket.NORMAL_CLOSURE, "");
        });
    }

    /** Hears one connection; on the threads of the HTTP client, one at a time. */
    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private volatile boolean ended;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hears(FeedReply.read(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended = true;
            synchronized (lock) {
                hopeless |= code >= FINAL_CODES;
            }
            lost("the service closed the connection with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            ended = true;
            lost("the connection broke: " + failure.getMessage());
        }
    }
}
