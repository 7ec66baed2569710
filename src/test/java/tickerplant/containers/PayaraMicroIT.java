package tickerplant.containers;

import java.util.Map;

/** The WAR in Payara Micro 6. */
class PayaraMicroIT extends ContainerContract {
    PayaraMicroIT() {
        super(Container.PAYARA_MICRO_6);
    }

    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return BORNE_BY_TYRUS;
    }

    /** It sends folders of the page to themselves with a slash, where nothing is. */
    @Override
    public Map<String, Integer> pathsAnsweredOtherwise() {
        return Map.of("/WEB-INF;x/classes/tickerplant/server/Main.class", 301, "/js", 301);
    }
}
