package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tickerplant.market.FixedClock;

class PongsTest {
    private final FixedClock clock = FixedClock.waiting(0);
    private final List<Integer> sent = new ArrayList<>();
    private final Pongs pongs = new Pongs(clock, payload -> sent.add((int) payload[0]));

    private void owe(int number) {
        pongs.owe(new byte[] {(byte) number});
    }

    /** So many that no more are sent before one has gone out. */
    private void fill() {
        IntStream.range(0, Pongs.MOST_UNDER_WAY).forEach(i -> owe(0));
        sent.clear();
    }

    @Test
    void eachIsAnsweredInOrderWhileTheyGoOut() {
        for (int i = 0; i < 100; i++) {
            owe(i);
            pongs.sent();
        }
        assertEquals(IntStream.range(0, 100).boxed().toList(), sent);
        assertFalse(pongs.isFlood());
    }

    @Test
    void ofThoseThatWaitTheNewestAloneIsAnswered() {
        fill();
        owe(1);
        owe(2);
        owe(3);
        assertEquals(List.of(), sent);
        pongs.sent();
        assertEquals(List.of(3), sent);
        pongs.sent();
        assertEquals(List.of(3), sent);
    }

    @Test
    void tenThousandWithoutAnAnswerInBetweenAreAFlood() {
        fill();
        IntStream.range(1, Pongs.FLOOD).forEach(i -> owe(1));
        assertFalse(pongs.isFlood());
        owe(1);
        assertTrue(pongs.isFlood());
    }

    @Test
    void anAnswerThatGoesOutStartsTheCountAgain() {
        fill();
        IntStream.range(0, Pongs.FLOOD - 1).forEach(i -> owe(1));
        pongs.sent();
        IntStream.range(0, Pongs.FLOOD - 1).forEach(i -> owe(1));
        assertFalse(pongs.isFlood());
    }

    @Test
    void threeSecondsOfPingsWithoutAnAnswerAreAFlood() {
        fill();
        owe(1);
        clock.advance(Duration.ofSeconds(3).minusNanos(1));
        owe(1);
        assertFalse(pongs.isFlood());
        clock.advance(Duration.ofNanos(1));
        assertTrue(pongs.isFlood());
    }

    @Test
    void onePingThatWaitsLongIsNone() {
        fill();
        owe(1);
        clock.advance(Duration.ofMinutes(1));
        assertFalse(pongs.isFlood());
    }

    @Test
    void afterTheGoodbyeNothingIsSent() {
        owe(1);
        pongs.end();
        owe(2);
        pongs.sent();
        assertEquals(List.of(1), sent);
        fill();
        assertEquals(List.of(), sent);
    }
}
