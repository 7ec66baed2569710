package tickerplant.feed.text;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/** Reads a text line by line, and holds no more of a line than is allowed, however long it is. */
public final class LineReader implements Closeable {
    /** The longest line that is read, in bytes without its end. */
    public static final int MAX_LINE = 64 * 1024;

    /** What some editors put before a UTF-8 text. */
    static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final byte[] buffer = new byte[MAX_LINE];
    private final byte[] line = new byte[MAX_LINE];
    private int at;
    private int end;
    private int length;
    private long number;
    private boolean tooLong;
    private boolean broken;

    /** Reads what the stream has, from where it stands; closes it when it is closed. */
    public LineReader(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false where there is none that is whole. */
    public boolean next() throws IOException {
        length = 0;
        tooLong = false;
        boolean begun = false;
        while (at < end || fill()) {
            if (!begun) {
                begun = true;
                number++;
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            keep(from);
            if (at < end) {
                at++;
                return true;
            }
        }
        // The last line may lack its end, but not where the packing of the file broke off inside of it.
        if (broken && !begun) {
            number++;
        }
        return begun && !broken;
    }

    private void keep(int from) {
        int more = Math.min(at - from, MAX_LINE - length);
        System.arraycopy(buffer, from, line, length, more);
        length += more;
        tooLong |= more < at - from;
    }

    private boolean fill() throws IOException {
        try {
            at = 0;
            end = Math.max(0, broken ? 0 : in.read(buffer));
        } catch (EOFException | ZipException e) {
            // A cut or broken gzip stream is damage of the recording, not a failure to read it.
            end = 0;
            broken = true;
        }
        return end > 0;
    }

    /** The line's number, from 1; where the text broke off, that of the line it broke off in. */
    public long number() {
        return number;
    }

    /** Whether the line is longer than what is allowed; there is no text of it then. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether the text ended because its packing is damaged; asked after the last line. */
    public boolean broken() {
        return broken;
    }

    /** Whether everything that was read has been given out, so that the next line must be waited for. */
    public boolean isDrained() {
        return at >= end;
    }

    /** The line without its end. */
    public String text() {
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
