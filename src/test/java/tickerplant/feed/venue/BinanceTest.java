package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.LastWord;
import tickerplant.market.Instrument;
import tickerplant.market.Side;
import tickerplant.market.Trade;

class BinanceTest {
    private final Stage stage = new Stage();
    private final BinanceDialect binance = new BinanceDialect();

    BinanceTest() throws IOException {
        binance.teach(stage.venue);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private StandIn.Link begin() throws Exception {
        stage.begin(FeedSpec.parse(
                "binance?symbols=BTCUSDT&url=" + stage.venue.ws("/stream") + "&rest=" + stage.venue.http("/")));
        return stage.venue.link(binance::asks);
    }

    @Test
    void instrumentsAreReadOverHttpInTheStepsOfTheirFilters() throws Exception {
        stage.begin(binance.spec(stage.venue));
        Instrument bitcoin = stage.instrument("BTCUSDT");
        assertEquals(2, bitcoin.priceDecimals());
        assertEquals(8, bitcoin.sizeDecimals());
        assertEquals("USDT", bitcoin.currency());
        assertEquals(8, stage.instrument("ETHEUR").priceDecimals(), "that of the currency, where no filter says less");
        assertEquals(2, stage.instruments().size(), "what is in a break is not listed");
    }

    @Test
    void aSymbolIsAskedForInTheWordsOfTheDocumentation() throws Exception {
        stage.begin(binance.spec(stage.venue));
        stage.follow("BTCUSDT");
        StandIn.Link link = stage.venue.link();
        assertEquals(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"btcusdt@bookTicker\"],\"id\":1}",
                link.hears());
    }

    @Test
    void aServerThatShutsDownIsLeftAtOnce() throws Exception {
        StandIn.Link link = begin();
        link.says(binance.quote("100.01", "100.02"), binance.trade(7, "100.02", "1"));
        stage.hears(2);
        link.says("{\"e\":\"serverShutdown\",\"E\":1767364200000100}");

        StandIn.Link next = stage.venue.link(binance::asks);
        link.hears("close");
        assertEquals(List.of("quote none none"), stage.hears(1), "a subscription does not begin with what stands");
        next.says(binance.trade(8, "100.03", "1"));
        assertEquals(List.of("trade 8 100.03 x 1"), stage.hears(1));
    }

    @Test
    void aNodeThatTakesOverBelievesNoOldQuoteAndTellsOfTheTradesBetween() throws Exception {
        stage.begin(
                FeedSpec.parse(
                        "binance?symbols=BTCUSDT&url=" + stage.venue.ws("/stream") + "&rest=" + stage.venue.http("/")),
                instrument -> new LastWord(
                        instrument,
                        Optional.of(new Trade(instrument.symbol(), 10_002, 1, Side.BUY, "7", "", Set.of(), 1_000)),
                        true,
                        Optional.empty(),
                        1_000));
        StandIn.Link link = stage.venue.link(binance::asks);
        link.says(binance.trade(10, "100.05", "1"), binance.quote("100.01", "100.02"));

        assertEquals(List.of("quote none none", "loss", "trade 10 100.05 x 1", "quote 100.01 100.02"), stage.hears(4));
    }

    @Test
    void aQuoteThatComesTwiceOrLateIsPassedOver() throws Exception {
        StandIn.Link link = begin();
        String first = binance.quote("100.01", "100.02");
        String second = binance.quote("100.03", "100.04");
        link.says(first, second, first, second, binance.quote("100.05", "100.06"));
        assertEquals(List.of("quote 100.01 100.02", "quote 100.03 100.04", "quote 100.05 100.06"), stage.hears(3));
    }

    @Test
    void aPingOfTheVenueIsAnsweredAndAWord() throws Exception {
        StandIn.Link link = begin();
        link.pings();
        link.hears("pong");
        stage.awaitState(FeedStatus.State.LIVE);
    }

    @Test
    void withoutItsInstrumentsTheVenueIsDown() throws Exception {
        try (StandIn empty = new StandIn()) {
            stage.begin(FeedSpec.parse("binance?url=" + empty.ws("/stream") + "&rest=" + empty.http("/")));
            stage.awaitState(FeedStatus.State.DOWN);
            stage.awaitProblem("IOException: 127.0.0.1/api/v3/exchangeInfo answered 404, expected 200");
        }
    }
}
