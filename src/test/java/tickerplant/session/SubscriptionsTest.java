package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.message.RequestId;

/** What entries cover, and what is left when one of them goes. */
class SubscriptionsTest extends OneClient {
    private static final int LIMIT = 3;

    SubscriptionsTest() {
        super(100, new ClientSession.Limits(LIMIT, 10));
        for (String symbol : List.of("AAA", "AAB", "BBB")) {
            market.apply(Events.listed(symbol, 100));
        }
        session.begin();
    }

    private String subscribe(String... symbols) {
        wire.frames.clear();
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of(symbols)));
        outbox.drain();
        return wire.frames.get(0);
    }

    private String unsubscribe(String... symbols) {
        wire.frames.clear();
        session.unsubscribe(RequestId.NONE, Channel.TICKER, List.of(symbols));
        outbox.drain();
        return wire.frames.get(0);
    }

    private boolean hears(String symbol) {
        wire.frames.clear();
        market.apply(Events.trade(symbol, 100, 1, 1));
        outbox.drain();
        return !wire.frames.isEmpty();
    }

    private static void assertContains(String expected, String actual) {
        assertTrue(actual.contains(expected), actual);
    }

    @Test
    void aSymbolCoveredByTwoEntriesStaysUntilBothAreGone() {
        subscribe("AAA", "A*");

        assertContains("\"symbols\":[\"A*\"],\"total\":1", unsubscribe("A*"));
        assertTrue(hears("AAA"));
        assertFalse(hears("AAB"));
        assertContains("\"total\":0", unsubscribe("AAA"));
        assertFalse(hears("AAA"));
    }

    @Test
    void anEntryThatIsNotThereIsNotRemoved() {
        subscribe("*");

        assertContains("\"symbols\":[],\"total\":3", unsubscribe("AAA"));
        assertTrue(hears("AAA"));
    }

    @Test
    void theGoodAmongTheBadAreTaken() {
        String answer = subscribe("AAA", "nobody", "<b>", "bbb");

        assertContains("\"symbols\":[\"AAA\",\"BBB\"],\"total\":2", answer);
        assertContains("{\"symbol\":\"NOBODY\",\"code\":404,\"reason\":\"unknown_symbol\"}", answer);
        assertContains("{\"symbol\":\"<b>\",\"code\":400,\"reason\":\"invalid_field\"}", answer);
    }

    @Test
    void pastTheLimitExactSymbolsAreRejectedInTheirOrderAndAWildcardWhole() {
        market.apply(Events.listed("CCC", 100));

        assertContains("\"total\":0,\"rejected\":[{\"symbol\":\"*\",\"code\":422", subscribe("*"));
        assertContains(
                "\"total\":3,\"rejected\":[{\"symbol\":\"CCC\",\"code\":422",
                subscribe("AAA", "AAB", "BBB", "CCC", "AAA"));
    }

    @Test
    void aSymbolThatAppearsUnderAWildcardComesWithASnapshotFirst() {
        subscribe("C*");
        wire.frames.clear();
        market.apply(Events.listed("CCC", 100));
        market.apply(Events.trade("CCC", 101, 1, 1));
        outbox.drain();

        assertEquals(2, wire.frames.size());
        assertContains("\"type\":\"snapshot\"", wire.frames.get(0));
        assertContains("\"seq\":0", wire.frames.get(0));
        assertContains("\"seq\":1", wire.frames.get(1));
    }

    @Test
    void theBarsOfASymbolThatAppearsUnderAWildcardComeWithASnapshotFirst() {
        session.subscribe(RequestId.NONE, Channel.BARS_1H, Wanted.of(List.of("C*")));
        outbox.drain();
        wire.frames.clear();
        market.apply(Events.listed("CCC", 100));
        market.apply(Events.trade("CCC", 101, 1, 1));
        outbox.drain();

        assertEquals(2, wire.frames.size());
        assertContains("\"data\":[{\"symbol\":\"CCC\",\"interval\":\"1h\",\"seq\":0}]", wire.frames.get(0));
        assertContains("\"seq\":1,\"start\":0", wire.frames.get(1));
    }

    @Test
    void whoComesToBarsThatNobodyHasHeardIsShownTheCurrentOne() {
        market.apply(Events.trade("AAA", 100, 1, 1));
        market.apply(Events.trade("AAA", 105, 1, 2));
        session.subscribe(RequestId.NONE, Channel.BARS_1D, Wanted.of(List.of("AAA", "AAB")));
        outbox.drain();

        assertContains("{\"symbol\":\"AAA\",\"interval\":\"1d\",\"seq\":2,\"start\":0,\"open\":1,", wire.frames.get(1));
        assertContains("{\"symbol\":\"AAB\",\"interval\":\"1d\",\"seq\":0}", wire.frames.get(1));

        session.unsubscribe(RequestId.NONE, Channel.BARS_1D, List.of());
        market.apply(Events.trade("AAA", 106, 1, 3));
        wire.frames.clear();
        session.subscribe(RequestId.NONE, Channel.BARS_1D, Wanted.of(List.of("AAA")));
        outbox.drain();

        assertContains("\"seq\":3,\"start\":0", wire.frames.get(wire.frames.size() - 1));
    }

    @Test
    void aClientThatIsGoneFollowsNothing() {
        subscribe("*");
        session.end();

        assertFalse(hears("AAA"));
        assertTrue(session.feeds().names().isEmpty());
    }
}
