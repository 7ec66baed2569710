package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.bus.Handover;
import tickerplant.journal.Journal;
import tickerplant.market.Events;
import tickerplant.market.FixedClock;
import tickerplant.market.Receipt;

class PublishedLogTest {
    private final Handover<Runnable> marketThread = new Handover<>(10);
    private final List<String> answers = new ArrayList<>();
    private final Receipt answer = new Receipt() {
        @Override
        public void safe() {
            answers.add("safe");
        }

        @Override
        public void lost(String reason) {
            answers.add(reason);
        }
    };

    @Test
    void aPublisherHearsOfAMessageThatOverflowedTheStack() throws InterruptedException {
        PublishedLog log = new PublishedLog(
                marketThread,
                FixedClock.at(0),
                (entry, published) -> {
                    throw new StackOverflowError("of a test");
                },
                Journal.none());
        log.publish(Events.trade("AAPL", 18_932, 100, 1_767_225_600_000_000L));
        log.enter("p", 1, answer);
        Runnable step = marketThread.take().get(0);

        assertThrows(StackOverflowError.class, step::run);
        assertEquals(List.of("the market failed at this message"), answers);
    }
}
