package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.feed.RecordingLogger;
import tickerplant.market.FixedClock;

class ClientLogTest {
    private final FixedClock clock = FixedClock.at(1_767_225_600_000_000L);
    private final RecordingLogger logger = new RecordingLogger();
    private final ClientLog log = new ClientLog(logger, clock);

    private void say(String address, String text) {
        log.say(ClientLog.Kind.REFUSED, address, text);
    }

    @Test
    void ofOneAddressALineASecondIsWrittenAndTheNextSaysHowManyWereNot() {
        say("192.0.2.1", "a");
        say("192.0.2.1", "b");
        clock.advance(Duration.ofMillis(999));
        say("192.0.2.1", "c");
        clock.advance(Duration.ofMillis(1));
        say("192.0.2.1", "d");
        clock.advance(Duration.ofSeconds(1));
        say("192.0.2.1", "e");
        assertEquals(List.of("INFO refused a", "INFO refused d, suppressed 2", "INFO refused e"), logger.lines());
    }

    @Test
    void anAddressAndAKindDoNotSilenceOthers() {
        say("192.0.2.1", "a");
        say("192.0.2.2", "b");
        log.say(ClientLog.Kind.OPEN, "192.0.2.1", "c");
        assertEquals(List.of("INFO refused a", "INFO refused b", "INFO open c"), logger.lines());
    }

    @Test
    void whatWasSuppressedIsToldThoughNothingMoreComes() {
        say("192.0.2.1", "a");
        say("192.0.2.1", "b");
        say("", "c");
        say("", "d");
        clock.advance(Duration.ofMillis(999));
        log.tend();
        assertEquals(List.of("INFO refused a", "INFO refused c"), logger.lines());
        clock.advance(Duration.ofMillis(1));
        log.tend();
        log.tend();
        assertEquals(
                List.of(
                        "INFO refused a",
                        "INFO refused c",
                        "INFO refused address=192.0.2.1, suppressed 1",
                        "INFO refused address=-, suppressed 1"),
                logger.lines());
    }

    @Test
    void addressesWithoutNumberShareALine() {
        for (int i = 0; i < ClientLog.MOST_SOURCES + 100; i++) {
            say("2001:db8:0:" + Integer.toHexString(i) + "::/64", "a");
        }
        assertEquals(ClientLog.MOST_SOURCES + 1, logger.lines().size());
        clock.advance(Duration.ofSeconds(1));
        log.tend();
        assertEquals(
                "INFO refused address=*, suppressed 99",
                logger.lines().get(logger.lines().size() - 1));
        say("192.0.2.1", "b");
        assertEquals("INFO refused b", logger.lines().get(logger.lines().size() - 1));
    }
}
