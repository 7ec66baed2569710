package tickerplant.checker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's WebSocket client, which answers pings by itself. A wire that stops reading still takes what the JDK has
 * buffered; for a client that really stalls there is {@link RawWire}.
 */
final class JdkWire implements Wire, WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long DEADLINE_SECONDS = 10;

    private final Ear ear;
    private final StringBuilder parts = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private boolean reading = true;
    private boolean owed;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private JdkWire(Ear ear) {
        this.ear = ear;
    }

    static JdkWire connect(URI uri, String subprotocol, Map<String, String> headers, Ear ear) throws IOException {
        JdkWire wire = new JdkWire(ear);
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(DEADLINE_SECONDS));
        headers.forEach(builder::header);
        if (!subprotocol.isEmpty()) {
            builder.subprotocols(subprotocol);
        }
        try {
            wire.socket.complete(builder.buildAsync(uri, wire).join());
            return wire;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new HandshakeRefused(
                        refused.getResponse() == null
                                ? 0
                                : refused.getResponse().statusCode());
            }
            throw new IOException(e.getCause());
        }
    }

    /** The sub-protocol that the server selected; empty where it selected none. */
    String subprotocol() {
        return socket.join().getSubprotocol();
    }

    @Override
    public void send(String text) {
        chain(ws -> ws.sendText(text, true));
    }

    @Override
    public void sendBinary(byte[] bytes) {
        chain(ws -> ws.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    @Override
    public synchronized void stopReading() {
        reading = false;
    }

    @Override
    public synchronized void resumeReading() {
        reading = true;
        if (owed) {
            owed = false;
            socket.join().request(1);
        }
    }

    @Override
    public void close(int code, String reason) {
        chain(ws -> ws.sendClose(code, reason));
    }

    @Override
    public void cut() {
        socket.join().abort();
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("the JDK's client can't; take the raw wire");
    }

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            String text = parts.toString();
            parts.setLength(0);
            ear.heard(text);
        }
        more(ws);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
        more(ws);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket ws, ByteBuffer message) {
        more(ws);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket ws, ByteBuffer message) {
        more(ws);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
        ear.closed(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
        ear.cut(error.toString());
    }

    private synchronized void more(WebSocket ws) {
        if (reading) {
            ws.request(1);
        } else {
            owed = true;
        }
    }

    private interface Sending {
        CompletableFuture<WebSocket> on(WebSocket ws);
    }

    private void chain(Sending sending) {
        CompletableFuture<?> done;
        synchronized (this) {
            // The JDK allows one send at a time.
            sent = sent.handle((ok, failed) -> null).thenCompose(ok -> sending.on(socket.join()));
            done = sent;
        }
        done.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }
}
