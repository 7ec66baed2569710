package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.market.Instrument;

class CoinbaseTest {
    private final Stage stage = new Stage();
    private final CoinbaseDialect coinbase = new CoinbaseDialect();

    CoinbaseTest() throws IOException {
        coinbase.teach(stage.venue);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private StandIn.Link begin() throws Exception {
        stage.begin(FeedSpec.parse("coinbase?symbols=BTC-USD&url=" + stage.venue.ws("/")));
        return stage.venue.link(coinbase::asks);
    }

    @Test
    void productsComeFromTheStatusChannel() throws Exception {
        stage.begin(coinbase.spec(stage.venue));
        Instrument bitcoin = stage.instrument("BTC-USD");
        assertEquals(2, bitcoin.priceDecimals());
        assertEquals(8, bitcoin.sizeDecimals());
        assertEquals("BTC in USD", bitcoin.name());
        assertEquals(2, stage.instruments().size());
    }

    @Test
    void aSymbolIsAskedForInTheWordsOfTheDocumentation() throws Exception {
        stage.begin(FeedSpec.parse("coinbase?symbols=BTC-USD&url=" + stage.venue.ws("/")));
        StandIn.Link link = stage.venue.link();
        link.hears("close");
        link = stage.venue.link();

        assertEquals("{\"type\":\"subscribe\",\"channels\":[\"status\"]}", link.hears());
        assertEquals(
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\",\"ticker\",\"heartbeat\"]}",
                link.hears());
    }

    @Test
    void theLastMatchFillsNothingButWhatItIs() throws Exception {
        StandIn.Link link = begin();
        link.says(CoinbaseDialect.match("last_match", 7, "100.02", "1"), coinbase.trade(8, "100.03", "1"));
        assertEquals(List.of("trade 7 100.02 x 1", "trade 8 100.03 x 1"), stage.hears(2));
        link.cuts(stage.clock);

        link = stage.venue.link(coinbase::asks);
        link.says(CoinbaseDialect.match("last_match", 8, "100.03", "1"));
        link.says(coinbase.trade(9, "100.04", "1"));
        assertEquals(List.of("trade 9 100.04 x 1"), stage.hears(1));
        link.cuts(stage.clock);

        link = stage.venue.link(coinbase::asks);
        link.says(CoinbaseDialect.match("last_match", 12, "100.05", "1"));
        assertEquals(List.of("loss", "trade 12 100.05 x 1"), stage.hears(2));
    }

    @Test
    void aHeartbeatTellsOfATradeThatNeverCame() throws Exception {
        StandIn.Link link = begin();
        link.says(coinbase.trade(7, "100.02", "1"));
        link.says(CoinbaseDialect.heartbeat(8), coinbase.trade(8, "100.03", "1"));
        assertEquals(List.of("trade 7 100.02 x 1", "trade 8 100.03 x 1"), stage.hears(2), "it was only on its way");

        link.says(CoinbaseDialect.heartbeat(9), CoinbaseDialect.heartbeat(9), CoinbaseDialect.heartbeat(9));
        link.says(coinbase.trade(9, "100.04", "1"), coinbase.trade(10, "100.05", "1"));
        assertEquals(List.of("loss", "trade 10 100.05 x 1"), stage.hears(2), "what is given up is not told later");
    }

    @Test
    void aProductThatIsRefusedIsNotAskedForAgain() throws Exception {
        stage.venue.throttles(
                coinbase::asks,
                "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"BTC-USD is not a valid product\"}");
        StandIn.Link link = begin();
        link.says(coinbase.trade(7, "100.02", "1"));
        stage.hears(1);
        for (int i = 0; i < 3; i++) {
            stage.clock.advance(Duration.ofSeconds(11));
            link.says(coinbase.heartbeat());
            stage.awaitState(FeedStatus.State.LIVE);
        }
        assertTrue(link.rest().stream().noneMatch(coinbase::asks));
    }

    @Test
    void aProductThatCanNotBeTradedIsHalted() throws Exception {
        StandIn.Link link = begin();
        link.says(
                CoinbaseDialect.STATUS.replaceFirst("\"cancel_only\":false", "\"cancel_only\":true"),
                CoinbaseDialect.STATUS);
        assertEquals(List.of("phase BTC-USD HALTED cancel_only", "phase BTC-USD OPEN "), stage.phases(2));
    }
}
