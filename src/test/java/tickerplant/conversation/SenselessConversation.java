package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Listed;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * A client that talks nonsense to the real service, beside a neighbour whose stream must stay clean. What tests of such requests
 * share.
 */
abstract class SenselessConversation {
    static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"id\":8,\"channel\":\"ticker\",\"symbols\":";
    final Observatory observatory = new Observatory();
    Play play;
    TestService service;
    TestClient neighbour;
    TestClient client;
    long price = 18_800;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        serve(Map.of(), listed("AAPL", 18_800), listed("MSFT", 40_000));
    }

    void serve(Map<Setting, String> settings, Listed... instruments) throws IOException, InterruptedException {
        play = new Play(observatory, instruments);
        service = TestService.with(settings, play.feed());
        neighbour = connect("neighbour");
        neighbour.request("""
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
        client = connect("client");
        client.hears("""
            {"type":"welcome"}""");
    }

    TestClient connect(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .checkedBy(observatory.checker(name))
                .connect();
    }

    @AfterEach
    void theNeighbourHasNoticedNothing() {
        tick("AAPL", neighbour);
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        end();
    }

    void end() {
        client.close();
        neighbour.close();
        service.close();
    }

    /** Plays a trade at a price of its own, and waits until the client has heard it. */
    void tick(String symbol, TestClient who) {
        price++;
        play.plays(trade(symbol, price, 100, price));
        String last = "\"last\":"
                + new BigDecimal(price).movePointLeft(2).stripTrailingZeros().toPlainString();
        who.await(
                last,
                message -> message.type().equals("update") && message.text().contains(last + ","));
    }

    /** Nothing is followed, and what is asked for now is done. */
    void assertGoesOn() {
        Message subscriptions = client.request("""
            {"type":"subscriptions","id":"still here"}""");
        assertEquals("{\"type\":\"subscriptions\",\"id\":\"still here\",\"data\":[]}", subscriptions.text());
        client.request("""
            {"type":"subscribe","id":"and well","channel":"ticker","symbols":["MSFT"]}""");
        client.hears("""
            {"type":"snapshot","channel":"ticker","data":[{"symbol":"MSFT"}]}""");
        tick("MSFT", client);
    }

    Message refuses(String text, String reason) {
        client.says(text);
        Message error = client.hears("{\"type\":\"error\",\"reason\":\"" + reason + "\",\"retry\":false}");
        assertEquals(1, service.tickerplant().sessions().count() - 1);
        return error;
    }

    void refusesWithoutId(String text, String reason) {
        assertFalse(refuses(text, reason).members().containsKey("id"), "there was no id to echo");
        assertGoesOn();
    }

    void refusesField(String text, String field, String id) {
        Message error = refuses(text, "invalid_field");
        assertEquals(field, error.members().get("field"));
        assertTrue(error.text().contains("\"id\":" + id + ","), error.text());
        assertGoesOn();
    }

    void refusesId(String id) {
        Message error = refuses("{\"type\":\"ping\",\"id\":" + id + "}", "invalid_field");
        assertEquals("id", error.members().get("field"));
        assertFalse(error.members().containsKey("id"), error.text());
        assertGoesOn();
    }
}
