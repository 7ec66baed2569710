package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Instrument;
import tickerplant.market.Symbol;
import tickerplant.market.TradeUpdate;
import tickerplant.message.ErrorMessage;
import tickerplant.message.FeedHealth;
import tickerplant.message.Frame;
import tickerplant.message.Frames;
import tickerplant.message.Gap;
import tickerplant.message.Goaway;
import tickerplant.message.Heartbeat;
import tickerplant.message.Message;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.Recovered;
import tickerplant.message.RequestId;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;
import tickerplant.message.Subscribed;
import tickerplant.message.Subscriptions;
import tickerplant.message.Unsubscribed;
import tickerplant.message.UpdateMessage;
import tickerplant.message.Welcome;

class JsonFramesTest {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final RequestId TWO = new RequestId("2", RequestId.Kind.INTEGER);
    private static final RequestId WORD = new RequestId("a\"b", RequestId.Kind.STRING);

    private static String only(Message message) {
        Frames frames = new JsonFrames().frames(message);
        String text = text(frames.next(1));
        assertFalse(frames.hasNext());
        assertThrows(NoSuchElementException.class, () -> frames.next(1));
        return text;
    }

    private static String text(Frame frame) {
        assertEquals(frame.text().getBytes(StandardCharsets.UTF_8).length, frame.length());
        return frame.text();
    }

    @Test
    void welcome() {
        assertEquals(
                "{\"type\":\"welcome\",\"protocol\":\"tickerplant.v1\",\"server\":\"tickerplant/0.1.0\","
                        + "\"session\":\"s-1\",\"epoch\":\"e-1\",\"ts\":1767225600123,\"heartbeat_ms\":5000,"
                        + "\"auth\":\"none\",\"channels\":[\"ticker\",\"trades\"],\"intervals\":[],"
                        + "\"limits\":{\"symbols\":10000,\"message_bytes\":65536,\"frame_bytes\":262144,"
                        + "\"requests_per_s\":20,\"max_rate\":50}}",
                only(new Welcome(
                        "tickerplant/0.1.0",
                        "s-1",
                        "e-1",
                        1_767_225_600_123_000L,
                        5_000,
                        Welcome.Auth.NONE,
                        List.of(Channel.TICKER, Channel.TRADES),
                        new Welcome.Limits(10_000, 65_536, 262_144, 20))));
    }

    @Test
    void subscribed() {
        assertEquals(
                "{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"AAPL\",\"M*\"],\"total\":2}",
                only(new Subscribed(TWO, Channel.TICKER, List.of("AAPL", "M*"), 2, List.of(), Map.of(), Map.of())));
    }

