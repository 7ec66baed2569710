package tickerplant.server;

import java.time.Duration;

/**
 * How long a client is waited for.
 *
 * @param requestSeconds until its request has come whole, the first and every further one
 * @param farewell until it has closed too, after either side has said goodbye
 */
record Patience(int requestSeconds, Duration farewell) {
    static final Patience USUAL = new Patience(10, Duration.ofSeconds(5));
}
