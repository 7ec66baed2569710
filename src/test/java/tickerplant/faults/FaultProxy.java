package tickerplant.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import tickerplant.market.Clock;

/**
 * A TCP proxy before a server, which does to connections what a test wants: delays, slices and slows their bytes, holds all of
 * them back, or resets them. What it draws comes from a seed. It holds few bytes itself, so that a slow way is felt at
 * its beginning. Any thread may change what it does.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    /** Under way in one direction: pieces of at most a buffer each. */
    private static final int PIECES = 16;

    private final ServerSocket door;
    private final int port;
    private final Random random;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;
    private boolean holding;

    /** Bytes on their way, and when they arrive; no bytes are the end, and a reset is one without a word. */
    private static final class Piece {
        private final byte[] bytes;
        private final long at;
        private final boolean reset;

        Piece(byte[] bytes, long at, boolean reset) {
            this.bytes = bytes;
            this.at = at;
            this.reset = reset;
        }

        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    private FaultProxy(int port, long seed) throws IOException {
        this.port = port;
        this.random = new Random(seed);
        this.door = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
        start("door", this::admit);
    }

    /** A proxy before a port of this machine. */
    public static FaultProxy before(int port, long seed) throws IOException {
        return new FaultProxy(port, seed);
    }

    /** An address of the server, by way of the proxy. */
    public URI through(URI address) {
        return URI.create(address.getScheme() + "://127.0.0.1:" + door.getLocalPort() + address.getPath());
    }

    /** From now on its bytes fare like that. */
    public void weather(Weather next) {
        weather = next;
    }

    /** Lets nothing through, without a word to anybody. */
    public synchronized void holds() {
        holding = true;
    }

    /** Lets through what was held back, and what comes. */
    public synchronized void letsGo() {
        holding = false;
        notifyAll();
    }

    /** Resets every connection. */
    public void resets() {
        for (Socket socket : List.copyOf(sockets)) {
            sockets.remove(socket);
            reset(socket);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        letsGo();
        resets();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            return; // its other direction has closed it meanwhile
        }
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "fault-proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void admit() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket server = new Socket();
                // small, so that what is stuck is felt by whoever sends it
                server.setReceiveBufferSize(BUFFER_BYTES);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                client.setSendBufferSize(BUFFER_BYTES);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                connect(client, server);
                connect(server, client);
            } catch (IOException e) {
                // closed, or the server takes no more: whoever came sees its connection end
            }
        }
    }

    private void connect(Socket from, Socket to) {
        BlockingQueue<Piece> way = new ArrayBlockingQueue<>(PIECES);
        start("in", () -> read(from, way));
        start("out", () -> write(to, way));
    }

    private void read(Socket from, BlockingQueue<Piece> way) {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream in = from.getInputStream();
            long last = Clock.SYSTEM.nanos();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                last = Math.max(last, Clock.SYSTEM.nanos() + delay());
                way.put(new Piece(Arrays.copyOf(buffer, count), last, false));
            }
            way.put(new Piece(new byte[0], last, false));
        } catch (IOException e) {
            end(from, way);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A reset is passed on as one. */
    private void end(Socket from, BlockingQueue<Piece> way) {
        sockets.remove(from);
        way.clear();
        if (!way.offer(new Piece(new byte[0], Clock.SYSTEM.nanos(), true))) {
            throw new IllegalStateException("no room for the end");
        }
    }

    private synchronized long delay() {
        Weather now = weather;
        long span = now.most().minus(now.least()).toNanos();
        return now.least().toNanos() + (span == 0 ? 0 : random.nextLong(span));
    }

    private void write(Socket to, BlockingQueue<Piece> way) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = way.take(); !piece.reset; piece = way.take()) {
                Clock.SYSTEM.sleepUntil(piece.at);
                if (piece.isEnd()) {
                    passes();
                    to.shutdownOutput();
                    return;
                }
                write(out, piece.bytes);
            }
            sockets.remove(to);
            reset(to);
        } catch (IOException e) {
            abandon(to, way);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody is there any more: what still comes for him goes nowhere, until his other direction ends this one. */
    private void abandon(Socket to, BlockingQueue<Piece> way) {
        sockets.remove(to);
        reset(to);
        try {
            Piece piece = way.take();
            while (!piece.isEnd()) {
                piece = way.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
        int at = 0;
        while (at < bytes.length) {
            Weather now = weather;
            int count = Math.min(now.slice(), bytes.length - at);
            passes();
            out.write(bytes, at, count);
            at += count;
            if (now.bytesPerSecond() < Integer.MAX_VALUE) {
                Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + count * 1_000_000_000L / now.bytesPerSecond());
            }
        }
    }

    private synchronized void passes() throws InterruptedException {
        while (holding) {
            wait();
        }
    }
}
