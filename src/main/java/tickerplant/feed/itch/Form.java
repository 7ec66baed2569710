package tickerplant.feed.itch;

import tickerplant.feed.binary.Bytes;

/** How long messages are, and what stands at the head of each. Source: Nasdaq TotalView-ITCH 5.0 specification. */
final class Form {
    /** Nanoseconds of a day, which no message's time since midnight reaches. */
    static final long DAY_NANOS = 86_400_000_000_000L;

    private Form() {}

    /** How long a message of that type is, in bytes; 0 where the type is not known. */
    static int length(int type) {
        return switch (type) {
            case 'S', 'W' -> 12;
            case 'B', 'D' -> 19;
            case 'Y', 'N' -> 20;
            case 'h' -> 21;
            case 'X' -> 23;
            case 'H' -> 25;
            case 'L' -> 26;
            case 'K' -> 28;
            case 'E' -> 31;
            case 'V', 'J', 'U' -> 35;
            case 'A', 'C' -> 36;
            case 'R' -> 39;
            case 'F', 'Q' -> 40;
            case 'P' -> 44;
            case 'O' -> 48;
            case 'I' -> 50;
            default -> 0;
        };
    }

    /** The exchange's number of the instrument for the day; 0 where the message is about none. */
    static int locate(byte[] bytes, int at) {
        return Bytes.be16(bytes, at + 1);
    }

    /** When, in nanoseconds since midnight in New York. */
    static long nanos(byte[] bytes, int at) {
        return Bytes.be48(bytes, at + 5);
    }

    /** The text of some bytes without the blanks at its end; what isn't printable ASCII becomes a question mark. */
    static String text(byte[] bytes, int at, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = at; i < at + length; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '?');
        }
        return text.toString().stripTrailing();
    }
}
