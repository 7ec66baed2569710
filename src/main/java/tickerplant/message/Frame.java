package tickerplant.message;

/** One encoded WebSocket text message, which any number of clients may be sent. */
public final class Frame {
    private final byte[] text;

    /** A frame of this UTF-8 text, which the caller gives away. */
    public Frame(byte[] text) {
        this.text = text;
    }

    /** The text in UTF-8; not to be changed. */
    public byte[] text() {
        return text;
    }

    /** Its length in bytes. */
    public int length() {
        return text.length;
    }
}
