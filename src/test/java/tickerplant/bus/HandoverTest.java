package tickerplant.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is handed over comes out in its order, and a taker waits no longer than it wants to. */
class HandoverTest {
    private static final long TEN_SECONDS = Duration.ofSeconds(10).toNanos();

    private final Handover<String> handover = new Handover<>(10);

    @Test
    void allThatIsThereIsTakenAtOnceAndInOrder() throws InterruptedException {
        handover.put("a");
        handover.put("b");

        assertEquals(List.of("a", "b"), handover.take());
        assertEquals(0, handover.size());
    }

    @Test
    void whoDoesNotWaitGetsWhatIsThere() throws InterruptedException {
        assertEquals(List.of(), handover.take(0));
        assertEquals(List.of(), handover.take(-5));
        handover.put("a");
        assertEquals(List.of("a"), handover.take(0));
    }

    @Test
    void whoWaitsAWhileGetsNothingInTheEnd() throws InterruptedException {
        assertEquals(List.of(), handover.take(2_000_000));
        handover.put("a");
        assertEquals(List.of("a"), handover.take(TEN_SECONDS));
    }

    @Test
    void whoWaitsIsWokenByWhatComes() throws Exception {
        CompletableFuture<List<String>> taken = CompletableFuture.supplyAsync(() -> {
            try {
                List<String> some = handover.take(TEN_SECONDS);
                return some.isEmpty() ? List.copyOf(handover.take(TEN_SECONDS)) : List.copyOf(some);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        handover.put("a");

        assertEquals(List.of("a"), taken.get(10, TimeUnit.SECONDS));
    }
}
