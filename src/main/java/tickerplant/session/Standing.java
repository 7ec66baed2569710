package tickerplant.session;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.message.Flow;
import tickerplant.message.Gap;
import tickerplant.message.Level;
import tickerplant.message.Rate;

/**
 * How much a client gets at the moment and why, of all that can be a reason, and what of it the client has been told. Guarded
 * by the lock of its outbox.
 */
final class Standing {
    /** What a client that can't keep up gets of each symbol: enough to watch, a fraction of a busy market. */
    static final Rate REDUCED = new Rate(new BigDecimal("2"));
    /** What a client gets of symbols that it doesn't show: section 4 of the protocol. */
    static final Rate HIDDEN = new Rate(new BigDecimal("0.2"));

    private final Ladder ladder = new Ladder();
    private boolean paused;
    private boolean hiding;
    private Level told = Level.FULL;
    private Level noted = Level.FULL;
    private List<Level> steps = List.of();
    private Flow.Why toldWhy = Flow.Why.SLOW_CLIENT;

    Ladder ladder() {
        return ladder;
    }

    /** Whether the client has asked for a pause. */
    boolean isPaused() {
        return paused;
    }

    void pause(boolean wanted) {
        paused = wanted;
    }

    void hide(boolean wanted) {
        hiding = wanted;
    }

    /** The ladder has been looked at: keeps the step that it took, if it took one. */
    void note() {
        Level level = ladder.level();
        if (level != noted) {
            noted = level;
            steps = new ArrayList<>(steps);
            steps.add(level);
        }
    }

    /** The steps of the ladder since this was last asked. */
    List<Level> takeSteps() {
        List<Level> taken = steps;
        steps = List.of();
        return taken;
    }

    /** The interval that a client's slowness imposes on every symbol; 0 where none. */
    long imposedNanos() {
        return ladder.level().compareTo(Level.REDUCED) >= 0 ? REDUCED.intervalNanos() : 0;
    }

    /** Whose fault it is when something is dropped now. */
    Gap.Why whyDropped() {
        return paused ? Gap.Why.CONFIGURED : Gap.Why.SLOW_CLIENT;
    }

    /** Whether the client does not know yet how it stands. */
    boolean hasNews() {
        Level level = level();
        return level != told || (level != Level.FULL && why() != toldWhy);
    }

    /** What the client does not know yet; from then on it does. */
    Optional<Flow> news(int pending) {
        if (!hasNews()) {
            return Optional.empty();
        }
        told = level();
        toldWhy = told == Level.FULL ? toldWhy : why();
        return Optional.of(new Flow(told, toldWhy, rate(), pending));
    }

    private Level level() {
        if (paused) {
            return Level.PAUSED;
        }
        Level slow = ladder.level();
        return hiding && slow.compareTo(Level.REDUCED) < 0 ? Level.REDUCED : slow;
    }

    private Flow.Why why() {
        if (paused) {
            return Flow.Why.CONFIGURED;
        }
        return hiding && ladder.level().compareTo(Level.REDUCED) < 0 ? Flow.Why.HIDDEN : Flow.Why.SLOW_CLIENT;
    }

    private Rate rate() {
        if (told != Level.REDUCED) {
            return Rate.UNLIMITED;
        }
        return toldWhy == Flow.Why.HIDDEN ? HIDDEN : REDUCED;
    }
}
