package tickerplant.socket;

import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;

/** Gives back what it gets, so that a connection and a container can be tried. Off unless it was switched on. */
@ServerEndpoint(value = "/ws/echo", configurator = EchoConfigurator.class)
public final class EchoEndpoint {
    private static final Logger LOG = System.getLogger(EchoEndpoint.class.getName());

    /** A client has connected. */
    @OnOpen
    public void open(Session session) {
        Gateway.current().map(Gateway::messageBytes).ifPresent(bytes -> {
            session.setMaxTextMessageBufferSize(bytes);
            session.setMaxBinaryMessageBufferSize(bytes);
        });
    }

    /** Text comes back as text. */
    @OnMessage
    public String text(String message) {
        return message;
    }

    /** Binary comes back as binary. */
    @OnMessage
    public ByteBuffer binary(ByteBuffer message) {
        return message;
    }

    /** Something went wrong with this connection alone. */
    @OnError
    public void failed(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, "echo failed", failure);
    }
}
