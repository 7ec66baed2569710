package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.feed.RecordingLogger;
import tickerplant.market.FixedClock;

class StepsTest {
    private final RecordingLogger logger = new RecordingLogger();
    private final FixedClock clock = FixedClock.at(0);
    private final Steps steps = new Steps("market", clock, logger);

    private static void overflow() {
        throw new StackOverflowError("of a test");
    }

    private static void outOfMemory() {
        throw new OutOfMemoryError("of a test");
    }

    @Test
    void aFailureIsCountedAndLoggedAndTheNextStepIsDone() {
        steps.perform(StepsTest::overflow, () -> "step 1");
        steps.perform(StepsTest::outOfMemory, () -> "step 2");
        steps.perform(
                () -> {
                    throw new IllegalStateException("of a test");
                },
                () -> "step 3");
        steps.perform(() -> clock.advance(Duration.ofSeconds(1)));
        steps.perform(StepsTest::overflow, () -> "step 5");

        assertEquals(4, steps.failed());
        assertEquals(
                List.of(
                        "ERROR thread market: a step failed: step 1",
                        "ERROR thread market: a step failed: step 5, suppressed 2"),
                logger.lines());
    }

    @Test
    void aStepThatCannotEvenSayItsNameIsCounted() {
        steps.perform(StepsTest::overflow, () -> {
            throw new OutOfMemoryError("of a test");
        });

        assertEquals(1, steps.failed());
        assertEquals(List.of(), logger.lines());
    }
}
