package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.market.FixedClock;

/** Alpaca and Finnhub, which want a key. */
class KeyedVenuesTest {
    private final Stage stage = new Stage();
    private final AlpacaDialect alpaca = new AlpacaDialect();
    private final FinnhubDialect finnhub = new FinnhubDialect();

    KeyedVenuesTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private StandIn.Link begin(Dialect dialect) throws Exception {
        dialect.teach(stage.venue);
        stage.begin(dialect.spec(stage.venue));
        stage.follow("AAPL");
        return stage.venue.link(dialect::asks);
    }

    @Test
    void withoutAKeyTheFeedSaysWhereItIsExpected() {
        assertEquals(
                "'alpaca' needs a key, expected it in the environment variable APCA_API_KEY_ID", refusal("alpaca"));
        assertEquals(
                "'finnhub' needs a key, expected it in the environment variable FINNHUB_API_KEY", refusal("finnhub"));
    }

    private static String refusal(String spec) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> VenueFeed.of(FeedSpec.parse(spec), FixedClock.at(1), key -> Optional.of(" ")))
                .getMessage();
    }

    @Test
    void theKeyIsShownToTheVenueAndToNobodyElse() throws Exception {
        begin(finnhub);
        assertTrue(stage.venue.asked().contains("GET /?token=test-FINNHUB_API_KEY HTTP/1.1"));
        assertTrue(stage.venue.asked().contains("X-Finnhub-Token: test-FINNHUB_API_KEY"));
        stage.venue.refuses(true);
        stage.venue.close();
        stage.awaitState(FeedStatus.State.DOWN);
        await("a problem is told", () -> !stage.status().lastProblem().isEmpty());
        assertFalse(
                stage.status().lastProblem().contains("test-"), stage.status().lastProblem());
    }

    @Test
    void aWrongKeyIsAProblemInTheVenuesWords() throws Exception {
        alpaca.teach(stage.venue);
        stage.venue.throttles(
                text -> text.contains("\"auth\""), "[{\"T\":\"error\",\"code\":402,\"msg\":\"auth failed\"}]");
        stage.begin(alpaca.spec(stage.venue));
        stage.awaitProblem("IOException: the venue leaves, 402 auth failed");
        stage.awaitState(FeedStatus.State.DOWN);
    }

    @Test
    void sharesAreAskedForInTheWordsOfTheDocumentation() throws Exception {
        alpaca.teach(stage.venue);
        stage.begin(alpaca.spec(stage.venue));
        stage.follow("AAPL");
        StandIn.Link link = stage.venue.link();
        link.hears("auth");
        assertEquals(
                "{\"action\":\"subscribe\",\"trades\":[\"AAPL\"],\"quotes\":[\"AAPL\"],\"statuses\":[\"AAPL\"]}",
                link.hears());
        assertTrue(stage.venue.asked().contains("APCA-API-SECRET-KEY: test-APCA_API_SECRET_KEY"));
        assertEquals("Apple Inc. Common Stock", stage.instrument("AAPL").name());
    }

    @Test
    void correctionsCancelsAndHaltsOfAlpacaAreTold() throws Exception {
        StandIn.Link link = begin(alpaca);
        link.says(
                alpaca.trade(7, "100.02", "1"),
                "[{\"T\":\"c\",\"S\":\"AAPL\",\"x\":\"V\",\"oi\":7,\"op\":100.02,\"os\":1,\"oc\":[\"@\"],\"ci\":8,\"cp\":100.03,"
                        + "\"cs\":2,\"cc\":[\"@\"],\"z\":\"C\",\"t\":\"2026-01-02T14:30:01Z\"},"
                        + "{\"T\":\"x\",\"S\":\"AAPL\",\"i\":8,\"x\":\"V\",\"p\":100.03,\"s\":2,\"a\":\"C\",\"z\":\"C\","
                        + "\"t\":\"2026-01-02T14:30:02Z\"},"
                        + "{\"T\":\"s\",\"S\":\"AAPL\",\"sc\":\"H\",\"sm\":\"Trading Halt\",\"rc\":\"T12\",\"rm\":\"\","
                        + "\"t\":\"2026-01-02T14:30:03Z\",\"z\":\"C\"}]");

        assertEquals(List.of("trade V7 100.02 x 1", "cancel V7", "trade V8 100.03 x 2", "cancel V8"), stage.hears(4));
        assertEquals(List.of("phase AAPL HALTED T12"), stage.phases(1));
    }

    @Test
    void namedSymbolsOfFinnhubNeedNoList() throws Exception {
        stage.begin(FeedSpec.parse("finnhub?symbols=BINANCE:BTCUSDT&url=" + stage.venue.ws("/")));
        assertEquals(8, stage.instrument("BINANCE:BTCUSDT").priceDecimals());
        StandIn.Link link = stage.venue.link(text -> text.contains("BINANCE:BTCUSDT"));
        link.says("{\"data\":[{\"p\":7296.89,\"s\":\"BINANCE:BTCUSDT\",\"t\":1767364200000,\"v\":0},"
                + "{\"p\":7296.891,\"s\":\"BINANCE:BTCUSDT\",\"t\":1767364200001,\"v\":0.011467}],"
                + "\"type\":\"trade\"}");
        assertEquals(List.of("trade  7296.891 x 0.011467"), stage.hears(1), "what was traded, and no more");
    }
}
