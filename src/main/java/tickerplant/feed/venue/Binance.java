package tickerplant.feed.venue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tickerplant.market.Side;

/**
 * Binance spot, the public market streams {@code @trade} and {@code @bookTicker}. Trades of a symbol are numbered without holes;
 * quotes have no time and are told when they change, not when a subscription begins. The instruments are read over HTTP.
 */
final class Binance implements Venue {
    static final URI ADDRESS = URI.create("wss://data-stream.binance.vision/stream?timeUnit=MICROSECOND");
    static final URI REST = URI.create("https://data-api.binance.vision");

    private static final String EXCHANGE = "BINANCE";

    /** 1,024 streams of a line, two of each symbol; five messages a second, answers to pings among them. */
    private static final Manners MANNERS =
            new Manners(512, 100, Duration.ofMillis(500), Duration.ofSeconds(5), true, false);

    /** No time in milliseconds is as late as this one, and none in microseconds as early. */
    private static final long MICROS = 100_000_000_000_000L;

    private final Profile profile;
    private final URI rest;
    private final Map<Long, List<String>> asked = new HashMap<>();
    private final Map<String, Long> updates = new HashMap<>();
    private long requests;

    Binance(URI address, URI rest) {
        this.profile = new Profile(EXCHANGE, ZoneOffset.UTC, address, MANNERS);
        this.rest = rest;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Optional<Listing> listing() {
        return Optional.of(new Listing(rest.resolve("/api/v3/exchangeInfo?showPermissionSets=false"), Map.of()));
    }

    @Override
    public List<Fields> rows(JsonValue listing) throws BadMessage {
        return Fields.of(listing).list("symbols");
    }

    @Override
    public Optional<Contract> contract(Fields symbol) throws BadMessage {
        // A break has no end for most that are in it: it is what delisted symbols are in.
        return symbol.text("status").equals("BREAK") ? Optional.empty() : Optional.of(traded(symbol));
    }

    private static Contract traded(Fields symbol) throws BadMessage {
        int priceDecimals = (int) symbol.whole("quotePrecision");
        int sizeDecimals = (int) symbol.whole("baseAssetPrecision");
        for (Fields filter : symbol.list("filters")) {
            String type = filter.text("filterType");
            if (type.equals("PRICE_FILTER") && filter.decimal("tickSize").signum() > 0) {
                priceDecimals = filter.stepDecimals("tickSize");
            } else if (type.equals("LOT_SIZE") && filter.decimal("stepSize").signum() > 0) {
                sizeDecimals = filter.stepDecimals("stepSize");
            }
        }
        String quoted = symbol.text("quoteAsset");
        return new Contract(
                symbol.text("symbol"), symbol.text("baseAsset") + " in " + quoted, quoted, priceDecimals, sizeDecimals);
    }

    @Override
    public void opened(VenueSink sink) {
        asked.clear();
        updates.clear();
        sink.ready();
    }

    @Override
    public List<String> subscribe(List<String> codes) {
        asked.put(requests + 1, codes);
        return List.of(request("SUBSCRIBE", codes));
    }

    @Override
    public List<String> unsubscribe(List<String> codes) {
        codes.forEach(updates::remove);
        return List.of(request("UNSUBSCRIBE", codes));
    }

    private String request(String method, List<String> codes) {
        requests++;
        List<String> streams = new ArrayList<>();
        for (String code : codes) {
            String symbol = code.toLowerCase(Locale.ROOT);
            streams.add(symbol + "@trade");
            streams.add(symbol + "@bookTicker");
        }
        return Requests.object()
                .add("method", method)
                .add("params", Requests.list(streams))
                .add("id", requests)
                .build()
                .toString();
    }

    @Override
    public void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        Fields fields = Fields.of(message);
        Fields event = fields.has("stream") || fields.has("data") ? fields.object("data") : fields;
        switch (event.textOr("e", "")) {
            case "trade" -> sink.trade(print(event));
            case "serverShutdown" -> sink.leaving("the server shuts down");
            case "" -> {
                if (event.has("u")) {
                    bookTicker(event, sink);
                } else {
                    answered(event, sink);
                }
            }
            default -> {
                // nothing that was asked for
            }
        }
    }

    private static Print print(Fields trade) throws BadMessage {
        long time = trade.whole("T");
        return Print.numbered(
                trade.text("s"),
                trade.whole("t"),
                trade.decimal("p"),
                trade.decimal("q"),
                trade.flag("m") ? Side.SELL : Side.BUY,
                EXCHANGE,
                time < MICROS ? time * 1_000 : time);
    }

    /** An update that is not newer than the last is one that came twice. */
    private void bookTicker(Fields quote, VenueSink sink) throws BadMessage, InterruptedException {
        String code = quote.text("s");
        long update = quote.whole("u");
        Long before = updates.put(code, update);
        if (before != null && before >= update) {
            updates.put(code, before);
            return;
        }
        sink.top(new Top(code, quote.decimal("b"), quote.decimal("B"), quote.decimal("a"), quote.decimal("A"), 0));
    }

    private void answered(Fields answer, VenueSink sink) throws BadMessage, InterruptedException {
        List<String> codes = answer.has("id") ? asked.remove(answer.whole("id")) : null;
        Fields error = answer.has("error") ? answer.object("error") : answer;
        if (error.has("code")) {
            String reason = error.textOr("msg", "no reason given");
            if (reason.toLowerCase(Locale.ROOT).contains("too many requests")) {
                sink.throttled(reason);
            } else {
                throw new BadMessage("refused, " + reason);
            }
        } else if (codes != null) {
            for (String code : codes) {
                sink.subscribed(code);
            }
        }
    }
}
