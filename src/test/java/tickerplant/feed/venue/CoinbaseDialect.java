package tickerplant.feed.venue;

import java.util.List;
import tickerplant.feed.FeedSpec;

/** The WebSocket feed of Coinbase Exchange. */
final class CoinbaseDialect implements Dialect {
    static final String STATUS =
            """
            {"type":"status","currencies":[{"id":"USD","name":"United States Dollar","min_size":"0.01000000","status":"online",
            "funding_account_id":"80a3ccba","status_message":"","max_precision":"0.01","convertible_to":["USDC"],
            "details":{"type":"fiat"}}],
            "products":[{"id":"BTC-USD","base_currency":"BTC","quote_currency":"USD","base_increment":"0.00000001",
            "quote_increment":"0.01","display_name":"BTC-USD","status":"online","margin_enabled":false,"status_message":null,
            "min_market_funds":"10","post_only":false,"limit_only":false,"cancel_only":false,"fx_stablecoin":false},
            {"id":"BAD-USD","base_currency":"BAD","quote_currency":"USD","base_increment":"-1","quote_increment":"0.01",
            "status":"online"},
            {"id":"ETH-EUR","base_currency":"ETH","quote_currency":"EUR","base_increment":"0.00000001","quote_increment":"0.01",
            "display_name":"ETH-EUR","status":"online","status_message":null,"min_market_funds":"10","post_only":false,
            "limit_only":false,"cancel_only":false,"fx_stablecoin":false}]}""";

    @Override
    public void teach(StandIn standIn) {
        standIn.answers(this::answer);
    }

    private List<String> answer(String request) {
        if (request.contains("\"status\"")) {
            return List.of(
                    "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"status\",\"product_ids\":[],\"account_ids\":null}]}",
                    STATUS);
        }
        return asks(request)
                ? List.of(
                        "{\"type\":\"subscriptions\",\"channels\":[{\"name\":\"matches\",\"product_ids\":[\"BTC-USD\"]},"
                                + "{\"name\":\"ticker\",\"product_ids\":[\"BTC-USD\"]},"
                                + "{\"name\":\"heartbeat\",\"product_ids\":[\"BTC-USD\"]}]}")
                : List.of();
    }

    @Override
    public FeedSpec spec(StandIn standIn) {
        return FeedSpec.parse("coinbase?url=" + standIn.ws("/"));
    }

    @Override
    public String code() {
        return "BTC-USD";
    }

    @Override
    public String trade(long number, String price, String size) {
        return match("match", number, price, size);
    }

    static String match(String type, long number, String price, String size) {
        String quoted = price.startsWith("\"") ? price : "\"" + price + "\"";
        return "{\"type\":\"" + type + "\",\"trade_id\":" + number + ",\"sequence\":" + (50 + 7 * number)
                + ",\"maker_order_id\":\"ac928c66-ca53-498f-9c13-a110027a60e8\","
                + "\"taker_order_id\":\"132fb6ae-456b-4654-b4e0-d681ac05cea1\","
                + "\"time\":\"2026-01-02T14:30:00." + String.format("%06d", number) + "Z\",\"product_id\":\"BTC-USD\","
                + "\"size\":\"" + size + "\",\"price\":" + quoted + ",\"side\":\"sell\"}";
    }

    static String heartbeat(long lastTrade) {
        return "{\"type\":\"heartbeat\",\"sequence\":90,\"last_trade_id\":" + lastTrade
                + ",\"product_id\":\"BTC-USD\",\"time\":\"2026-01-02T14:30:01.464459Z\"}";
    }

    @Override
    public String quote(String bid, String ask) {
        return "{\"type\":\"ticker\",\"sequence\":37475248783,\"product_id\":\"BTC-USD\",\"price\":\"" + bid
                + "\",\"open_24h\":\"99.45\",\"volume_24h\":\"245532.79\",\"low_24h\":\"98.58\",\"high_24h\":\"111.85\","
                + "\"volume_30d\":\"9788783.60\",\"best_bid\":\"" + bid + "\",\"best_bid_size\":\"0.46688654\","
                + "\"best_ask\":\"" + ask + "\",\"best_ask_size\":\"1.56637040\",\"side\":\"buy\","
                + "\"time\":\"2026-01-02T14:30:01.061769Z\",\"trade_id\":370843401,\"last_size\":\"11.4396987\"}";
    }

    @Override
    public String heartbeat() {
        return heartbeat(0);
    }

    @Override
    public String throttled() {
        return "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"rate limit exceeded\"}";
    }

    @Override
    public boolean asks(String request) {
        return request.contains("\"type\":\"subscribe\"") && request.contains("\"BTC-USD\"");
    }

    @Override
    public boolean asksNoMore(String request) {
        return request.contains("\"type\":\"unsubscribe\"") && request.contains("\"BTC-USD\"");
    }
}
