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

/** Where publishers send events. The container makes one for each connection and calls it one message at a time. */
@ServerEndpoint(
        value = "/ws/feed",
        subprotocols = "tickerplant.v1",
        decoders = PublishDecoder.class,
        encoders = FrameTextEncoder.class,
        configurator = TickerConfigurator.class)
public final class FeedEndpoint {
    private final Dialogue dialogue = new Dialogue(Dialogue.Purpose.PUBLISH);

    /** A publisher has connected. */
    @OnOpen
    public void open(Session session, EndpointConfig config) {
        dialogue.open(session, config);
    }

    /** A publisher says something. */
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
