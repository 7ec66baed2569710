package tickerplant.checker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;

/**
 * RFC 6455 over a plain socket, for what the JDK's client can't do: a small receive buffer, and to stall completely,
 * pongs included. The reading thread is the wire's own and ends with the connection.
 */
final class RawWire implements Wire {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int LONGEST_MESSAGE = 1 << 24;

    private final Socket socket;
    private final Ear ear;
    private final Gate gate;
    private final DataInputStream in;
    private final Random masks = new Random(1);
    private String subprotocol = "";

    private RawWire(Socket socket, Ear ear) throws IOException {
        this.socket = socket;
        this.ear = ear;
        this.gate = new Gate(socket.getInputStream());
        this.in = new DataInputStream(gate);
    }

    /** Connects; a receive buffer of 0 bytes means the system's. */
    static RawWire connect(URI uri, String subprotocol, Map<String, String> headers, int receiveBuffer, Ear ear)
            throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                // Before connecting: the window's scale is agreed on in the first packet.
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), HANDSHAKE_MILLIS);
            RawWire wire = new RawWire(socket, ear);
            wire.shakeHands(uri, subprotocol, headers);
            socket.setSoTimeout(0);
            Thread reader = new Thread(wire::read, "raw-wire " + uri);
            reader.setDaemon(true);
            reader.start();
            return wire;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The sub-protocol that the server selected; empty where it selected none. */
    String subprotocol() {
        return subprotocol;
    }

    @Override
    public void send(String text) {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendBinary(byte[] bytes) {
        frame(BINARY, bytes);
    }

    @Override
    public void stopReading() {
        gate.shut();
    }

    @Override
    public void resumeReading() {
        gate.open();
    }

    @Override
    public void close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + words.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, words.length);
        frame(CLOSE, payload);
    }

    @Override
    public void cut() {
        try {
            gate.open();
            socket.close();
        } catch (IOException e) {
            ear.cut(e.toString());
        }
    }

    @Override
    public void reset() {
        try {
            gate.open();
            // With nothing to linger for, the system sends RST instead of FIN.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            ear.cut(e.toString());
        }
    }

    private void shakeHands(URI uri, String offered, Map<String, String> headers) throws IOException {
        byte[] nonce = new byte[16];
        masks.nextBytes(nonce);
        StringBuilder request = new StringBuilder();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        request.append("GET ").append(uri.getRawPath()).append(query).append(" HTTP/1.1\r\nHost: ");
        request.append(uri.getHost()).append(':').append(uri.getPort());
        request.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: ")
                .append(Base64.getEncoder().encodeToString(nonce))
                .append("\r\n");
        if (!offered.isEmpty()) {
            request.append("Sec-WebSocket-Protocol: ").append(offered).append("\r\n");
        }
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[1].equals("101")) {
            throw new HandshakeRefused(words.length < 2 ? 0 : Integer.parseInt(words[1]));
        }
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon > 0 && header.substring(0, colon).equalsIgnoreCase("Sec-WebSocket-Protocol")) {
                subprotocol = header.substring(colon + 1).strip();
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new HandshakeRefused(0);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void read() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean isText = false;
        try {
            while (true) {
                int head = in.readUnsignedByte();
                int opcode = head & 15;
                byte[] payload = payload();
                switch (opcode) {
                    case PING -> frame(PONG, payload);
                    case PONG -> {}
                    case CLOSE -> {
                        closed(payload);
                        return;
                    }
                    default -> {
                        isText = opcode == TEXT || (opcode == 0 && isText);
                        message.write(payload);
                        if ((head & 128) != 0) {
                            if (isText) {
                                ear.heard(message.toString(StandardCharsets.UTF_8));
                            }
                            message.reset();
                        }
                    }
                }
            }
        } catch (IOException e) {
            ear.cut(e.toString());
        }
    }

    private byte[] payload() throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((second & 128) != 0 || length < 0 || length > LONGEST_MESSAGE) {
            throw new IOException("the server sent a masked frame, or one of " + length + " bytes");
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return payload;
    }

    private void closed(byte[] payload) throws IOException {
        // 1005 is what the standard calls a close frame without a code.
        int code = payload.length < 2 ? 1005 : (payload[0] & 255) << 8 | (payload[1] & 255);
        String reason = payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        ear.closed(code, reason);
        frame(CLOSE, payload);
        socket.close();
    }

    private synchronized void frame(int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(128 | opcode);
        if (payload.length < 126) {
            frame.write(128 | payload.length);
        } else if (payload.length < 65536) {
            frame.write(128 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(128 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        byte[] mask = new byte[4];
        masks.nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i & 3]);
        }
        try {
            socket.getOutputStream().write(frame.toByteArray());
        } catch (IOException e) {
            ear.cut(e.toString());
        }
    }

    /** Lets nothing through while it is shut: not to the reader, and soon not out of the kernel's buffer either. */
    private static final class Gate extends FilterInputStream {
        private boolean open = true;

        Gate(InputStream in) {
            super(in);
        }

        synchronized void shut() {
            open = false;
        }

        synchronized void open() {
            open = true;
            notifyAll();
        }

        @Override
        public int read() throws IOException {
            pass();
            int b = in.read();
            pass();
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            pass();
            int count = in.read(bytes, offset, length);
            pass();
            return count;
        }

        private synchronized void pass() throws IOException {
            while (!open) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while stalled", e);
                }
            }
        }
    }
}
