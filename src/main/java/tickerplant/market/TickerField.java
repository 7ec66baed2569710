package tickerplant.market;

/** A number in a row of the ticker channel. */
public enum TickerField {
    LAST(Kind.PRICE),
    LAST_SIZE(Kind.SIZE),
    BID(Kind.PRICE),
    BID_SIZE(Kind.SIZE),
    ASK(Kind.PRICE),
    ASK_SIZE(Kind.SIZE),
    OPEN(Kind.PRICE),
    HIGH(Kind.PRICE),
    LOW(Kind.PRICE),
    PREV_CLOSE(Kind.PRICE),
    CHANGE(Kind.PRICE),
    VOLUME(Kind.SIZE),
    TRADES(Kind.COUNT);

    /** What steps a field is counted in. */
    public enum Kind {
        /** Price steps of the instrument. */
        PRICE,
        /** Size steps of the instrument. */
        SIZE,
        /** Ones. */
        COUNT
    }

    /** The bits of all fields. */
    static final int ALL = (1 << values().length) - 1;

    static final TickerField[] OF_QUOTE = {BID, BID_SIZE, ASK, ASK_SIZE};
    static final TickerField[] OF_DAY = {LAST, LAST_SIZE, OPEN, HIGH, LOW, PREV_CLOSE, CHANGE, VOLUME, TRADES};

    private final Kind kind;
    private final int bit;

    @SuppressWarnings("EnumOrdinal") // the bit never leaves the process
    TickerField(Kind kind) {
        this.kind = kind;
        this.bit = 1 << ordinal();
    }

    /** What its value counts. */
    public Kind kind() {
        return kind;
    }

    /** The bit that stands for it in {@link TickerUpdate#changed}. */
    public int bit() {
        return bit;
    }
}
