package tickerplant.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, over a plain TCP connection; a read waits 20 s at most. */
public final class RawClient implements AutoCloseable {
    private static final int READ_MS = 20_000;

    private final Socket socket;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_MS);
    }

    /** How long reads wait from now on, in milliseconds. */
    public void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    /** Ends without a word, and with what is still to be sent dropped. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    public RawClient say(String... lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public RawClient upgrade(String path, String... headers) throws IOException {
        return say(
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13" + (headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers)));
    }

    /** What comes up to the empty line. */
    public String head() throws IOException {
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

    /** A frame from the server: its first byte, which says what it is and whether it ends its message, and its payload. */
    public static final class Frame {
        private final int head;
        private final byte[] payload;

        Frame(int head, byte[] payload) {
            this.head = head;
            this.payload = payload;
        }

        public int head() {
            return head;
        }

        public byte[] payload() {
            return payload;
        }

        public boolean isClose() {
            return head == 0x88;
        }

        public int closeCode() {
            return Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** The next frame, whatever it is. */
    public Frame next() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int head = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length > 126) {
            throw new IOException("masked, or of 64 KiB and more");
        }
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return new Frame(head, payload);
    }

    /** The code of the close frame that comes after whatever else comes. */
    public int closeCode() throws IOException {
        Frame frame = next();
        while (!frame.isClose()) {
            frame = next();
        }
        return frame.closeCode();
    }

    /** Sends bytes as they are. */
    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends one frame, masked. */
    public RawClient frame(int head, byte[] payload) throws IOException {
        return send(masked(head, payload));
    }

    /** A frame as a client has to send it. */
    public static byte[] masked(int head, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) head);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {0x12, 0x34, 0x56, 0x78};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[frame.flip().remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** All that comes until the server closes. */
    public String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
