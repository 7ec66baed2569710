package tickerplant.socket;

/** A text message on its way, up to a limit of bytes. The one thread that a container gives a connection at a time. */
final class Parts {
    /** Nobody needs them, and what has no bytes would never reach the limit. */
    private static final int EMPTY_PARTS = 1_000;

    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private int bytes;
    private int empty;
    private boolean ended;

    /** What a part has brought. */
    enum Standing {
        /** More is to come. */
        UNFINISHED,
        /** The message is there, to be taken. */
        WHOLE,
        /** The message is longer than allowed, or has too many parts with nothing in them. */
        TOO_LONG,
        /** It came after such a message. */
        IGNORED
    }

    /** Of messages with so many bytes of UTF-8 at most. */
    Parts(int limit) {
        this.limit = limit;
    }

    Standing add(String part, boolean last) {
        if (ended) {
            return Standing.IGNORED;
        }
        bytes += Utf8.length(part);
        empty += part.isEmpty() ? 1 : 0;
        if (bytes > limit || empty > EMPTY_PARTS) {
            ended = true;
            take();
            return Standing.TOO_LONG;
        }
        text.append(part);
        return last ? Standing.WHOLE : Standing.UNFINISHED;
    }

    /** The message, which is over with this. */
    String take() {
        String whole = text.toString();
        text.setLength(0);
        text.trimToSize();
        bytes = 0;
        empty = 0;
        return whole;
    }
}
