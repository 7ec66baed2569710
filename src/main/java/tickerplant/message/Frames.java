package tickerplant.message;

/**
 * The frames of one message. Each is encoded only when it is asked for, so that a large message to a client that does not
 * read holds no more than one of them. For one thread at a time.
 */
public interface Frames {
    /** Whether there is one more. */
    boolean hasNext();

    /**
     * The next frame.
     *
     * @param maxBytes what it should not exceed; a single row or a message without rows may
     */
    Frame next(int maxBytes);
}
