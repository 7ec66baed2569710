package tickerplant.feed.venue;

import java.util.ArrayList;
import java.util.List;
import tickerplant.feed.FeedSpec;

/** Kraken's WebSocket protocol 2. */
final class KrakenDialect implements Dialect {
    private static final String STATUS =
            """
            {"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2",
            "connection_id":18266300427528990701}]}""";

    private static final String INSTRUMENTS =
            """
            {"channel":"instrument","type":"snapshot","data":{"assets":[
            {"id":"BTC","status":"enabled","precision":10,"precision_display":5,"borrowable":true,"collateral_value":1.00,"margin_rate":0.015},
            {"id":"USD","status":"enabled","precision":4,"precision_display":2,"borrowable":true,"collateral_value":1.00,"margin_rate":0.025}],
            "pairs":[
            {"symbol":"BTC/USD","base":"BTC","quote":"USD","status":"online","qty_precision":8,"qty_increment":1e-8,"price_precision":2,
            "cost_precision":5,"marginable":true,"has_index":true,"cost_min":0.50,"margin_initial":0.20,"position_limit_long":300,
            "position_limit_short":250,"tick_size":0.01,"price_increment":0.01,"qty_min":0.0001},
            {"symbol":"BAD/USD","base":"BAD","quote":"USD","status":"online","qty_precision":"many","price_precision":2},
            {"symbol":"ETH/EUR","base":"ETH","quote":"EUR","status":"online","qty_precision":8,"qty_increment":1e-8,"price_precision":2,
            "cost_precision":5,"marginable":true,"has_index":true,"cost_min":0.45,"tick_size":0.01,"price_increment":0.01,"qty_min":0.002}]}}""";

    @Override
    public void teach(StandIn standIn) {
        standIn.greets(path -> List.of(STATUS)).answers(this::answer);
    }

    private List<String> answer(String request) {
        if (request.contains("\"channel\":\"instrument\"")) {
            return List.of(
                    """
                    {"method":"subscribe","result":{"channel":"instrument","snapshot":true},"success":true,
                    "time_in":"2026-01-02T14:30:00.000001Z","time_out":"2026-01-02T14:30:00.000100Z"}""",
                    INSTRUMENTS);
        }
        List<String> answers = new ArrayList<>();
        String channel = request.contains("\"channel\":\"trade\"") ? "trade" : "ticker";
        if (asks(request) && request.contains(code())) {
            answers.add("{\"method\":\"subscribe\",\"result\":{\"channel\":\"" + channel
                    + "\",\"snapshot\":true,\"symbol\":\"" + code() + "\"},\"success\":true,"
                    + "\"time_in\":\"2026-01-02T14:30:00.000001Z\",\"time_out\":\"2026-01-02T14:30:00.000100Z\"}");
        }
        return answers;
    }

    @Override
    public FeedSpec spec(StandIn standIn) {
        return FeedSpec.parse("kraken?url=" + standIn.ws("/v2"));
    }

    @Override
    public String code() {
        return "BTC/USD";
    }

    @Override
    public String trade(long number, String price, String size) {
        return "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[" + row(number, price, size) + "]}";
    }

    /** The trades that a subscription begins with. */
    static String lastTrades(String... rows) {
        return "{\"channel\":\"trade\",\"type\":\"snapshot\",\"data\":[" + String.join(",", rows) + "]}";
    }

    static String row(long number, String price, String size) {
        return "{\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":" + price + ",\"qty\":" + size
                + ",\"ord_type\":\"limit\",\"trade_id\":" + number + ",\"timestamp\":\"2026-01-02T14:30:00."
                + String.format("%06d", number) + "Z\"}";
    }

    @Override
    public String quote(String bid, String ask) {
        return "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bid\":" + bid
                + ",\"bid_qty\":0.50000000,\"ask\":" + ask + ",\"ask_qty\":1.25000000,\"last\":" + bid
                + ",\"volume\":2000.1,\"vwap\":100.1,\"low\":99,\"high\":101,\"change\":-1.5,\"change_pct\":-0.01,"
                + "\"timestamp\":\"2026-01-02T14:30:01.000001Z\"}]}";
    }

    @Override
    public String heartbeat() {
        return "{\"channel\":\"heartbeat\"}";
    }

    @Override
    public String throttled() {
        return """
            {"error":"Exceeded msg rate","method":"subscribe","success":false,"symbol":"BTC/USD",
            "time_in":"2026-01-02T14:30:00.000001Z","time_out":"2026-01-02T14:30:00.000100Z"}""";
    }

    @Override
    public boolean asks(String request) {
        return request.contains("\"method\":\"subscribe\"") && request.contains("\"" + code() + "\"");
    }

    @Override
    public boolean asksNoMore(String request) {
        return request.contains("\"method\":\"unsubscribe\"") && request.contains("\"" + code() + "\"");
    }
}
