package tickerplant.feed.venue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tickerplant.feed.Excerpt;

/**
 * A line over the JDK's WebSocket client. Messages wait in a queue of bounded length; while it is full nothing more is read, so
 * a service that is behind holds its venue back.
 */
final class SocketLine implements Line {
    /** The longest message, in characters: the instruments of the largest venue take less than a tenth of it. */
    static final int MAX_MESSAGE = 16 * 1024 * 1024;

    /** A moment: how long it is waited for a message before the feed looks around. */
    private static final long MOMENT_MILLIS = 50;

    private static final int WAITING = 256;
    private static final long PATIENCE_SECONDS = 10;

    /** What comes out of the queue: a message, or why there will be none. */
    private record Received(String text, boolean last) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile boolean heard;
    private WebSocket socket;
    private String ended = "";

    private SocketLine() {}

    static SocketLine open(HttpClient client, URI address, Map<String, String> headers)
            throws IOException, InterruptedException {
        SocketLine line = new SocketLine();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        headers.forEach(builder::header);
        CompletableFuture<WebSocket> opening = builder.buildAsync(address, line.new Ear());
        try {
            line.socket = await(opening, "the handshake");
        } finally {
            if (line.socket == null) {
                // Whoever gave up must not leave a connection behind.
                var unused = opening.whenComplete((socket, failure) -> {
                    if (socket != null) {
                        socket.abort();
                    }
                });
            }
        }
        return line;
    }

    @Override
    public Optional<String> next() throws IOException, InterruptedException {
        if (!ended.isEmpty()) {
            throw new IOException(ended);
        }
        Received next = received.poll(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            return Optional.empty();
        }
        if (next.last()) {
            ended = next.text();
            throw new IOException(ended);
        }
        socket.request(1);
        return Optional.of(next.text());
    }

    @Override
    public boolean wasHeard() {
        boolean was = heard;
        heard = false;
        return was;
    }

    @Override
    public void say(String text) throws IOException, InterruptedException {
        await(socket.sendText(text, true), "a request");
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        await(socket.sendPing(ByteBuffer.allocate(0)), "a ping");
    }

    @Override
    public void close() {
        if (socket.isOutputClosed()) {
            socket.abort();
            return;
        }
        CompletableFuture<WebSocket> closing = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        var unused = closing.whenComplete((done, failure) -> socket.abort());
    }

    private static <T> T await(CompletableFuture<T> future, String what) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(what + " was not taken within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e.getCause());
        }
    }

    /** In words that can't carry an address, because some have a key in it. */
    private static String reason(Throwable failure) {
        if (failure instanceof WebSocketHandshakeException refused) {
            return "the handshake was answered with " + refused.getResponse().statusCode();
        }
        if (failure instanceof HttpTimeoutException) {
            return "the handshake was not answered within " + PATIENCE_SECONDS + " s";
        }
        String message = failure.getMessage() == null ? "" : ": " + Excerpt.of(failure.getMessage());
        return failure.getClass().getSimpleName() + message;
    }

    /** Called by the client's threads, one after the other. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public void onOpen(WebSocket opened) {
            opened.request(WAITING);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            heard = true;
            if (parts.length() + data.length() > MAX_MESSAGE) {
                end("a message of more than " + MAX_MESSAGE + " characters");
                from.abort();
                return null;
            }
            parts.append(data);
            if (last) {
                received.add(new Received(parts.toString(), false));
                parts.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            heard = true;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            heard = true;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            heard = true;
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end("the venue closed with " + code + (reason.isEmpty() ? "" : " " + Excerpt.of(reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end("the line broke, " + reason(error));
        }

        private void end(String reason) {
            received.add(new Received(reason, true));
        }
    }
}
