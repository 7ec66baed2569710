package tickerplant.containers;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The WAR in Open Liberty. */
@Tag("containers")
class OpenLibertyIT extends ContainerContract {
    OpenLibertyIT() {
        super(Container.OPEN_LIBERTY);
    }

    /** It mends the header before any filter sees it. */
    @Override
    public Map<BadHandshake, Integer> handshakesGranted() {
        return Map.of(BadHandshake.BLANK_BEFORE_THE_COLON, 101);
    }

    /** It takes a frame in whole before it tells of it; the missing pongs end that. */
    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return Map.of(BadFrames.MESSAGE_OF_FIVE_MEBIBYTES_THAT_BEGINS, 4001, BadFrames.LENGTH_BELOW_ZERO, 1003);
    }

    /** It cuts all connections before it asks the application. */
    @Override
    Farewell farewell() {
        return new Farewell(false, 1006);
    }
}
