package tickerplant.feed.venue;

import tickerplant.feed.FeedSpec;

/** Finnhub's stream of trades. */
final class FinnhubDialect implements Dialect {
    private static final String STOCKS =
            """
            [{"currency":"USD","description":"APPLE INC","displaySymbol":"AAPL","figi":"BBG000B9Y5X2","mic":"XNAS","symbol":"AAPL",
            "type":"Common Stock"},
            {"currency":"USD","description":"MICROSOFT CORP","displaySymbol":"MSFT","figi":"BBG000BPHFS9","mic":"XNAS",
            "symbol":"MSFT","type":"Common Stock"}]""";

    @Override
    public void teach(StandIn standIn) {
        standIn.shows("/api/v1/stock/symbol?exchange=US", STOCKS);
    }

    @Override
    public FeedSpec spec(StandIn standIn) {
        return FeedSpec.parse("finnhub?url=" + standIn.ws("/") + "&rest=" + standIn.http("/"));
    }

    @Override
    public String code() {
        return "AAPL";
    }

    @Override
    public String trade(long number, String price, String size) {
        return "{\"data\":[{\"c\":[\"1\",\"12\"],\"p\":" + price + ",\"s\":\"AAPL\",\"t\":"
                + (1_767_364_200_000L + number) + ",\"v\":" + size + "}],\"type\":\"trade\"}";
    }

    @Override
    public String id(long number) {
        return "";
    }

    @Override
    public String quote(String bid, String ask) {
        return heartbeat();
    }

    @Override
    public boolean quotes() {
        return false;
    }

    @Override
    public String heartbeat() {
        return "{\"type\":\"ping\"}";
    }

    @Override
    public String throttled() {
        return "{\"msg\":\"Subscribing to too many symbols\",\"type\":\"error\"}";
    }

    @Override
    public boolean asks(String request) {
        return request.equals("{\"type\":\"subscribe\",\"symbol\":\"AAPL\"}");
    }

    @Override
    public boolean asksNoMore(String request) {
        return request.equals("{\"type\":\"unsubscribe\",\"symbol\":\"AAPL\"}");
    }

    @Override
    public boolean numbersTrades() {
        return false;
    }
}
