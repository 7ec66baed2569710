package tickerplant.message;

/** Puts messages into frames, in the words of a protocol. Called by any thread. */
public interface FrameEncoder {
    /** The frames of a message, at least one. */
    Frames frames(Message message);
}
