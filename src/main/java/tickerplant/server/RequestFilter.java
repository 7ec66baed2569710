package tickerplant.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.memory.Buffers;
import tickerplant.service.Obstacle;
import tickerplant.socket.Gateway;

/**
 * Stands right before Grizzly's reader of HTTP and lets only requests pass that are as they must be, one at a time. What comes
 * right behind a handshake is kept until that is answered: Tyrus would lose it. From then on there are no requests any more,
 * and the reader of HTTP neither sees what comes nor keeps the handshake, which would take 8 KiB of each connection.
 * Grizzly's threads call it, one at a time for a connection's reads.
 */
final class RequestFilter extends BaseFilter {
    /** What a client may take to read why it was refused, while it may be sending still. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(RequestFilter.class.getName());
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;

    private final Attribute<RequestHeads> requests = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
            RequestFilter.class.getName() + ".requests", RequestHeads::new);
    /** Where Grizzly's reader of HTTP keeps the request that it is at; for a handshake, as long as the connection lives. */
    private final Attribute<Object> underWay =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

    private final Deadlines deadlines;

    RequestFilter(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        RequestHeads heads = requests.get(context.getConnection());
        if (heads.isUpgraded()) {
            // past the reader of HTTP, which would take frames for the content of a request
            context.nextFilterIdx();
            return context.getInvokeAction();
        }
        Buffer input = context.getMessage();
        if (heads.refusal().isPresent()) {
            input.tryDispose();
            return context.getStopAction();
        }
        ByteBuffer bytes = input.toByteBuffer();
        int start = bytes.position();
        ByteBuffer passing = heads.read(bytes);
        if (heads.refusal().isPresent()) {
            input.tryDispose();
            return refuse(context, heads.refusal().get());
        }
        if (!passing.hasRemaining()) {
            input.tryDispose();
            return context.getStopAction();
        }
        Buffer rest = input.split(input.position() + bytes.position() - start);
        context.setMessage(Buffers.wrap(context.getMemoryManager(), passing));
        return rest.hasRemaining() ? context.getInvokeAction(rest) : context.getInvokeAction();
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) {
        RequestHeads heads = requests.get(context.getConnection());
        if (!heads.isUpgraded()
                && context.getMessage() instanceof Buffer answer
                && answer.remaining() >= STATUS_AT + STATUS_DIGITS) {
            heads.answered(status(answer));
            if (heads.isUpgraded()) {
                underWay.remove(context.getConnection());
            }
        }
        return context.getInvokeAction();
    }

    private static int status(Buffer answer) {
        int status = 0;
        for (int i = 0; i < STATUS_DIGITS; i++) {
            status = 10 * status + answer.get(answer.position() + STATUS_AT + i) - '0';
        }
        return status;
    }

    /** To close at once with something unread would reset the connection, and take the answer from the client. */
    private NextAction refuse(FilterChainContext context, Refusal refusal) {
        Connection<?> connection = context.getConnection();
        LOG.log(Level.FINE, "refused a request of {0}: {1}", new Object[] {connection.getPeerAddress(), refusal.reason()
        });
        Gateway.turnedAway(Obstacle.answeredBy(refusal.status()), ConnectionFilter.address(connection));
        deadlines.cutAfter(LINGER, connection);
        ConnectionFilter.write(connection, ByteBuffer.wrap(refusal.bytes()), () -> endOutput(connection));
        return context.getStopAction();
    }

    private static void endOutput(Connection<?> connection) {
        try {
            ConnectionFilter.channel(connection).shutdownOutput();
        } catch (IOException e) {
            LOG.log(Level.FINE, "the client has gone before it was refused", e);
        }
    }
}
