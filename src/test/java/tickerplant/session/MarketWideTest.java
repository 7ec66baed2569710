package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.ACME;
import static tickerplant.market.Events.listed;

import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.message.RequestId;

/** What concerns everybody goes to whoever follows anything in the channel. */
class MarketWideTest extends OneClient {
    private static final int QUEUED = 4;

    MarketWideTest() {
        super(QUEUED, new ClientSession.Limits(2, 1));
        market.apply(listed("ACME", 10_000));
        market.apply(listed("OTHER", 10_000));
        session.begin();
    }

    private List<String> subscribe(Channel channel, String entry) {
        session.subscribe(RequestId.NONE, channel, Wanted.of(List.of(entry)));
        return heard();
    }

    private List<String> unsubscribe(Channel channel, String... entries) {
        session.unsubscribe(RequestId.NONE, channel, List.of(entries));
        return heard();
    }

    private static News all(int number) {
        return new News(Symbol.WHOLE_MARKET, "all " + number, "", "", number * 1_000L);
    }

    private static Status phase(Phase phase) {
        return new Status(Symbol.WHOLE_MARKET, phase, "", 1_000);
    }

    private static void assertEnds(String expected, List<String> heard) {
        assertEquals(1, heard.size(), heard.toString());
        assertTrue(heard.get(0).endsWith(expected), heard.get(0));
    }

    @Test
    void theFirstRowNeedsNoSnapshotAndNamesNoSymbol() {
        subscribe(Channel.NEWS, "ACME");

        assertEnds(
                "\"data\":[{\"seq\":1,\"headline\":\"all 1\",\"ts\":1},{\"seq\":2,\"headline\":\"all 2\",\"ts\":2}]}",
                play(all(1), all(2)));
    }

    @Test
    void whoComesLaterHearsTheLastOneWithTheSnapshot() {
        play(all(1), all(2));
        List<String> heard = subscribe(Channel.NEWS, "ACME");

        assertTrue(heard.get(0).contains("\"total\":1"), heard.get(0));
        assertTrue(
                heard.get(1)
                        .endsWith(
                                "\"data\":[{\"symbol\":\"ACME\",\"seq\":0},{\"seq\":2,\"headline\":\"all 2\",\"ts\":2}],\"end\":true}"),
                heard.get(1));
        assertTrue(!subscribe(Channel.NEWS, "OTHER").get(1).contains("all 2"), "it is followed already");
        assertEnds("\"data\":[{\"seq\":3,\"headline\":\"all 3\",\"ts\":3}]}", play(all(3)));
    }

    @Test
    void aPhaseOfTheMarketHasTheSymbolStarAndConflates() {
        subscribe(Channel.STATUS, "ACME");
        wire.stall();
        play(phase(Phase.PRE));
        play(phase(Phase.AUCTION), phase(Phase.OPEN));
        wire.frames.clear();
        wire.take();

        assertEnds("\"data\":[{\"symbol\":\"*\",\"seq\":3,\"n\":2,\"phase\":\"open\",\"ts\":1}]}", heard());
        assertEquals(Phase.OPEN, hub.phase().orElseThrow());
    }

    @Test
    void aWildcardDoesNotCountTheMarketAsASymbol() {
        play(phase(Phase.OPEN), all(1));

        List<String> heard = subscribe(Channel.STATUS, "*");
        assertTrue(heard.get(0).contains("\"total\":2"), heard.get(0));
        assertTrue(heard.get(1).contains("{\"symbol\":\"*\",\"seq\":1,\"phase\":\"open\""), heard.get(1));
        List<String> ticker = subscribe(Channel.TICKER, "*");
        assertTrue(!ticker.get(1).contains("\"*\""), ticker.get(1));
    }

    @Test
    void aPatternThatCoversNothingYetIsEnough() {
        subscribe(Channel.NEWS, "Z*");

        assertEnds("\"headline\":\"all 1\",\"ts\":1}]}", play(all(1)));
    }

    @Test
    void itEndsWithTheLastEntryOfTheChannel() {
        subscribe(Channel.NEWS, "ACME");
        subscribe(Channel.NEWS, "OTHER");
        unsubscribe(Channel.NEWS, "ACME");
        assertEquals(1, play(all(1)).size());

        wire.stall();
        play(all(2));
        wire.frames.clear();
        play(all(3));
        unsubscribe(Channel.NEWS, "OTHER");
        play(all(4));
        wire.take();
        assertEnds("\"symbols\":[\"OTHER\"],\"total\":0}", heard());
    }

    @Test
    void whoFollowsNothingInTheChannelHearsNothing() {
        subscribe(Channel.TICKER, "*");

        assertEquals(List.of(), play(all(1), phase(Phase.OPEN)));
    }

    @Test
    void newsIsNeverMergedAndTheOldestGiveWayToAGap() {
        subscribe(Channel.NEWS, "ACME");
        wire.stall();
        play(all(1));
        play(all(2), all(3), all(4), all(5), all(6), new News(ACME, "own", "https://example.org", "Newswire", 7_000));
        wire.frames.clear();
        wire.take();

        List<String> heard = heard();
        assertEquals(
                "{\"type\":\"gap\",\"channel\":\"news\",\"symbol\":\"*\",\"from\":2,\"to\":3,\"reason\":\"slow_client\"}",
                heard.get(0));
        assertTrue(heard.get(1).contains("{\"seq\":4,\"headline\":\"all 4\",\"ts\":4}"), heard.get(1));
        assertTrue(
                heard.get(1)
                        .endsWith(
                                "{\"symbol\":\"ACME\",\"seq\":1,\"headline\":\"own\",\"url\":\"https://example.org\",\"source\":\"Newswire\",\"ts\":7}]}"),
                heard.get(1));
    }
}
