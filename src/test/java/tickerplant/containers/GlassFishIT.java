package tickerplant.containers;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The WAR in embedded GlassFish 7. */
@Tag("containers")
class GlassFishIT extends ContainerContract {
    GlassFishIT() {
        super(Container.GLASSFISH_7);
    }

    /** Grizzly fails before any filter is asked. */
    @Override
    public Map<BadHandshake, Integer> handshakesGranted() {
        return Map.of(BadHandshake.PATH_THAT_GOES_UP, 500);
    }

    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return BORNE_BY_TYRUS;
    }

    /** Grizzly fails at paths that it can't make sense of, and sends folders of the page to themselves with a slash. */
    @Override
    public Map<String, Integer> pathsAnsweredOtherwise() {
        return Map.of(
                "/WEB-INF;x/classes/tickerplant/server/Main.class",
                301,
                "/js",
                301,
                "/../../../../../../etc/passwd",
                500,
                "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                500,
                "/js/..%2fWEB-INF/classes/tickerplant/server/Main.class",
                500,
                "/js/..\\WEB-INF/classes/tickerplant/server/Main.class",
                500,
                "/index.html%00",
                500);
    }
}
