package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.message.FeedHealth;
import tickerplant.message.Heartbeat;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;

/** What a client hears while it has paused, and what it hears of itself while it does not keep up. */
class PausesTest extends RatedClient {
    @Test
    void inAPauseNothingComesButAnswersAndHeartbeats() {
        follow(Channel.TICKER, Rate.UNLIMITED, "*");
        follow(Channel.TRADES, rate("1"), "AAA");
        pause(true);
        trade("AAA");
        trade("AAA");
        session.ping(RequestId.NONE, "");
        outbox.heartbeat(new Heartbeat(clock.micros(), FeedHealth.LIVE, OptionalLong.of(3), Optional.empty()));
        assertEquals(List.of("heartbeat", "configured", "pong", "flow"), typesSent());
        assertEquals(
                """
                {"type":"flow","level":"paused","reason":"configured","pending":3}""",
                wire.frames.get(3));
        assertEquals(List.of(), sentAfter(Duration.ofSeconds(30)));

        pause(false);
        assertEquals(List.of("configured", "flow", "update", "update"), typesSent());
        assertContains("\"level\":\"full\",\"reason\":\"configured\"", wire.frames.get(1));
        assertContains("\"seq\":2,\"n\":2", wire.frames.get(2));
    }

    @Test
    void theEndOfAPauseWaitsForNoRate() {
        follow(Channel.TRADES, rate("0.1"), "AAA");
        trade("AAA");
        sent();
        pause(true);
        trade("AAA");
        trade("AAA");
        sent();
        pause(false);
        assertEquals(List.of("configured", "flow", "update"), typesSent());
    }

    @Test
    void whatDoesNotFitIntoThePauseIsAGapThatSaysSo() {
        follow(Channel.TRADES, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < QUEUED + 3; i++) {
            trade("AAA");
        }
        pause(false);
        assertEquals(List.of("configured", "flow", "gap", "update"), typesSent());
        assertContains("\"from\":1,\"to\":3,\"reason\":\"configured\"", wire.frames.get(2));
    }

    @Test
    void aGapOfBothReasonsIsTheSlowClients() {
        follow(Channel.TRADES, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < QUEUED + 1; i++) {
            trade("AAA");
        }
        wire.stall();
        pause(false);
        turn();
        trade("AAA");
        wire.take();
        assertEquals(List.of("flow", "gap", "update"), typesSent());
        assertContains("\"from\":1,\"to\":2,\"reason\":\"slow_client\"", wire.frames.get(1));
    }

    @Test
    void aPauseTakenBackBeforeItWasToldIsNotTold() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        pause(true);
        pause(false);
        assertEquals(List.of("configured", "configured"), typesSent());
    }

    @Test
    void aSlowClientHearsHowItStandsAndWhenItIsOver() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        while (wire.pings.isEmpty()) {
            trade("AAA");
            turn();
        }
        wire.frames.clear();
        for (int i = 0; i < 100; i++) {
            trade("AAA");
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
            turn();
        }
        assertEquals(
                List.of(
                        "{\"type\":\"flow\",\"level\":\"conflating\",\"reason\":\"slow_client\",\"pending\":1}",
                        "{\"type\":\"flow\",\"level\":\"reduced\",\"reason\":\"slow_client\",\"max_rate\":2,\"pending\":1}",
                        "{\"type\":\"flow\",\"level\":\"paused\",\"reason\":\"slow_client\",\"pending\":1}"),
                wire.frames);

        outbox.pong(wire.pings.get(0));
        assertEquals(List.of("flow", "update"), typesSent());
        assertContains("\"level\":\"reduced\"", wire.frames.get(0));
        assertEquals(2, wire.pings.size(), "a ping shows whether the catch-up is read at once");
        clock.advance(Duration.ofMillis(20));
        outbox.pong(wire.pings.get(1));
        assertContains("\"level\":\"full\",\"reason\":\"slow_client\"", sent().get(0));
    }

    @Test
    void ofSeveralStepsThatCouldNotBeToldOnlyTheLastIs() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        wire.stall();
        for (int i = 0; i < 100; i++) {
            trade("AAA");
            turn();
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
        }
        wire.take();
        assertEquals(List.of("flow", "update"), typesSent());
        assertContains("\"level\":\"reduced\"", wire.frames.get(0));
    }

    @Test
    void aPauseIsNoFault() {
        follow(Channel.TICKER, Rate.UNLIMITED, "AAA");
        pause(true);
        sent();
        for (int i = 0; i < 1_000; i++) {
            trade("AAA");
            clock.advance(Duration.ofMillis(100));
            outbox.tend(NEVER);
            turn();
        }
        assertEquals(0, outbox.stalledNanos());
        assertEquals(0, outbox.silentNanos());
        pause(false);
        assertEquals(List.of("configured", "flow", "update"), typesSent());
        assertContains("\"n\":1000", wire.frames.get(2));
    }

    @Test
    void whoAnswersNoPingIsSilentAndWhoDoesIsNot() {
        outbox.tend(SECOND.toNanos());
        turn();
        assertEquals(List.of(), wire.pings);
        clock.advance(SECOND);
        outbox.tend(SECOND.toNanos());
        turn();
        clock.advance(SECOND);
        outbox.tend(SECOND.toNanos());
        turn();
        assertEquals(List.of(1L), wire.pings, "one at a time");
        assertEquals(SECOND.toNanos(), outbox.silentNanos());
        outbox.pong(1);
        assertEquals(0, outbox.silentNanos());
        assertEquals(0, outbox.stalledNanos(), "a probe closes no window");
    }
}
