package tickerplant.feed;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tickerplant.market.Listed;

/** Recorded events, which can be read from their beginning again and again. One thread at a time calls it. */
public interface Recording {
    /** Where its bytes come from, already unpacked; opened anew for every reading. */
    interface Source {
        /** The bytes from the first one on; whoever opened it closes it. */
        InputStream open() throws IOException;
    }

    /**
     * Every instrument that occurs in it, in the order of first occurrence. Reads it to its end; what can't be read is
     * passed over in silence, because {@link #play} reports it.
     *
     * @throws IOException where it can't be read at all, saying what was expected
     */
    List<Listed> instruments() throws IOException;

    /**
     * Tells every event in the recorded order and at its original time, without waiting, and every part that can't be
     * read. An instrument that {@link #instruments} did not name is listed before its first event.
     */
    void play(FeedSink sink) throws IOException, InterruptedException;
}
