package tickerplant.feed.iex;

/** What is spoken on top of IEX-TP. Most messages are the same in both; what differs is how the book is told. */
enum Protocol {
    /** The top of the book, whole in each message. Source: IEX TOPS specification 1.6. */
    TOPS_1_6(0x8003, "TOPS 1.6"),
    /** Price levels, of which the top of the book is made here. Source: IEX DEEP specification 1.0. */
    DEEP_1_0(0x8004, "DEEP 1.0");

    private final int number;
    private final String title;

    Protocol(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** What each is called and numbered, for messages to people. */
    static String expected() {
        StringBuilder text = new StringBuilder();
        for (Protocol protocol : values()) {
            text.append(text.isEmpty() ? "" : " or ")
                    .append("0x")
                    .append(Integer.toHexString(protocol.number))
                    .append(" (")
                    .append(protocol.title)
                    .append(')');
        }
        return text.toString();
    }

    /** The one of that number; null where there is none. */
    static Protocol of(int number) {
        return number == TOPS_1_6.number ? TOPS_1_6 : number == DEEP_1_0.number ? DEEP_1_0 : null;
    }

    /** How long a message of that type is at least, in bytes; 0 where the type is not known. */
    int length(int type) {
        return switch (type) {
            case 'Q' -> this == TOPS_1_6 ? 42 : 0;
            case '8', '5' -> this == DEEP_1_0 ? 30 : 0;
            case 'E' -> this == DEEP_1_0 ? 18 : 0;
            case 'T', 'B' -> 38;
            case 'D' -> 31;
            case 'H' -> 22;
            case 'S' -> 10;
            case 'O' -> 18;
            case 'P' -> 19;
            case 'X' -> 26;
            case 'A' -> 80;
            default -> 0;
        };
    }
}
