package tickerplant.feed.iex;

/**
 * One packet of a capture, as a view into the reader's window. Reused: valid until the next packet is asked for.
 */
final class Packet {
    private long number;
    private long offset;
    private int linkType;
    private byte[] bytes = new byte[0];
    private int from;
    private int to;

    /** A record begins, at this place of the capture; counts it. */
    void begin(long offset) {
        number++;
        this.offset = offset;
    }

    /** What the record holds, in the window from {@code from} to before {@code to}. */
    void holds(int linkType, byte[] bytes, int from, int to) {
        this.linkType = linkType;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** How many packets have begun. */
    long number() {
        return number;
    }

    int linkType() {
        return linkType;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Where it stands, for people who look for it; packets count from 1, bytes from 0 in the unpacked file. */
    String place() {
        return "packet " + number + " at byte " + offset;
    }
}
