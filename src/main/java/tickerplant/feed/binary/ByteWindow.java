package tickerplant.feed.binary;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * A window that moves over the bytes of a recording. It never holds more than two records of the greatest allowed length,
 * whatever lengths the file claims.
 */
public final class ByteWindow implements Closeable {
    /** The longest record that is believed, in bytes; network frames are far shorter. */
    public static final int MAX_RECORD = 256 * 1024;

    private final InputStream in;
    private final byte[] window = new byte[2 * MAX_RECORD];
    private int start;
    private int end;
    private long offset;
    private boolean ended;
    private boolean broken;

    /** Stands before the first of these bytes, which it closes in the end. */
    public ByteWindow(InputStream in) {
        this.in = in;
    }

    /**
     * Whether that many bytes lie ahead; they are in {@link #window} then.
     *
     * @param count at most {@link #MAX_RECORD}, plus what a record's header takes
     */
    public boolean has(int count) throws IOException {
        if (end - start >= count) {
            return true;
        }
        if (start + count > window.length) {
            System.arraycopy(window, start, window, 0, end - start);
            end -= start;
            start = 0;
        }
        while (!ended && end - start < count) {
            fill();
        }
        return end - start >= count;
    }

    private void fill() throws IOException {
        try {
            int read = in.read(window, end, window.length - end);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
            }
        } catch (EOFException | ZipException e) {
            // A cut or broken gzip stream is damage of the recording, not a failure to read it.
            ended = true;
            broken = true;
        }
    }

    /** The bytes; they lie elsewhere after {@link #has}. */
    public byte[] window() {
        return window;
    }

    /** Where the next byte stands in the window; changes with {@link #has} and {@link #skip}. */
    public int at() {
        return start;
    }

    /** Where the next byte stands in the recording. */
    public long offset() {
        return offset;
    }

    /** Moves on over bytes that {@link #has} has shown to be there; they stay readable until it is asked again. */
    public void skip(int count) {
        start += count;
        offset += count;
    }

    /** How many bytes are left, once {@link #has} was refused. */
    public int rest() {
        return end - start;
    }

    /** Whether the bytes ended because their packing is damaged. */
    public boolean broken() {
        return broken;
    }

    /** How the recording ended, in words. */
    public String ending() {
        return broken ? "the gzip stream is cut off or broken" : "the file ends";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
