package tickerplant.containers;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The WAR in WildFly. */
@Tag("containers")
class WildFlyIT extends ContainerContract {
    WildFlyIT() {
        super(Container.WILDFLY);
    }

    /** It mends the header before any filter sees it. */
    @Override
    public Map<BadHandshake, Integer> handshakesGranted() {
        return Map.of(BadHandshake.BLANK_BEFORE_THE_COLON, 101);
    }

    /** Undertow answers pings that are not masked, and keeps empty fragments to itself. */
    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return Map.of(
                BadFrames.UNMASKED_PING,
                NOTHING,
                BadFrames.LENGTH_BELOW_ZERO,
                1003,
                BadFrames.TEN_THOUSAND_EMPTY_CONTINUATIONS,
                NOTHING);
    }

    /** It sends folders of the page to themselves with a slash, where nothing is. */
    @Override
    public Map<String, Integer> pathsAnsweredOtherwise() {
        return Map.of("/js", 302);
    }

    /** It closes the sockets before it asks the application. */
    @Override
    Farewell farewell() {
        return new Farewell(false, 1001);
    }
}
