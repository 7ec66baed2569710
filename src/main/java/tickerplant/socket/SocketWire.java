package tickerplant.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import tickerplant.message.CloseCode;
import tickerplant.message.Frame;
import tickerplant.service.Connections;
import tickerplant.service.Line;
import tickerplant.session.Wire;

/**
 * A container's WebSocket session as the way to a client. Containers differ in what throws and what waits, so everything is
 * caught here, and what may wait is done by an executor of its own. Frames go past the container where that has a way for them;
 * a ping or a close then stands between two of them, never inside one.
 */
final class SocketWire implements Wire {
    private static final Logger LOG = System.getLogger(SocketWire.class.getName());

    private final Session session;
    private final String connection;
    private final Connections connections;
    private final Executor closer;
    private final Optional<Line> line;

    SocketWire(Session session, String connection, Connections connections, Executor closer) {
        this.session = session;
        this.connection = connection;
        this.connections = connections;
        this.closer = closer;
        this.line = connections.line(connection);
    }

    @Override
    public void send(Frame frame, Receipt receipt) {
        try {
            if (line.isEmpty()) {
                session.getAsyncRemote().sendObject(frame, result -> told(result, receipt));
            } else if (session.isOpen()) {
                line.get().send(frame, receipt);
            } else {
                receipt.failed();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "a send was refused", e);
            receipt.failed();
        }
    }

    private static void told(SendResult result, Receipt receipt) {
        if (result.isOK()) {
            receipt.sent();
        } else {
            receipt.failed();
        }
    }

    @Override
    public void ping(long number) {
        try {
            session.getAsyncRemote()
                    .sendPing(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a ping was refused", e);
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        closer.execute(() -> {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), reason));
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "the connection was gone before it could be closed", e);
            }
        });
    }

    @Override
    public void cut() {
        closer.execute(() -> connections.cut(connection));
    }
}
