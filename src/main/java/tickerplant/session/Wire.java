package tickerplant.session;

import tickerplant.message.CloseCode;
import tickerplant.message.Frame;

/** The way to one client: what a container's session can do, and no more. No method throws, and none may wait. */
public interface Wire {
    /** Hears what became of a frame. */
    interface Receipt {
        /** The frame has been taken by the network. Called once, by any thread, perhaps before {@code send} returns. */
        void sent();

        /** The frame could not be sent, and the connection is of no more use. */
        void failed();
    }

    /** Sends a frame; no other is sent before the receipt has come. */
    void send(Frame frame, Receipt receipt);

    /** Sends a WebSocket ping (RFC 6455, section 5.5.2) whose pong must carry this number. */
    void ping(long number);

    /** Ends the connection in an orderly way. */
    void close(CloseCode code, String reason);

    /** Cuts the connection, because its peer would not notice an orderly end. */
    void cut();
}
