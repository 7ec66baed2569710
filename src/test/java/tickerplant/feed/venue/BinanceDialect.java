package tickerplant.feed.venue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tickerplant.feed.FeedSpec;

/** Binance's spot market streams, combined, with times in microseconds. */
final class BinanceDialect implements Dialect {
    static final String EXCHANGE_INFO =
            """
            {"timezone":"UTC","serverTime":1565246363776,"rateLimits":[],"exchangeFilters":[],"symbols":[
            {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","baseAssetPrecision":8,"quoteAsset":"USDT",
            "quotePrecision":8,"quoteAssetPrecision":8,"orderTypes":["LIMIT","MARKET"],"icebergAllowed":true,
            "filters":[{"filterType":"PRICE_FILTER","minPrice":"0.01000000","maxPrice":"1000000.00000000","tickSize":"0.01000000"},
            {"filterType":"LOT_SIZE","minQty":"0.00000001","maxQty":"9000.00000000","stepSize":"0.00000001"}]},
            {"symbol":"OLDBTC","status":"BREAK","baseAsset":"OLD","baseAssetPrecision":8,"quoteAsset":"BTC",
            "quotePrecision":8,"quoteAssetPrecision":8,"filters":[]},
            {"symbol":"BADUSDT","status":"TRADING","baseAsset":"BAD","quoteAsset":"USDT","filters":[]},
            {"symbol":"ETHEUR","status":"TRADING","baseAsset":"ETH","baseAssetPrecision":8,"quoteAsset":"EUR",
            "quotePrecision":8,"quoteAssetPrecision":8,"filters":[]}]}""";

    private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

    private long update = 400_900_217;

    @Override
    public void teach(StandIn standIn) {
        standIn.shows("/api/v3/exchangeInfo?showPermissionSets=false", EXCHANGE_INFO)
                .answers(request -> {
                    Matcher id = ID.matcher(request);
                    return id.find() ? List.of("{\"result\":null,\"id\":" + id.group(1) + "}") : List.of();
                });
    }

    @Override
    public FeedSpec spec(StandIn standIn) {
        return FeedSpec.parse("binance?url=" + standIn.ws("/stream") + "&rest=" + standIn.http("/"));
    }

    @Override
    public String code() {
        return "BTCUSDT";
    }

    @Override
    public String trade(long number, String price, String size) {
        String quoted = price.startsWith("\"") ? price : "\"" + price + "\"";
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1767364200000100,\"s\":\"BTCUSDT\",\"t\":"
                + number + ",\"p\":" + quoted + ",\"q\":\"" + size + "\",\"T\":" + (1_767_364_200_000_000L + number)
                + ",\"m\":true,\"M\":true}}";
    }

    @Override
    public String quote(String bid, String ask) {
        update++;
        return "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":" + update + ",\"s\":\"BTCUSDT\",\"b\":\"" + bid
                + "\",\"B\":\"31.21000000\",\"a\":\"" + ask + "\",\"A\":\"40.66000000\"}}";
    }

    @Override
    public String heartbeat() {
        return "{\"result\":null,\"id\":0}";
    }

    @Override
    public String throttled() {
        return "{\"error\":{\"code\":3,\"msg\":\"Too many requests\"},\"id\":1}";
    }

    @Override
    public boolean asks(String request) {
        return request.contains("\"SUBSCRIBE\"") && request.contains("\"btcusdt@trade\"");
    }

    @Override
    public boolean asksNoMore(String request) {
        return request.contains("\"UNSUBSCRIBE\"") && request.contains("\"btcusdt@trade\"");
    }

    @Override
    public boolean repeatsQuotes() {
        return false;
    }
}
