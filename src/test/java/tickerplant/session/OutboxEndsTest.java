package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.message.CloseCode;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Pong;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;

/** What ends an outbox, and what does not yet. */
class OutboxEndsTest extends QueuedClient {
    @Test
    void whoHasToGoNowIsClosedAfterTheFrameUnderWayAndHearsNothingMore() {
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        wire.stall();
        outbox.drain();
        assertEquals(List.of("subscribed"), types());

        outbox.closeNow(CloseCode.AUTHENTICATION_FAILED, "the token has expired");
        happen(Events.trade("ACME", 10_000, 100, 1));
        session.ping(RequestId.NONE, "1");
        outbox.drain();
        assertEquals(Optional.empty(), wire.closed);

        wire.take();
        outbox.drain();
        assertEquals(List.of("subscribed"), types());
        assertEquals(Optional.of(CloseCode.AUTHENTICATION_FAILED), wire.closed);
    }

    @Test
    void aClientThatTakesNothingIsStalledSinceTheFrame() {
        follow(Channel.TICKER);
        clock.advance(Duration.ofSeconds(5));
        assertEquals(0, outbox.stalledNanos());
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        clock.advance(Duration.ofSeconds(7));

        assertEquals(Duration.ofSeconds(7).toNanos(), outbox.stalledNanos());

        wire.take();
        assertEquals(0, outbox.stalledNanos());
    }

    @Test
    void aClientThatReadsNoAnswersIsEnded() {
        wire.stall();
        for (int waiting = 0; waiting <= 2 * REPLY_BYTES; waiting += 128) {
            outbox.reply(new Pong(RequestId.NONE, "", 1));
            outbox.drain();
        }
        assertEquals(Optional.empty(), wire.closed, "it has only just asked");
        clock.advance(Duration.ofSeconds(2));
        outbox.reply(new Pong(RequestId.NONE, "", 1));

        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed);
        assertTrue(wire.wasCut);
    }

    @Test
    void whoAsksForMuchTooMuchAtOnceIsEndedToo() {
        wire.stall();
        for (int waiting = 0; waiting <= 17 * REPLY_BYTES; waiting += 128) {
            outbox.reply(new Pong(RequestId.NONE, "", 1));
            outbox.drain();
        }

        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed);
    }

    @Test
    void nobodyIsEndedForTheLengthOfOneAnswer() {
        wire.stall();
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.drain();
        outbox.reply(new ErrorMessage(RequestId.NONE, Reason.INTERNAL, "x".repeat(17 * REPLY_BYTES), ""));
        clock.advance(Duration.ofSeconds(2));
        outbox.reply(new Pong(RequestId.NONE, "", 2));
        assertEquals(Optional.empty(), wire.closed);

        outbox.reply(new ErrorMessage(RequestId.NONE, Reason.INTERNAL, "x".repeat(2 * REPLY_BYTES), ""));
        assertEquals(Optional.of(CloseCode.TOO_SLOW), wire.closed, "but for what is asked besides");
    }

    @Test
    void closingWaitsForTheAnswersButNotForMore() {
        follow(Channel.TICKER);
        outbox.reply(new Pong(RequestId.NONE, "", 1));
        outbox.close(CloseCode.UNSUPPORTED_DATA, "binary");
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.reply(new Pong(RequestId.NONE, "", 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
        assertEquals(Optional.of(CloseCode.UNSUPPORTED_DATA), wire.closed);
        assertFalse(wire.wasCut);
    }

    @Test
    void aFrameThatFailsEndsTheOutbox() {
        follow(Channel.TICKER);
        wire.stall();
        happen(Events.trade("ACME", 10_000, 100, 1));
        outbox.drain();
        wire.fail();
        happen(Events.trade("ACME", 10_000, 100, 2));
        outbox.drain();

        assertEquals(1, wire.frames.size());
    }
}
