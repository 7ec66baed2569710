package tickerplant.feed.venue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tickerplant.market.Phase;
import tickerplant.market.Side;

/**
 * Coinbase Exchange, the public WebSocket feed: its channels {@code status} (the products), {@code matches}, {@code ticker} and
 * {@code heartbeat}. Trades of a product are numbered without holes, and each second a heartbeat says how far the numbers go;
 * the best prices are told with trades only.
 */
final class Coinbase implements Venue {
    static final URI ADDRESS = URI.create("wss://ws-feed.exchange.coinbase.com");

    private static final String EXCHANGE = "COINBASE";
    private static final Manners MANNERS =
            new Manners(500, 100, Duration.ofMillis(200), Duration.ofSeconds(5), true, true);
    private static final Pattern NO_PRODUCT = Pattern.compile("(\\S+) is not a valid product.*");

    private final Profile profile;

    Coinbase(URI address) {
        this.profile = new Profile(EXCHANGE, ZoneOffset.UTC, address, MANNERS);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public void opened(VenueSink sink) throws IOException, InterruptedException {
        // Who asks for nothing within 5 s is disconnected.
        sink.say(Requests.object()
                .add("type", "subscribe")
                .add("channels", Requests.list(List.of("status")))
                .build()
                .toString());
    }

    @Override
    public List<String> subscribe(List<String> codes) {
        return List.of(request("subscribe", codes));
    }

    @Override
    public List<String> unsubscribe(List<String> codes) {
        return List.of(request("unsubscribe", codes));
    }

    private static String request(String type, List<String> codes) {
        return Requests.object()
                .add("type", type)
                .add("product_ids", Requests.list(codes))
                .add("channels", Requests.list(List.of("matches", "ticker", "heartbeat")))
                .build()
                .toString();
    }

    @Override
    public void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        Fields fields = Fields.of(message);
        switch (fields.text("type")) {
            case "match" -> sink.trade(print(fields));
            case "last_match" -> sink.recent(List.of(print(fields)));
            case "ticker" -> sink.top(top(fields));
            case "heartbeat" -> heartbeat(fields, sink);
            case "status" -> products(fields, sink);
            case "subscriptions" -> subscriptions(fields, sink);
            case "error" -> refused(fields, sink);
            default -> {
                // new types may come at any time
            }
        }
    }

    private static Print print(Fields match) throws BadMessage {
        return Print.numbered(
                match.text("product_id"),
                match.whole("trade_id"),
                match.decimal("price"),
                match.decimal("size"),
                taker(match.text("side")),
                EXCHANGE,
                match.time("time"));
    }

    /** The side that is told is that of the order that waited. */
    private static Side taker(String maker) {
        return switch (maker) {
            case "buy" -> Side.SELL;
            case "sell" -> Side.BUY;
            default -> Side.UNKNOWN;
        };
    }

    private static Top top(Fields ticker) throws BadMessage {
        return new Top(
                ticker.text("product_id"),
                ticker.decimal("best_bid"),
                ticker.decimal("best_bid_size"),
                ticker.decimal("best_ask"),
                ticker.decimal("best_ask_size"),
                ticker.time("time"));
    }

    private static void heartbeat(Fields heartbeat, VenueSink sink) throws BadMessage, InterruptedException {
        long newest = heartbeat.whole("last_trade_id");
        if (newest > 0) {
            // 0 is said where it isn't known
            sink.newest(heartbeat.text("product_id"), newest);
        }
    }

    private static void products(Fields status, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        try {
            Rows.each(status.list("products"), product -> product(product, sink));
        } finally {
            sink.ready();
        }
    }

    private static void product(Fields product, VenueSink sink) throws BadMessage, InterruptedException {
        String code = product.text("id");
        String quoted = product.text("quote_currency");
        sink.listed(new Contract(
                code,
                product.text("base_currency") + " in " + quoted,
                quoted,
                product.stepDecimals("quote_increment"),
                product.stepDecimals("base_increment")));
        String state = state(product);
        sink.phase(code, phase(state), state.equals("online") ? "" : state);
    }

    private static String state(Fields product) throws BadMessage {
        for (String flag : List.of("trading_disabled", "cancel_only", "auction_mode")) {
            if (product.flag(flag)) {
                return flag;
            }
        }
        return product.text("status");
    }

    private static Phase phase(String state) {
        return switch (state) {
            case "online" -> Phase.OPEN;
            case "auction_mode" -> Phase.AUCTION;
            case "delisted" -> Phase.CLOSED;
            default -> Phase.HALTED;
        };
    }

    private static void subscriptions(Fields message, VenueSink sink) throws BadMessage, InterruptedException {
        for (Fields channel : message.list("channels")) {
            if (channel.text("name").equals("matches")) {
                for (String code : channel.texts("product_ids")) {
                    sink.subscribed(code);
                }
            }
        }
    }

    private static void refused(Fields error, VenueSink sink) throws BadMessage {
        String reason = error.textOr("message", "") + ", " + error.textOr("reason", "no reason given");
        Matcher product = NO_PRODUCT.matcher(error.textOr("reason", ""));
        if (reason.toLowerCase(Locale.ROOT).contains("rate limit")) {
            sink.throttled(reason);
        } else if (product.matches()) {
            sink.refused(product.group(1), reason);
        } else {
            throw new BadMessage("refused, " + reason);
        }
    }
}
