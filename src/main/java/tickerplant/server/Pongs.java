package tickerplant.server;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tickerplant.market.Clock;

/**
 * The answers to one client's pings. A few may be under way; of those that come while so many are, the newest alone is
 * answered (RFC 6455, section 5.5.3), so that nothing piles up for a client that doesn't read. Any thread may call.
 */
final class Pongs {
    /** Written and not yet taken by the network. */
    static final int MOST_UNDER_WAY = 32;
    /** Pings without an answer in between that no honest client sends. */
    static final int FLOOD = 10_000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Clock clock;
    private final Consumer<byte[]> out;
    private int underWay;
    private Optional<byte[]> newest = Optional.empty();
    private int waiting;
    private long waitingSince;
    private boolean ended;

    /**
     * For one client.
     *
     * @param out sends what a pong is to carry, without waiting; {@link #sent} follows, be it before it returns
     */
    Pongs(Clock clock, Consumer<byte[]> out) {
        this.clock = clock;
        this.out = out;
    }

    /** A ping has come. */
    synchronized void owe(byte[] payload) {
        if (ended) {
            return;
        }
        if (underWay < MOST_UNDER_WAY) {
            underWay++;
            out.accept(payload);
            return;
        }
        if (waiting++ == 0) {
            waitingSince = clock.nanos();
        }
        newest = Optional.of(payload);
    }

    /** A pong has gone out. */
    synchronized void sent() {
        underWay--;
        waiting = 0;
        Optional<byte[]> next = newest;
        newest = Optional.empty();
        next.ifPresent(this::owe);
    }

    /** A close frame has gone out, after which nothing may. */
    synchronized void end() {
        ended = true;
        newest = Optional.empty();
    }

    /** Whether the client goes on sending pings and reads none of the answers. */
    synchronized boolean isFlood() {
        return waiting >= FLOOD || (waiting > 1 && clock.nanos() - waitingSince >= PATIENCE_NANOS);
    }
}
