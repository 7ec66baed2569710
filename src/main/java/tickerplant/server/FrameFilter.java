package tickerplant.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import tickerplant.message.CloseCode;

/**
 * Keeps from Tyrus what it would swallow: a message of any length in fragments, or without a limit of its own choosing, and
 * frames that are not masked. Grizzly's threads call it, one at a time for a connection's reads.
 *
 * <p>In place of what gives offence Tyrus is given a close frame with the code that the client is to hear. It answers with
 * the same code, after the frames that it is sending and before no other, tells the endpoint, and ends the connection.
 */
final class FrameFilter extends BaseFilter {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte FINAL_CLOSE = (byte) 0x88;
    private static final int MASKED = 0x80;

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
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        ClientFrames frames = upgraded.get(context.getConnection());
        if (frames == null) {
            return context.getInvokeAction();
        }
        HttpContent content = context.getMessage();
        if (frames.offence().isPresent()) {
            content.recycle();
            return context.getStopAction();
        }
        Buffer read = content.getContent();
        ByteBuffer passing = frames.pass(read.toByteBuffer());
        if (frames.offence().isPresent()) {
            passing = join(passing, close(frames.offence().get()));
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

    private ByteBuffer close(CloseCode code) {
        String why = code == CloseCode.TOO_LARGE
                ? "a message may have " + messageBytes + " bytes"
                : "frames must be masked, and control frames short and whole";
        byte[] reason = why.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + Integer.BYTES + Short.BYTES + reason.length)
                .put(FINAL_CLOSE)
                .put((byte) (MASKED | (Short.BYTES + reason.length)))
                .putInt(0) // a mask that leaves everything as it is
                .putShort((short) code.code())
                .put(reason)
                .flip();
    }

    private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }
}
