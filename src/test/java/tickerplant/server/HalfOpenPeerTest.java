package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.service.Setting;

/** A peer whose machine takes what is sent, while nobody there answers a ping. */
class HalfOpenPeerTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(800);
    /** For machines that have other things to do. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    @Test
    void itIsToldSoWithinThreeHeartbeatsAndItsPlaceGivenFree() throws Exception {
        try (TestService service = TestService.with(
                        Map.of(Setting.HEARTBEAT_MS, Long.toString(HEARTBEAT.toMillis())),
                        ScriptedFeed.live("test", Events.listed("ACME", 100)));
                RawClient peer = new RawClient(service.port())) {
            long start = Clock.SYSTEM.nanos();
            peer.upgrade("/ws/ticker").head();
            String heard = peer.rest();
            Duration took = Duration.ofNanos(Clock.SYSTEM.nanos() - start);

            assertTrue(heard.endsWith("\u0088\u0009\u000f\u00a1no pong"), "4001 comes last: " + heard);
            assertTrue(heard.contains("\"type\":\"heartbeat\""), heard);
            assertTrue(took.compareTo(HEARTBEAT) > 0, "not before it was asked: " + took);
            assertTrue(took.compareTo(HEARTBEAT.multipliedBy(3).plus(TOLERANCE)) < 0, "late: " + took);
            assertEquals(0, service.tickerplant().sessions().count());
        }
    }
}
