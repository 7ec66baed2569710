package tickerplant.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what has been read. One thread. */
final class Progress extends FilterInputStream {
    private final long size;
    private long read;

    /**
     * Counts what is read from a stream.
     *
     * @param size how many bytes it has; 0 where nobody knows
     */
    Progress(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        read += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        read += Math.max(0, count);
        return count;
    }

    long size() {
        return size;
    }

    long bytes() {
        return read;
    }
}