    @Test
    void subscribedBySomebodyWhoComesBack() {
        assertEquals(
                "{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"],\"total\":1,"
                        + "\"seq\":{\"AAPL\":1042},\"recovery\":{\"AAPL\":\"merged\"}}",
                only(new Subscribed(
                        TWO,
                        Channel.TICKER,
                        List.of("AAPL"),
                        1,
                        List.of(),
                        Map.of("AAPL", 1_042L),
                        Map.of("AAPL", Recovered.MERGED))));
    }

    @Test
    void subscribedWithSomethingRejected() {
        assertEquals(
                "{\"type\":\"subscribed\",\"channel\":\"trades\",\"symbols\":[],\"total\":0,\"rejected\":["
                        + "{\"symbol\":\"APPL\",\"code\":404,\"reason\":\"unknown_symbol\"},"
                        + "{\"symbol\":\"\\u000d\\u000a\\ud800\",\"code\":400,\"reason\":\"invalid_field\"},"
                        + "{\"symbol\":\"MSFT\",\"code\":422,\"reason\":\"symbol_limit\"}]}",
                only(new Subscribed(
                        RequestId.NONE,
                        Channel.TRADES,
                        List.of(),
                        0,
                        List.of(
                                new Subscribed.Rejected("APPL", Reason.UNKNOWN_SYMBOL),
                                new Subscribed.Rejected("\r\n\ud800", Reason.INVALID_FIELD),
                                new Subscribed.Rejected("MSFT", Reason.SYMBOL_LIMIT)),
                        Map.of(),
                        Map.of())));
    }

    @Test
    void unsubscribed() {
        assertEquals(
                "{\"type\":\"unsubscribed\",\"id\":\"a\\\"b\",\"channel\":\"status\",\"symbols\":[\"MSFT\"],\"total\":1}",
                only(Unsubscribed.from(WORD, Channel.STATUS, List.of("MSFT"), 1)));
    }

    @Test
    void subscriptions() {
        assertEquals(
                "{\"type\":\"subscriptions\",\"id\":2,\"data\":[{\"channel\":\"ticker\",\"symbols\":[\"AAPL\",\"*\"]},"
                        + "{\"channel\":\"trades\",\"symbols\":[\"M*\"]}]}",
                only(new Subscriptions(
                        TWO,
                        List.of(
                                new Subscriptions.Entries(Channel.TICKER, List.of("AAPL", "*"), Rate.UNLIMITED),
                                new Subscriptions.Entries(Channel.TRADES, List.of("M*"), Rate.UNLIMITED)))));
        assertEquals("{\"type\":\"subscriptions\",\"data\":[]}", only(new Subscriptions(RequestId.NONE, List.of())));
    }

    @Test
    void gap() {
        assertEquals(
                "{\"type\":\"gap\",\"channel\":\"trades\",\"symbol\":\"AAPL\",\"from\":101,\"to\":150,"
                        + "\"reason\":\"slow_client\"}",
                only(new Gap(Channel.TRADES, new Symbol("AAPL"), 101, 150, Gap.Why.SLOW_CLIENT)));
    }

    @Test
    void heartbeat() {
        assertEquals(
                "{\"type\":\"heartbeat\",\"ts\":1.5,\"feed\":\"live\",\"feed_age_ms\":40}",
                only(new Heartbeat(1_500, FeedHealth.LIVE, OptionalLong.of(40), Optional.empty())));
        assertEquals(
                "{\"type\":\"heartbeat\",\"ts\":2,\"feed\":\"down\"}",
                only(new Heartbeat(2_000, FeedHealth.DOWN, OptionalLong.empty(), Optional.empty())));
    }

    @Test
    void pong() {
        assertEquals(
                "{\"type\":\"pong\",\"id\":9007199254740993,\"ts\":1.50e1,\"server_ts\":0.001}",
                only(new Pong(new RequestId("9007199254740993", RequestId.Kind.INTEGER), "1.50e1", 1)));
        assertEquals("{\"type\":\"pong\",\"server_ts\":1}", only(new Pong(RequestId.NONE, "", 1_000)));
    }

    @Test
    void goaway() {
        assertEquals("{\"type\":\"goaway\",\"reason\":\"shutdown\",\"reconnect_ms\":2350}", only(new Goaway(2_350)));
    }

    @Test
    void error() {
        assertEquals(
                "{\"type\":\"error\",\"id\":2,\"code\":400,\"reason\":\"invalid_field\","
                        + "\"message\":\"channel must be ticker\",\"field\":\"channel\",\"retry\":false}",
                only(ErrorMessage.field(TWO, "channel", "ticker")));
        assertEquals(
                "{\"type\":\"error\",\"code\":429,\"reason\":\"rate_limited\",\"message\":\"wait\",\"retry\":true}",
                only(new ErrorMessage(RequestId.NONE, Reason.RATE_LIMITED, "wait", "")));
    }

    @Test
    void everyReasonHasItsWordAndNumber() {
        for (Reason reason : Reason.values()) {
            String text = only(new ErrorMessage(TWO, reason, "m", ""));
            String expected = "\"code\":" + reason.code() + ",\"reason\":\"" + reason.word() + "\"";
            assertTrue(text.contains(expected), text);
        }
    }

    @Test
    void update() {
        TradeUpdate trade = new TradeUpdate(Events.ACME_INC, 1, Events.oddLot("ACME", 18_900, 1, 7_000));
        UpdateMessage message = new UpdateMessage(Channel.TRADES, 8_000, List.of(new Row(trade, new JsonRows())));
        assertEquals(
                "{\"type\":\"update\",\"channel\":\"trades\",\"ts\":8,\"data\":[{\"symbol\":\"ACME\",\"seq\":1,"
                        + "\"price\":189,\"size\":1,\"id\":\"t7000\",\"cond\":[\"odd_lot\"],\"ts\":7}]}",
                only(message));
    }

    /** Rows whose texts are of very different lengths. */
    private static List<Row> rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "S" + i;
            Instrument instrument = new Instrument(new Symbol(name), "", "", "", i % 13, 0, ZoneOffset.UTC);
            long price = 1 + (long) i * i * i * 977;
            rows.add(new Row(new TradeUpdate(instrument, i + 1, Events.trade(name, price, 1, i)), new JsonRows()));
        }
        return rows;
    }

    @Test
    void howeverTheyAreSplitEveryRowComesOnceInItsOrderAndOnlyTheLastFrameSaysEnd() {
        for (int count : new int[] {1, 2, 3, 10, 200}) {
            List<Row> rows = rows(count);
            for (int maxBytes = 1; maxBytes < 700; maxBytes += count > 10 ? 23 : 1) {
                split(new Snapshot(Channel.TRADES, 5, rows), rows, maxBytes, true);
                split(new UpdateMessage(Channel.TRADES, 5, rows), rows, maxBytes, false);
            }
            split(new Snapshot(Channel.TRADES, 5, rows), rows, 262_144, true);
        }
    }

    private static void split(Message message, List<Row> rows, int maxBytes, boolean snapshot) {
        List<Long> heard = new ArrayList<>();
        Frames frames = new JsonFrames().frames(message);
        while (frames.hasNext()) {
            Frame frame = frames.next(maxBytes);
            JsonObject object = parsed(frame);
            int inIt = object.getJsonArray("data").size();
            assertTrue(inIt > 0);
            assertTrue(inIt == 1 || frame.length() <= maxBytes, frame.length() + " of " + maxBytes);
            object.getJsonArray("data")
                    .forEach(row ->
                            heard.add(row.asJsonObject().getJsonNumber("seq").longValueExact()));
            assertEquals(snapshot && !frames.hasNext(), object.getBoolean("end", false));
        }
        assertEquals(rows.stream().map(row -> row.update().seq()).toList(), heard);
    }

    private static JsonObject parsed(Frame frame) {
        try (JsonReader reader = PROVIDER.createReader(
                new ByteArrayInputStream(frame.bytes(), frame.bytes().length - frame.length(), frame.length()))) {
            return reader.readObject();
        }
    }

    @Test
    void aSingleRowMayBeLongerThanAFrameShouldBe() {
        Frames frames = new JsonFrames().frames(new Snapshot(Channel.TRADES, 5, rows(2)));
        assertTrue(frames.next(10).length() > 10);
        assertTrue(frames.hasNext());
        assertTrue(text(frames.next(10)).endsWith("],\"end\":true}"));
    }
}
