package tickerplant.message;

import java.util.OptionalInt;
import tickerplant.market.Conflatable;
import tickerplant.market.Update;

/**
 * One update on its way to its receivers, which all share the one encoded text of it. A row that is conflated away is never
 * encoded. Safe for any thread: two that encode at once both make the same text, and either may stay.
 */
public final class Row {
    private final Update update;
    private final RowEncoder encoder;
    private final long published;
    private byte[] updateText;
    private byte[] snapshotText;
    private volatile OptionalInt check = OptionalInt.empty();

    /** A row of something that has stood for a while. */
    public Row(Update update, RowEncoder encoder) {
        this(update, encoder, 0);
    }

    /**
     * A row of something that happens now.
     *
     * @param published when the event was, in nanoseconds of the service's clock
     */
    public Row(Update update, RowEncoder encoder, long published) {
        this.update = update;
        this.encoder = encoder;
        this.published = published;
    }

    /** What it tells. */
    public Update update() {
        return update;
    }

    /** When the newest event in it was published, in nanoseconds of the service's clock; known of what happens now alone. */
    public long published() {
        return published;
    }

    /** Whether it and the row that follows it may be told as one. */
    public boolean mayMerge(Row later) {
        return update instanceof Conflatable earlier
                && later.update instanceof Conflatable next
                && earlier.mayMerge(next);
    }

    /** This row and the one that follows it, as one. */
    public Row merge(Row later) {
        return new Row(((Conflatable) update).merge((Conflatable) later.update), encoder, later.published);
    }

    /** Its text in an update message. The caller must not change it. */
    public byte[] updateText() {
        byte[] text = updateText;
        if (text == null) {
            text = encoder.update(update);
            updateText = text;
        }
        return text;
    }

    /** Its check; see {@link RowEncoder#check}. */
    public int check() {
        OptionalInt known = check;
        if (known.isEmpty()) {
            known = OptionalInt.of(encoder.check(update));
            check = known;
        }
        return known.getAsInt();
    }

    /** Its text in a snapshot. The caller must not change it. */
    public byte[] snapshotText() {
        byte[] text = snapshotText;
        if (text == null) {
            text = encoder.snapshot(update);
            snapshotText = text;
        }
        return text;
    }
}
