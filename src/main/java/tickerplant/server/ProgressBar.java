package tickerplant.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.Supplier;
import tickerplant.market.Clock;

/** How much of some files has been read, said once a second. For one thread. */
final class ProgressBar {
    private static final long REPORT_NANOS = 1_000_000_000L;
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final Clock clock;
    private final long size;
    private long read;
    private long reportAt;

    /**
     * Nothing has been read.
     *
     * @param size how many bytes there are to be read in all; 0 where nobody knows, and then there is no bar
     */
    ProgressBar(PrintWriter out, Clock clock, long size) {
        this.out = out;
        this.clock = clock;
        this.size = size;
        this.reportAt = clock.nanos() + REPORT_NANOS;
    }

    /** The same bytes, which count as they are read. */
    InputStream counted(InputStream bytes) {
        return new FilterInputStream(bytes) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                read += next < 0 ? 0 : 1;
                return next;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int count = super.read(into, from, length);
                read += Math.max(0, count);
                return count;
            }
        };
    }

    /** Says how far it has come, where the last word on it was a second ago. */
    void report(Supplier<String> what) {
        if (clock.nanos() - reportAt < 0) {
            return;
        }
        reportAt = clock.nanos() + REPORT_NANOS;
        out.println((size > 0 ? bar() : "") + what.get());
        out.flush();
    }

    private String bar() {
        int done = (int) Math.min(WIDTH, WIDTH * read / size);
        return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] " + Math.min(100, 100 * read / size) + " %, ";
    }
}
