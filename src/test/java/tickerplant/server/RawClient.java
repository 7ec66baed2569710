package tickerplant.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, over a plain TCP connection; a read waits 20 s at most. */
final class RawClient implements AutoCloseable {
    private static final int READ_MS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_MS);
    }

    RawClient say(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    RawClient upgrade(String path, String... headers) throws IOException {
        return say(
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13" + (headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers)));
    }

    /** What comes up to the empty line. */
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** Bytes of a payload of a short text frame that the server sends. */
    String shortText() throws IOException {
        InputStream in = socket.getInputStream();
        if (in.read() != 0x81) {
            throw new IOException("no text frame");
        }
        return new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
    }

    /** All that comes until the server closes. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
