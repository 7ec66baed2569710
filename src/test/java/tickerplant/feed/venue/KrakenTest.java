package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.LastWord;
import tickerplant.market.FixedClock;
import tickerplant.market.Instrument;
import tickerplant.market.Phase;
import tickerplant.market.Side;
import tickerplant.market.Trade;

class KrakenTest {
    private final Stage stage = new Stage();
    private final KrakenDialect kraken = new KrakenDialect();

    KrakenTest() throws IOException {
        kraken.teach(stage.venue);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private StandIn.Link begin(String options) throws Exception {
        stage.begin(FeedSpec.parse("kraken?url=" + stage.venue.ws("/v2") + options));
        if (!options.contains("symbols=")) {
            stage.follow("BTC/USD");
        }
        return stage.venue.link(kraken::asks);
    }

    @Test
    void instrumentsAreKnownBeforehandInTheStepsThatTheVenueTells() throws Exception {
        stage.begin(FeedSpec.parse("kraken?prefix=K.&url=" + stage.venue.ws("/v2")));

        assertEquals(2, stage.instruments().size());
        Instrument bitcoin = stage.instrument("K.BTC/USD");
        assertEquals("BTC in USD", bitcoin.name());
        assertEquals("USD", bitcoin.currency());
        assertEquals("KRAKEN", bitcoin.exchange());
        assertEquals(2, bitcoin.priceDecimals());
        assertEquals(8, bitcoin.sizeDecimals());
    }

    @Test
    void aSymbolIsAskedForInTheWordsOfTheDocumentation() throws Exception {
        stage.begin(kraken.spec(stage.venue));
        stage.follow("BTC/USD");
        StandIn.Link link = stage.venue.link();
        link.hears("close");
        link = stage.venue.link();

        assertEquals("{\"method\":\"subscribe\",\"params\":{\"channel\":\"instrument\"}}", link.hears());
        assertEquals(
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\",\"symbol\":[\"BTC/USD\"],"
                        + "\"event_trigger\":\"bbo\",\"snapshot\":true}}",
                link.hears());
        assertEquals(
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\"],"
                        + "\"snapshot\":true}}",
                link.hears());
    }

    @Test
    void aSnapshotFillsTheHoleThatAReconnectLeft() throws Exception {
        StandIn.Link link = begin("&symbols=BTC/USD");
        link.says(KrakenDialect.lastTrades(KrakenDialect.row(6, "100.01", "1"), KrakenDialect.row(7, "100.02", "1")));
        assertEquals(List.of("trade 7 100.02 x 1"), stage.hears(1), "what was before stands for itself");
        link.cuts(stage.clock);

        link = stage.venue.link(kraken::asks);
        link.says(KrakenDialect.lastTrades(
                KrakenDialect.row(7, "100.02", "1"),
                KrakenDialect.row(9, "100.04", "1"),
                KrakenDialect.row(8, "100.03", "1")));
        link.says(kraken.trade(10, "100.05", "1"));
        assertEquals(List.of("trade 8 100.03 x 1", "trade 9 100.04 x 1", "trade 10 100.05 x 1"), stage.hears(3));
        link.cuts(stage.clock);

        link = stage.venue.link(kraken::asks);
        link.says(KrakenDialect.lastTrades(KrakenDialect.row(21, "100.02", "1"), KrakenDialect.row(22, "100.04", "1")));
        assertEquals(List.of("loss", "trade 21 100.02 x 1", "trade 22 100.04 x 1"), stage.hears(3));
    }

    @Test
    void aNodeThatTakesOverGoesOnAfterTheLastTradeThatAnotherHasTold() throws Exception {
        FeedSpec spec = FeedSpec.parse("kraken?symbols=BTC/USD&url=" + stage.venue.ws("/v2"));
        stage.begin(
                spec,
                instrument -> new LastWord(
                        instrument,
                        Optional.of(new Trade(
                                instrument.symbol(), 10_002, 100_000_000, Side.BUY, "7", "", Set.of(), 1_000)),
                        true,
                        Optional.of(Phase.HALTED),
                        1_000));
        StandIn.Link link = stage.venue.link(kraken::asks);
        assertEquals(List.of("phase BTC/USD OPEN "), stage.phases(1), "what the other told no longer holds");
        link.says(KrakenDialect.lastTrades(
                KrakenDialect.row(6, "100.01", "1"),
                KrakenDialect.row(7, "100.02", "1"),
                KrakenDialect.row(8, "100.03", "1")));
        link.says(kraken.trade(10, "100.05", "1"));

        assertEquals(List.of("trade 8 100.03 x 1", "loss", "trade 10 100.05 x 1"), stage.hears(3));
    }

    @Test
    void maintenanceHaltsWhatComesAndEndsWithIt() throws Exception {
        StandIn.Link link = begin("&symbols=BTC/USD,ETH/EUR");
        link.says(
                "{\"channel\":\"instrument\",\"type\":\"update\",\"data\":{\"assets\":[],\"pairs\":[{\"symbol\":\"ETH/EUR\","
                        + "\"base\":\"ETH\",\"quote\":\"EUR\",\"status\":\"cancel_only\",\"qty_precision\":8,"
                        + "\"price_precision\":2}]}}",
                status("maintenance"),
                status("online"));

        assertEquals(
                List.of("phase ETH/EUR HALTED cancel_only", "phase BTC/USD HALTED maintenance", "phase BTC/USD OPEN "),
                stage.phases(3));
    }

    private static String status(String system) {
        return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\",\"system\":\"" + system
                + "\",\"api_version\":\"v2\",\"connection_id\":18266300427528990701}]}";
    }

    @Test
    void pastTheLimitASymbolWaitsUntilAnotherIsReleased() throws Exception {
        stage.begin(FeedSpec.parse("kraken?limit=1&url=" + stage.venue.ws("/v2")));
        stage.follow("BTC/USD");
        stage.follow("ETH/EUR");
        StandIn.Link link = stage.venue.link(kraken::asks);
        link.hears("\"trade\"");
        link.says(kraken.trade(7, "100.02", "1"));
        stage.hears(1);
        assertTrue(link.rest().stream().noneMatch(text -> text.contains("ETH/EUR")));

        // whose room is needed goes at once
        stage.release("BTC/USD");
        stage.clock.advance(Duration.ofSeconds(1));
        assertTrue(kraken.asksNoMore(link.hears()));
        assertTrue(kraken.asksNoMore(link.hears()));
        stage.clock.advance(Duration.ofSeconds(1));
        link.hears("ETH/EUR");
    }

    @Test
    void aSymbolThatIsRefusedIsNotAskedForAgainOnThisLine() throws Exception {
        stage.venue.throttles(
                text -> text.contains("BTC/USD"),
                "{\"error\":\"Currency pair not supported BTC/USD\",\"method\":\"subscribe\",\"success\":false,"
                        + "\"symbol\":\"BTC/USD\"}");
        StandIn.Link link = begin("");
        link.hears("\"trade\"");
        link.says(kraken.trade(7, "100.02", "1"));
        stage.hears(1);
        for (int i = 0; i < 3; i++) {
            stage.clock.advance(Duration.ofSeconds(11));
            link.says(kraken.heartbeat());
            stage.awaitState(FeedStatus.State.LIVE);
        }
        assertTrue(link.rest().stream().noneMatch(text -> text.contains("BTC/USD")));
    }

    @Test
    void aVenueThatCanNotBeReachedKeepsNobodyFromStarting() throws Exception {
        stage.venue.refuses(true);
        stage.begin(kraken.spec(stage.venue));
        assertEquals(List.of(), stage.instruments());
        stage.awaitState(FeedStatus.State.DOWN);

        stage.venue.refuses(false);
        stage.awaitState(FeedStatus.State.LIVE);
        assertTrue(stage.hears(1).get(0).startsWith("Listed[instrument=Instrument[symbol=BTC/USD"));
    }

    @Test
    void whatIsWrongWithASpecificationIsSaidWithTheOption() {
        assertEquals(
                "url=http://x of 'kraken', expected an address that begins with wss:// or ws://",
                refusal("kraken?url=http://x"));
        assertEquals(
                "symbols=A,,B of 'kraken', expected names with a comma between them", refusal("kraken?symbols=A,,B"));
        assertEquals(
                "'rest' is no option of 'kraken', expected symbols, limit, linger, prefix, name, url",
                refusal("kraken?rest=x"));
        assertEquals("'x' in 'kraken:x', expected nothing after 'kraken'", refusal("kraken:x"));
        assertEquals("limit=0 of 'kraken', expected a whole number between 1 and 100000", refusal("kraken?limit=0"));
    }

    private static String refusal(String spec) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> VenueFeed.of(FeedSpec.parse(spec), FixedClock.at(1), key -> Optional.empty()))
                .getMessage();
    }
}
