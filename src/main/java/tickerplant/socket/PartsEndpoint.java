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
import java.nio.ByteBuffer;

/**
 * The same as {@link TickerEndpoint}, for containers of others: some of them let a message that doesn't end grow until
 * memory does, so that it is taken in parts here, counted, and decoded once it is whole. Tomcat keeps a buffer of a message's
 * greatest length for each client, else; parts fit into a small one.
 */
@ServerEndpoint(
        value = "/ws/ticker",
        subprotocols = "tickerplant.v1",
        encoders = FrameTextEncoder.class,
        configurator = TickerConfigurator.class)
public final class PartsEndpoint {
    private final Dialogue dialogue = new Dialogue(Dialogue.Purpose.FOLLOW);

    /** A client has connected. */
    @OnOpen
    public void open(Session session, EndpointConfig config) {
        dialogue.openForParts(session, config);
    }

    /** A part of what a client asks for. */
    @OnMessage
    public void request(String part, boolean last) {
        dialogue.request(part, last);
    }

    /** Binary messages mean nothing here, and that can be said before they end. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        dialogue.binary();
    }

    /** The answer to one of our pings. */
    @OnMessage
    public void pong(PongMessage pong) {
        dialogue.pong(pong);
    }

    /** The connection is gone. */
    @OnClose
    public void closed(CloseReason reason) {
        dialogue.closed(reason);
    }

    /** Something went wrong with this connection alone. */
    @OnError
    public void failed(Throwable failure) {
        dialogue.failed(failure);
    }
}
