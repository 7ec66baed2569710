package tickerplant.containers;

import java.util.Map;

/** The WAR in Payara Micro 6. */
class PayaraMicroIT extends ContainerContract {
    PayaraMicroIT() {
        super(Container.PAYARA_MICRO_6);
    }

    /** Tyrus doesn't look whether frames are masked, and ends what it can't read with a code of its own. */
    @Override
    public Map<BadFrames, Integer> framesBorne() {
        return Map.of(
                BadFrames.UNMASKED_TEXT,
                NOTHING,
                BadFrames.UNMASKED_PING,
                NOTHING,
                BadFrames.MESSAGE_OF_FIVE_MEBIBYTES_THAT_BEGINS,
                1011,
                BadFrames.LENGTH_BELOW_ZERO,
                1011);
    }

    /** It sends folders of the page to themselves with a slash, where nothing is. */
    @Override
    public Map<String, Integer> pathsAnsweredOtherwise() {
        return Map.of("/WEB-INF;x/classes/tickerplant/server/Main.class", 301, "/js", 301);
    }
}
