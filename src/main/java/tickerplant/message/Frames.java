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

        @Override
        public Message message() {
            throw new NoSuchElementException();
        }

        @Override
        public int rows() {
            return 0;
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

    /** The message. */
    Message message();

    /** How many rows of an update or a snapshot the frames so far have had. */
    int rows();
}
