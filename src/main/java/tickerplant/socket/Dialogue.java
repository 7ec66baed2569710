package tickerplant.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import tickerplant.command.Command;
import tickerplant.service.Connection;

/**
 * What happens on one connection, whatever the endpoint that is told of it: from there it goes on to the service. What is annotated
 * stands in each endpoint again, since a class inherits nothing of it (Jakarta WebSocket 2.1, section 4.8); all else is here.
 */
final class Dialogue {
    private static final Logger LOG = System.getLogger(Dialogue.class.getName());

    /** What a connection is for. */
    enum Purpose {
        FOLLOW,
        PUBLISH
    }

    private final Purpose purpose;
    /** Its end may be told while its beginning still is, by another thread. */
    private volatile boolean isGone;

    private volatile Optional<Connection> connection = Optional.empty();
    private Parts parts = new Parts(0);

    Dialogue(Purpose purpose) {
        this.purpose = purpose;
    }

    /** A client has connected, whose messages the container gathers. */
    void open(Session session, EndpointConfig config) {
        int messageBytes = connect(session, config);
        session.setMaxTextMessageBufferSize(messageBytes);
        session.setMaxBinaryMessageBufferSize(messageBytes);
    }

    /** A client has connected, whose messages come in parts. */
    void openForParts(Session session, EndpointConfig config) {
        parts = new Parts(connect(session, config));
    }

    /** Returns the bytes of the client's longest message, or 0 where it is not to say anything. */
    private int connect(Session session, EndpointConfig config) {
        Handshake handshake = (Handshake) config.getUserProperties().get(TickerConfigurator.HANDSHAKE);
        Optional<Gateway> gateway = Gateway.current();
        Optional<Handshake.Refusal> refusal =
                gateway.isEmpty() ? Optional.of(Handshake.NOT_READY) : handshake.refusal();
        if (refusal.isEmpty() && purpose == Purpose.PUBLISH) {
            refusal = gateway.get().publisherRefusal(handshake);
        }
        if (refusal.isPresent()) {
            close(session, refusal.get());
            return 0;
        }
        int messageBytes = gateway.get().messageBytes();
        connection = purpose == Purpose.PUBLISH
                ? gateway.get().connectPublisher(session, handshake)
                : gateway.get().connect(session, handshake);
        if (isGone || !session.isOpen()) {
            connection.ifPresent(open -> open.closed(CloseReason.CloseCodes.CLOSED_ABNORMALLY.getCode()));
        }
        return messageBytes;
    }

    void request(Command command) {
        connection.ifPresent(open -> open.request(command));
    }

    /** A part of a request. */
    void request(String part, boolean last) {
        switch (parts.add(part, last)) {
            case WHOLE -> request(read(parts.take()));
            case TOO_LONG -> request(CommandDecoder.TOO_LONG);
            case UNFINISHED, IGNORED -> {
                // nothing to do before the rest is there, or whatever comes
            }
        }
    }

    private Command read(String text) {
        return purpose == Purpose.PUBLISH ? new PublishDecoder().decode(text) : new CommandDecoder().decode(text);
    }

    /** Binary messages mean nothing here. */
    void binary() {
        connection.ifPresent(Connection::binary);
    }

    /** The answer to one of our pings. */
    void pong(PongMessage pong) {
        ByteBuffer payload = pong.getApplicationData();
        if (payload.remaining() == Long.BYTES) {
            connection.ifPresent(open -> open.pong(payload.getLong()));
        }
    }

    void closed(CloseReason reason) {
        isGone = true;
        connection.ifPresent(open -> open.closed(reason.getCloseCode().getCode()));
    }

    /** Something went wrong with this connection alone; the container closes it if it must. */
    void failed(Throwable failure) {
        LOG.log(Level.DEBUG, "connection failed", failure);
    }

    private static void close(Session session, Handshake.Refusal refusal) {
        try {
            session.close(new CloseReason(
                    CloseReason.CloseCodes.getCloseCode(refusal.code().code()), refusal.reason()));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the connection was gone before it could be closed", e);
        }
    }
}
