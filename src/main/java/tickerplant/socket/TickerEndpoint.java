package tickerplant.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import tickerplant.command.Command;
import tickerplant.service.Connection;

/** Where clients follow the market. The container makes one for each connection and calls it one message at a time. */
@ServerEndpoint(
        value = "/ws/ticker",
        subprotocols = "tickerplant.v1",
        decoders = CommandDecoder.class,
        encoders = FrameTextEncoder.class,
        configurator = TickerConfigurator.class)
public final class TickerEndpoint {
    private static final Logger LOG = System.getLogger(TickerEndpoint.class.getName());

    private Optional<Connection> connection = Optional.empty();

    /** A client has connected. */
    @OnOpen
    public void open(Session session, EndpointConfig config) {
        Handshake handshake = (Handshake) config.getUserProperties().get(TickerConfigurator.HANDSHAKE);
        Optional<Gateway> gateway = Gateway.current();
        Optional<Handshake.Refusal> refusal =
                gateway.isEmpty() ? Optional.of(Handshake.NOT_READY) : handshake.refusal();
        if (refusal.isPresent()) {
            close(session, refusal.get());
            return;
        }
        session.setMaxTextMessageBufferSize(gateway.get().messageBytes());
        session.setMaxBinaryMessageBufferSize(gateway.get().messageBytes());
        connection = gateway.get().connect(session, handshake);
        if (!session.isOpen()) {
            // it went while it came, and its end may have been told before there was anything to end
            connection.ifPresent(Connection::closed);
        }
    }

    /** A client asks for something. */
    @OnMessage
    public void request(Command command) {
        connection.ifPresent(open -> open.request(command));
    }

    /** Binary messages mean nothing here. */
    @OnMessage
    public void binary(ByteBuffer message) {
        connection.ifPresent(Connection::binary);
    }

    /** The answer to one of our pings. */
    @OnMessage
    public void pong(PongMessage pong) {
        ByteBuffer payload = pong.getApplicationData();
        if (payload.remaining() == Long.BYTES) {
            connection.ifPresent(open -> open.pong(payload.getLong()));
        }
    }

    /** The connection is gone. */
    @OnClose
    public void closed(CloseReason reason) {
        connection.ifPresent(Connection::closed);
    }

    /** Something went wrong with this connection alone; the container closes it if it must. */
    @OnError
    public void failed(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, "connection failed", failure);
    }

    private static void close(Session session, Handshake.Refusal refusal) {
        try {
            session.close(new CloseReason(
                    CloseReason.CloseCodes.getCloseCode(refusal.code().code()), refusal.reason()));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the connection was gone before it could be closed", e);
        }
    }
}
