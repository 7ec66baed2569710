package tickerplant.feed.venue;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A connection to a venue. For one thread. */
interface Line extends AutoCloseable {
    /** Opens lines. */
    interface Opener {
        /**
         * Opens one.
         *
         * @param headers of the handshake
         * @throws IOException where the venue can't be reached, or doesn't want to
         */
        Line open(URI address, Map<String, String> headers) throws IOException, InterruptedException;
    }

    /** The next message; empty where for a moment there was none. */
    Optional<String> next() throws IOException, InterruptedException;

    /** Whether anything, a ping at least, has come since this was last asked. */
    boolean wasHeard();

    void say(String text) throws IOException, InterruptedException;

    /** Asks for a sign of life. */
    void ping() throws IOException, InterruptedException;

    @Override
    void close();
}
