package tickerplant.session;

import java.util.ArrayDeque;
import java.util.Deque;
import tickerplant.message.Level;

/**
 * How far a client that doesn't keep up has been taken down, and when it may come up again: section 7 of the protocol. Pure
 * logic; guarded by the lock of its outbox.
 *
 * <pre>
 *            behind 500 ms           3 s, or a third time in 10 s           8 s
 *     full ─────────────▶ conflating ───────────────────────────▶ reduced ───────▶ paused
 *      ▲ ▲                    │   ▲                                 │   ▲             │
 *      │ └── kept up for 2 s ─┘   └──────── kept up for 2 s ────────┘   └─ progress ──┘
 *      └── a catch-up was read at once
 * </pre>
 *
 * <p>Behind means: something has been under way for so long, a frame or a ping, and rows merge or queue up meanwhile. What
 * ends a client that makes no progress at all is not here but in the housekeeping of the service.
 */
final class Ladder {
    /** Longer than a way round the world and back, shorter than what a person would call late. */
    static final long CONFLATING_NANOS = 500_000_000L;
    /** Long enough that rows at full rate would be stale when they are read. */
    static final long REDUCED_NANOS = 3_000_000_000L;
    /** Less than half of the patience after which a client is cut, so that it can still hear of it. */
    static final long PAUSED_NANOS = 8_000_000_000L;
    /** One who falls behind every few seconds has no use for full rate either. */
    static final long FALLS_NANOS = 10_000_000_000L;

    static final int FALLS = 3;
    /** Long enough that getting through a quiet moment does not count as keeping up. */
    static final long RELIEF_NANOS = 2_000_000_000L;
    /** A catch-up whose ping is answered in this time was read at once. */
    static final long AT_ONCE_NANOS = 500_000_000L;

    private final Deque<Long> falls = new ArrayDeque<>(FALLS);
    private Level level = Level.FULL;
    /** When the client fell behind most recently; meaningful where {@code falls} isn't empty. */
    private long behindSince;
    /** Since when it has kept up, or been on its step. */
    private long since;

    /** It has fallen, and since then nothing has shown that it reads at once. */
    private boolean unproved;
    /** The ping that will show it is under way. */
    private boolean proving;

    Level level() {
        return level;
    }

    /**
     * Looks at how the client does.
     *
     * @param now in nanoseconds
     * @param stuckNanos for how long something has been under way to the client, 0 where nothing is
     * @param waiting whether rows merge or queue up meanwhile
     */
    void look(long now, long stuckNanos, boolean waiting) {
        forget(now);
        if (stuckNanos > CONFLATING_NANOS) {
            since = now;
            if (waiting) {
                behind(now, stuckNanos);
            }
        } else if (level == Level.PAUSED) {
            // What it was sent has gone through, so there is room for more.
            step(now, Level.REDUCED);
        } else if (level != Level.FULL && now - since >= RELIEF_NANOS) {
            step(now, level.relieved());
        }
    }

    private void behind(long now, long stuckNanos) {
        long began = now - stuckNanos;
        if (falls.isEmpty() || began != behindSince) {
            behindSince = began;
            if (falls.size() == FALLS) {
                falls.remove();
            }
            falls.add(now);
        }
        unproved = true;
        if (stuckNanos > PAUSED_NANOS) {
            level = Level.PAUSED;
        } else if ((stuckNanos > REDUCED_NANOS || falls.size() == FALLS) && level != Level.PAUSED) {
            level = Level.REDUCED;
        } else if (level == Level.FULL) {
            level = Level.CONFLATING;
        }
    }

    /** A fall is of no interest after a while. */
    private void forget(long now) {
        while (!falls.isEmpty() && now - falls.element() > FALLS_NANOS) {
            falls.remove();
        }
    }

    private void step(long now, Level to) {
        level = to;
        since = now;
    }

    /** Whether, now that all has been sent, a ping should show whether it is read at once; true once after each fall. */
    boolean wantsProof() {
        return level != Level.FULL && unproved;
    }

    /** All has been sent, and a ping goes out behind it. */
    void proofAsked() {
        unproved = false;
        proving = true;
    }

    /**
     * The client has read everything up to a ping that went out so long ago. One that falls behind again and again comes up
     * by its time alone.
     */
    void answered(long now, long tookNanos) {
        forget(now);
        if (proving && tookNanos <= AT_ONCE_NANOS && falls.size() < FALLS) {
            step(now, Level.FULL);
        }
        proving = false;
    }
}
