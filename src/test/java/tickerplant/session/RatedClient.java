package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.message.Rate;
import tickerplant.message.RequestId;

/** One client that has asked for less than all there is. What tests of rates and pauses share. */
abstract class RatedClient extends OneClient {
    static final int QUEUED = 8;
    static final Duration SECOND = Duration.ofSeconds(1);
    static final long NEVER = Long.MAX_VALUE;
    long trades;

    RatedClient() {
        super(new Outbox.Bounds(65_536, 65_536, QUEUED, 1 << 18), new ClientSession.Limits(100, 100));
        for (String symbol : List.of("AAA", "AAB", "BBB")) {
            market.apply(Events.listed(symbol, 10_000));
        }
        session.begin();
    }

    static Rate rate(String perSecond) {
        return Rate.parse(perSecond).orElseThrow();
    }

    void follow(Channel channel, Rate rate, String... symbols) {
        session.subscribe(
                RequestId.NONE,
                channel,
                new Wanted(List.of(symbols), Beginning.SNAPSHOT, Resume.NOTHING, rate, NearMisses.NONE));
        turn();
        wire.frames.clear();
    }

    void trade(String symbol) {
        trades++;
        market.apply(Events.trade(symbol, 10_000 + trades, 100, trades));
    }

    void configure(Rate rate) {
        session.configure(RequestId.NONE, Optional.of(rate), Optional.empty(), Optional.empty());
    }

    void pause(boolean paused) {
        session.configure(RequestId.NONE, Optional.empty(), Optional.of(paused), Optional.empty());
    }

    void turn() {
        try {
            sender.turn(0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is sent now. */
    List<String> sent() {
        wire.frames.clear();
        turn();
        return List.copyOf(wire.frames);
    }

    /** What is sent when so much time has passed and the sender's alarms have rung. */
    List<String> sentAfter(Duration time) {
        wire.frames.clear();
        clock.advance(time);
        turn();
        return List.copyOf(wire.frames);
    }

    List<String> typesSent() {
        return sent().stream().map(RatesTest::type).toList();
    }

    static String type(String frame) {
        return frame.split("\"", -1)[3];
    }

    static void assertContains(String part, String whole) {
        assertTrue(whole.contains(part), whole);
    }
}
