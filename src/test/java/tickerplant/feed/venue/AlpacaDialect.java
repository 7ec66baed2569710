package tickerplant.feed.venue;

import java.util.List;
import tickerplant.feed.FeedSpec;

/** Alpaca's stream of shares, version 2. */
final class AlpacaDialect implements Dialect {
    private static final String ASSETS =
            """
            [{"id":"b0b6dd9d-8b9b-48a9-ba46-b9d54906e415","class":"us_equity","exchange":"NASDAQ","symbol":"AAPL",
            "name":"Apple Inc. Common Stock","status":"active","tradable":true,"marginable":true,"shortable":true,
            "easy_to_borrow":true,"fractionable":true},
            {"id":"57c36645","class":"us_equity","symbol":7},
            {"id":"57c36644-876b-437c-b913-3cdb58b18fd3","class":"us_equity","exchange":"BATS","symbol":"SPY",
            "name":"SPDR S&P 500","status":"active","tradable":true}]""";

    @Override
    public void teach(StandIn standIn) {
        standIn.shows("/v2/assets?status=active&asset_class=us_equity", ASSETS)
                .greets(path -> List.of("[{\"T\":\"success\",\"msg\":\"connected\"}]"))
                .answers(this::answer);
    }

    private List<String> answer(String request) {
        if (request.contains("\"auth\"")) {
            return List.of(
                    request.equals("{\"action\":\"auth\",\"key\":\"test-APCA_API_KEY_ID\","
                                    + "\"secret\":\"test-APCA_API_SECRET_KEY\"}")
                            ? "[{\"T\":\"success\",\"msg\":\"authenticated\"}]"
                            : "[{\"T\":\"error\",\"code\":402,\"msg\":\"auth failed\"}]");
        }
        String symbols = asks(request) ? "\"AAPL\"" : "";
        return List.of("[{\"T\":\"subscription\",\"trades\":[" + symbols + "],\"quotes\":[" + symbols
                + "],\"bars\":[],\"updatedBars\":[],\"dailyBars\":[],\"statuses\":[" + symbols + "],\"lulds\":[],"
                + "\"corrections\":[" + symbols + "],\"cancelErrors\":[" + symbols + "]}]");
    }

    @Override
    public FeedSpec spec(StandIn standIn) {
        return FeedSpec.parse("alpaca?url=" + standIn.ws("/v2/iex") + "&rest=" + standIn.http("/"));
    }

    @Override
    public String code() {
        return "AAPL";
    }

    @Override
    public String trade(long number, String price, String size) {
        return "[{\"T\":\"t\",\"i\":" + number + ",\"S\":\"AAPL\",\"x\":\"V\",\"p\":" + price + ",\"s\":" + size
                + ",\"t\":\"2026-01-02T14:30:00." + String.format("%09d", number * 1_000)
                + "Z\",\"c\":[\"@\",\"I\"],\"z\":\"C\"}]";
    }

    @Override
    public String id(long number) {
        return "V" + number;
    }

    @Override
    public String quote(String bid, String ask) {
        return "[{\"T\":\"q\",\"S\":\"AAPL\",\"bx\":\"V\",\"bp\":" + bid + ",\"bs\":1,\"ax\":\"V\",\"ap\":" + ask
                + ",\"as\":4,\"t\":\"2026-01-02T14:30:01.335689322Z\",\"c\":[\"R\"],\"z\":\"C\"}]";
    }

    @Override
    public String heartbeat() {
        return "[]";
    }

    @Override
    public String throttled() {
        return "[{\"T\":\"error\",\"code\":405,\"msg\":\"symbol limit exceeded\"}]";
    }

    @Override
    public boolean asks(String request) {
        return request.contains("\"subscribe\"") && request.contains("\"AAPL\"");
    }

    @Override
    public boolean asksNoMore(String request) {
        return request.contains("\"unsubscribe\"") && request.contains("\"AAPL\"");
    }

    @Override
    public boolean numbersTrades() {
        return false;
    }

    @Override
    public boolean repeatsQuotes() {
        return false;
    }
}
