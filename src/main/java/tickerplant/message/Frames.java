package tickerplant.message;

import java.util.NoSuchElementException;

/**
 * The frames of one message. Each is encoded only when it is asked for, so that a large message to a client that does not
 * read holds no more than one of them. For one thread at a time.
 */
public interface Frames {
    /** The frames of no message. */
    Frames NONE = new Frames() {
        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Frame next(int maxBytes) {
            throw new NoSuchElementException();
        }
    };

    /** Whether there is one more. */
    boolean hasNext();

    /**
     * The next frame.
     *
     * @param maxBytes what it should not exceed; a single row or a message without rows may
     */
    Frame next(int maxBytes);
}
