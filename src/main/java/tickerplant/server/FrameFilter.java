package tickerplant.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;

/**
 * Keeps from Tyrus what it would swallow: a message of any length in fragments, frames that are not masked, and more pings
 * than are answered. Grizzly's threads call it, one at a time for a connection's reads.
 *
 * <p>Tyrus is ended by giving it a close frame in place of what gives offence: it answers with the same code, after the
 * frames that it is sending and before no other, tells the endpoint, and ends the connection. Where the message was too
 * long, that waits until the client has stopped sending and closed too; the client hears the code at once, and nothing after
 * it. Once either side has closed, the connection has to end within a while, whether the other one reads or not.
 */
final class FrameFilter extends BaseFilter {
    private static final Logger LOG = Logger.getLogger(FrameFilter.class.getName());
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final byte FINAL_PONG = (byte) 0x8a;
    private static final int MASKED = 0x80;
    private static final int LINGER_SECONDS = 2;
    private static final Optional<CloseCode> TOO_LARGE = Optional.of(CloseCode.TOO_LARGE);

    /** A connection that was upgraded. */
    private final class Line {
        private final Connection<?> connection;
        private final Pongs pongs = new Pongs(clock, this::pong);
        private final ClientFrames frames = new ClientFrames(messageBytes, pongs::owe);
        private volatile boolean ending;

        Line(Connection<?> connection) {
            this.connection = connection;
        }

        private void pong(byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(2 + payload.length)
                    .put(FINAL_PONG)
                    .put((byte) payload.length)
                    .put(payload)
                    .flip();
            ConnectionFilter.write(connection, frame, pongs::sent);
        }

        /** One side has said that it is over. */
        void end() {
            if (!ending) {
                ending = true;
                deadlines.cutAfter(patience.farewell(), connection);
            }
        }
    }

    private final Attribute<Line> upgraded =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(FrameFilter.class.getName() + ".frames");
    private final int messageBytes;
    private final Patience patience;
    private final Deadlines deadlines;
    private final Clock clock;

    /**
     * A filter for any number of connections.
     *
     * @param messageBytes of the longest message that is taken from a client
     */
    FrameFilter(int messageBytes, Patience patience, Deadlines deadlines, Clock clock) {
        this.messageBytes = messageBytes;
        this.patience = patience;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) throws IOException {
        Line line = upgraded.get(context.getConnection());
        if (line == null) {
            if (context.getMessage() instanceof HttpContent content
                    && content.getHttpHeader() instanceof HttpResponsePacket response
                    && response.getStatus() == SWITCHING_PROTOCOLS) {
                upgraded.set(context.getConnection(), new Line(context.getConnection()));
            }
            return context.getInvokeAction();
        }
        if (line.frames.offence().equals(TOO_LARGE)) {
            return context.getStopAction(); // the client was told already
        }
        if (context.getMessage() instanceof Buffer frame
                && frame.hasRemaining()
                && frame.get(frame.position()) == FINAL_CLOSE) {
            line.pongs.end();
            line.end();
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        Line line = upgraded.get(context.getConnection());
        if (line == null) {
            return context.getInvokeAction();
        }
        ClientFrames frames = line.frames;
        Buffer input = context.getMessage();
        if (frames.isOver()) {
            input.tryDispose();
            return context.getStopAction();
        }
        boolean before = frames.offence().isPresent();
        ByteBuffer passing = frames.pass(input.toByteBuffer());
        if (line.pongs.isFlood()) {
            LOG.log(Level.INFO, "{0} sends pings and reads no answer, cut", line.connection.getPeerAddress());
            ConnectionFilter.cut(line.connection);
            input.tryDispose();
            return context.getStopAction();
        }
        if (frames.isClosed()) {
            line.end();
        }
        if (frames.isOver()) {
            passing = join(passing, close(frames.offence().get(), MASKED));
        } else if (!before && frames.offence().isPresent()) {
            line.pongs.end();
            IdleTimeoutFilter.setCustomTimeout(context.getConnection(), LINGER_SECONDS, TimeUnit.SECONDS);
            context.write(Buffers.wrap(
                    context.getMemoryManager(), close(frames.offence().get(), 0)));
            line.end();
        }
        if (!passing.hasRemaining()) {
            input.tryDispose();
            return context.getStopAction();
        }
        // Tyrus expects it to be of some request, and doesn't ask of which
        context.setMessage(HttpContent.create(null, false, Buffers.wrap(context.getMemoryManager(), passing)));
        return context.getInvokeAction();
    }

    private ByteBuffer close(CloseCode code, int masked) {
        String why = code == CloseCode.TOO_LARGE
                ? "a message may have " + messageBytes + " bytes in " + ClientFrames.MOST_FRAGMENTS + " frames"
                : "frames must be masked, with the shortest length, and control frames short and whole";
        byte[] reason = why.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer frame = ByteBuffer.allocate(2 + Integer.BYTES + Short.BYTES + reason.length);
        frame.put(FINAL_CLOSE).put((byte) (masked | (Short.BYTES + reason.length)));
        if (masked != 0) {
            frame.putInt(0); // leaves everything as it is
        }
        return frame.putShort((short) code.code()).put(reason).flip();
    }

    private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
