package tickerplant.checker;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The server's end of one WebSocket connection, frame by frame, as the test's thread commands. */
final class TinyServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;
    private final CompletableFuture<Socket> accepted = new CompletableFuture<>();
    private final List<String> headers = new ArrayList<>();

    /** A frame of the client's, unmasked, its payload as one character a byte. */
    record Frame(boolean last, int opcode, boolean masked, String payload) {}

    /** Waits for a connection on a free port and answers it with that status, 101 or another. */
    TinyServer(int status) throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> accept(status), "tiny-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/ws/ticker?token=t");
    }

    /** The request line and the headers of the handshake. */
    List<String> headers() {
        accepted.join();
        return headers;
    }

    void frame(int head, String payload) throws IOException {
        frame(head, payload.getBytes(StandardCharsets.UTF_8));
    }

    void frame(int head, byte[] payload) throws IOException {
        accepted.join().getOutputStream().write(ServerFrame.bytes(head, payload));
    }

    /** The client's next frame, joined with its continuations (the JDK's client cuts long texts); waits so long at most. */
    Frame read(int millis) throws IOException {
        Frame frame = part(millis);
        StringBuilder payload = new StringBuilder(frame.payload());
        Frame part = frame;
        while (!part.last()) {
            part = part(PATIENCE_MILLIS);
            payload.append(part.payload());
        }
        return new Frame(true, frame.opcode(), frame.masked(), payload.toString());
    }

    private Frame part(int millis) throws IOException {
        Socket socket = accepted.join();
        socket.setSoTimeout(millis);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int head = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length = (second & 127) == 126 ? in.readUnsignedShort() : second & 127;
        if ((second & 127) == 127) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame(
                (head & 128) != 0, head & 15, (second & 128) != 0, new String(payload, StandardCharsets.ISO_8859_1));
    }

    Frame read() throws IOException {
        return read(PATIENCE_MILLIS);
    }

    /** Ends the connection without a word. */
    void hangUp() throws IOException {
        accepted.join().close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
            accepted.join().close();
        }
    }

    private void accept(int status) {
        try {
            Socket socket = listener.accept();
            socket.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String key = "";
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.add(line);
                if (line.startsWith("Sec-WebSocket-Key: ")) {
                    key = line.substring("Sec-WebSocket-Key: ".length());
                }
            }
            String answer = status == 101
                    ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Protocol: tickerplant.v1\r\nSec-WebSocket-Accept: " + accept(key)
                            + "\r\n\r\n"
                    : "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            accepted.complete(socket);
        } catch (IOException | NoSuchAlgorithmException e) {
            accepted.completeExceptionally(e);
        }
    }

    private static String accept(String key) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
        return Base64.getEncoder().encodeToString(digest);
    }

    private static String line(DataInputStream in) {
        StringBuilder line = new StringBuilder();
        try {
            for (char c = (char) in.readUnsignedByte(); c != '\n'; c = (char) in.readUnsignedByte()) {
                line.append(c);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString().strip();
    }
}
