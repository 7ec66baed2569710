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
import tickerplant.command.Command;

/** Where clients follow the market. The container makes one for each connection and calls it one message at a time. */
@ServerEndpoint(
        value = "/ws/ticker",
        subprotocols = "tickerplant.v1",
        decoders = CommandDecoder.class,
        encoders = FrameTextEncoder.class,
        configurator = TickerConfigurator.class)
public final class TickerEndpoint {
    private final Dialogue dialogue = new Dialogue(Dialogue.Purpose.FOLLOW);

    /** A client has connected. */
    @OnOpen
    public void open(Session session, EndpointConfig config) {
        dialogue.open(session, config);
    }

    /** A client asks for something. */
    @OnMessage
    public void request(Command command) {
        dialogue.request(command);
    }

    /** Binary messages mean nothing here. */
    @OnMessage
    public void binary(ByteBuffer message) {
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
