package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tickerplant.message.Level;

/** The steps down, and the ways up again; the ladder is looked at every 100 ms, as the housekeeping would. */
class LadderTest {
    private static final int LOOK_MS = 100;

    private final Ladder ladder = new Ladder();
    private long nowMs = 1_000;

    private static long nanos(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private Level stuckFor(int ms) {
        for (int stuck = LOOK_MS; stuck <= ms; stuck += LOOK_MS) {
            nowMs += LOOK_MS;
            ladder.look(nanos(nowMs), nanos(stuck), true);
        }
        return ladder.level();
    }

    private Level keepsUpFor(int ms) {
        for (int passed = LOOK_MS; passed <= ms; passed += LOOK_MS) {
            nowMs += LOOK_MS;
            ladder.look(nanos(nowMs), 0, false);
        }
        return ladder.level();
    }

    @Test
    void halfASecondBehindIsNothing() {
        assertEquals(Level.FULL, stuckFor(500));
        assertEquals(Level.CONFLATING, stuckFor(600));
    }

    @Test
    void whoIsStuckGoesDownStepByStep() {
        assertEquals(Level.CONFLATING, stuckFor(3_000));
        keepsUpFor(20_000);
        assertEquals(Level.REDUCED, stuckFor(8_000));
        keepsUpFor(20_000);
        assertEquals(Level.PAUSED, stuckFor(8_100));
    }

    @Test
    void whoIsStuckWhileNothingWaitsStaysWhereHeIs() {
        ladder.look(nanos(9_000), nanos(9_000), false);

        assertEquals(Level.FULL, ladder.level());
    }

    @Test
    void theThirdFallInTenSecondsReduces() {
        stuckFor(600);
        keepsUpFor(1_000);
        assertEquals(Level.CONFLATING, stuckFor(600));
        keepsUpFor(1_000);
        assertEquals(Level.REDUCED, stuckFor(600));
    }

    @Test
    void threeFallsInALongTimeAreNoReason() {
        for (int i = 0; i < 3; i++) {
            assertEquals(Level.CONFLATING, stuckFor(600));
            assertEquals(Level.FULL, keepsUpFor(6_000));
        }
    }

    @Test
    void keepingUpBringsUpAStepEveryTwoSeconds() {
        stuckFor(8_100);
        assertEquals(Level.REDUCED, keepsUpFor(100), "what it was sent has gone through");
        assertEquals(Level.REDUCED, keepsUpFor(1_900));
        assertEquals(Level.CONFLATING, keepsUpFor(100));
        assertEquals(Level.CONFLATING, keepsUpFor(1_900));
        assertEquals(Level.FULL, keepsUpFor(100));
    }

    @Test
    void aCatchUpReadAtOnceBringsUpAllTheWay() {
        stuckFor(9_000);
        assertTrue(ladder.wantsProof());
        ladder.proofAsked();
        assertFalse(ladder.wantsProof(), "once is enough");
        ladder.answered(nanos(nowMs), nanos(500));

        assertEquals(Level.FULL, ladder.level());
    }

    @Test
    void aPongThatProvesNothingBringsUpNothing() {
        stuckFor(4_000);
        ladder.answered(nanos(nowMs), nanos(10));
        assertEquals(Level.REDUCED, ladder.level());

        ladder.proofAsked();
        ladder.answered(nanos(nowMs), nanos(501));
        assertEquals(Level.REDUCED, ladder.level());
    }

    @Test
    void whoFallsAgainAndAgainComesUpByTimeAlone() {
        for (int i = 0; i < 3; i++) {
            stuckFor(600);
            keepsUpFor(500);
        }
        ladder.proofAsked();
        ladder.answered(nanos(nowMs), nanos(10));

        assertEquals(Level.REDUCED, ladder.level());
        keepsUpFor(10_000);
        assertEquals(Level.FULL, ladder.level());
    }
}
