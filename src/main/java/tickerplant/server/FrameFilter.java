package tickerplant.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import tickerplant.message.CloseCode;

/**
 * Keeps from Tyrus what it would swallow: a message of any length in fragments, and frames that are not masked. Grizzly's
 * threads call it, one at a time for a connection's reads.
 *
 * <p>Tyrus is ended by giving it a close frame in place of what gives offence: it answers with the same code, after the
 * frames that it is sending and before no other, tells the endpoint, and ends the connection. Where the message was too
 * long, that waits until the client has stopped sending and closed too; the client hears the code at once, and nothing after
 * it.
 */
final class FrameFilter extends BaseFilter {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final int MASKED = 0x80;
    private static final int LINGER_SECONDS = 2;
    private static final Optional<CloseCode> TOO_LARGE = Optional.of(CloseCode.TOO_LARGE);

    private final Attribute<ClientFrames> upgraded =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(FrameFilter.class.getName() + ".frames");
    private final int messageBytes;

    /**
     * A filter for any number of connections.
     *
     * @param messageBytes of the longest message that is taken from a client
     */
    FrameFilter(int messageBytes) {
        this.messageBytes = messageBytes;
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) throws IOException {
        if (context.getMessage() instanceof HttpContent content
                && content.getHttpHeader() instanceof HttpResponsePacket response
                && response.getStatus() == SWITCHING_PROTOCOLS) {
            upgraded.set(context.getConnection(), new ClientFrames(messageBytes));
        }
        ClientFrames frames = upgraded.get(context.getConnection());
        boolean told = frames != null && frames.offence().equals(TOO_LARGE);
        return told ? context.getStopAction() : context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        ClientFrames frames = upgraded.get(context.getConnection());
        if (frames == null) {
            return context.getInvokeAction();
        }
        HttpContent content = context.getMessage();
        if (frames.isOver()) {
            content.recycle();
            return context.getStopAction();
        }
        boolean before = frames.offence().isPresent();
        ByteBuffer passing = frames.pass(content.getContent().toByteBuffer());
        if (frames.isOver()) {
            passing = join(passing, close(frames.offence().get(), MASKED));
        } else if (!before && frames.offence().isPresent()) {
            IdleTimeoutFilter.setCustomTimeout(context.getConnection(), LINGER_SECONDS, TimeUnit.SECONDS);
            context.write(Buffers.wrap(
                    context.getMemoryManager(), close(frames.offence().get(), 0)));
        }
        if (!passing.hasRemaining()) {
            content.recycle();
            return context.getStopAction();
        }
        context.setMessage(HttpContent.builder(content.getHttpHeader())
                .content(Buffers.wrap(context.getMemoryManager(), passing))
                .build());
        return context.getInvokeAction();
    }

    private ByteBuffer close(CloseCode code, int masked) {
        String why = code == CloseCode.TOO_LARGE
                ? "a message may have " + messageBytes + " bytes"
                : "frames must be masked, and control frames short and whole";
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
