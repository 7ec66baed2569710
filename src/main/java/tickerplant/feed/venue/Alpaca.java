package tickerplant.feed.venue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Condition;
import tickerplant.market.Phase;
import tickerplant.market.Side;

/**
 * Alpaca's stream of US shares, version 2: trades, quotes, trading status, corrections and cancels. Trades are not numbered, and
 * a subscription begins without a quote. The instruments are read over HTTP.
 */
final class Alpaca implements Venue {
    static final URI ADDRESS = URI.create("wss://stream.data.alpaca.markets/v2/iex");
    static final URI REST = URI.create("https://paper-api.alpaca.markets");

    /** 30 symbols are what comes for nothing. */
    private static final Manners MANNERS =
            new Manners(30, 100, Duration.ofMillis(250), Duration.ofSeconds(5), false, false);

    /** Prices that are told away from the exchanges have up to six decimals, parts of shares up to nine. */
    private static final int PRICE_DECIMALS = 6;

    private static final int SIZE_DECIMALS = 9;

    private final Profile profile;
    private final URI rest;
    private final String key;
    private final String secret;

    Alpaca(URI address, URI rest, String key, String secret) {
        this.profile = new Profile("ALPACA", ZoneId.of("America/New_York"), address, MANNERS);
        this.rest = rest;
        this.key = key;
        this.secret = secret;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Optional<Listing> listing() {
        return Optional.of(new Listing(
                rest.resolve("/v2/assets?status=active&asset_class=us_equity"),
                Map.of("APCA-API-KEY-ID", key, "APCA-API-SECRET-KEY", secret)));
    }

    @Override
    public Optional<Contract> contract(Fields asset) throws BadMessage {
        return Optional.of(
                new Contract(asset.text("symbol"), asset.textOr("name", ""), "USD", PRICE_DECIMALS, SIZE_DECIMALS));
    }

    @Override
    public void opened(VenueSink sink) {
        // it speaks first
    }

    @Override
    public List<String> subscribe(List<String> codes) {
        return List.of(request("subscribe", codes));
    }

    @Override
    public List<String> unsubscribe(List<String> codes) {
        return List.of(request("unsubscribe", codes));
    }

    private static String request(String action, List<String> codes) {
        return Requests.object()
                .add("action", action)
                .add("trades", Requests.list(codes))
                .add("quotes", Requests.list(codes))
                .add("statuses", Requests.list(codes))
                .build()
                .toString();
    }

    @Override
    public void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        Rows.each(Fields.list(message), row -> row(row, sink));
    }

    private void row(Fields row, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        switch (row.text("T")) {
            case "t" -> sink.trade(print(row, "i", "p", "s", "c"));
            case "q" ->
                sink.top(new Top(
                        row.text("S"),
                        row.decimal("bp"),
                        row.decimal("bs"),
                        row.decimal("ap"),
                        row.decimal("as"),
                        row.time("t")));
            case "x" -> sink.cancelled(row.text("S"), id(row, "i"), row.time("t"));
            case "c" -> {
                sink.cancelled(row.text("S"), id(row, "oi"), row.time("t"));
                sink.trade(print(row, "ci", "cp", "cs", "cc"));
            }
            case "s" -> status(row, sink);
            case "success" -> welcomed(row, sink);
            case "subscription" -> {
                for (String code : row.texts("trades")) {
                    sink.subscribed(code);
                }
            }
            case "error" -> refused(row, sink);
            default -> {
                // nothing that was asked for
            }
        }
    }

    private static Print print(Fields row, String id, String price, String size, String conditions) throws BadMessage {
        return new Print(
                row.text("S"),
                0,
                id(row, id),
                row.decimal(price),
                row.decimal(size),
                Side.UNKNOWN,
                row.text("x"),
                conditions(row.texts(conditions)),
                row.time("t"));
    }

    /** The numbers are those of the exchange that told the trade. */
    private static String id(Fields row, String key) throws BadMessage {
        return row.text("x") + row.whole(key);
    }

    private static Set<Condition> conditions(List<String> codes) {
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        for (String code : codes) {
            switch (code) {
                case "I" -> conditions.add(Condition.ODD_LOT);
                case "T", "U" -> conditions.add(Condition.EXTENDED);
                case "F" -> conditions.add(Condition.INTERMARKET_SWEEP);
                case "X" -> conditions.add(Condition.SINGLE_PRICE_CROSS);
                default -> {
                    // of no consequence here
                }
            }
        }
        return conditions.isEmpty() ? Set.of() : Set.copyOf(conditions);
    }

    private static void status(Fields row, VenueSink sink) throws BadMessage, InterruptedException {
        Optional<Phase> phase =
                switch (row.text("sc")) {
                    case "H", "P", "2" -> Optional.of(Phase.HALTED);
                    case "Q" -> Optional.of(Phase.AUCTION);
                    case "T", "3" -> Optional.of(Phase.OPEN);
                    default -> Optional.empty();
                };
        if (phase.isPresent()) {
            sink.phase(row.text("S"), phase.get(), row.textOr("rc", ""));
        }
    }

    private void welcomed(Fields row, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        if (row.text("msg").equals("connected")) {
            sink.say(Requests.object()
                    .add("action", "auth")
                    .add("key", key)
                    .add("secret", secret)
                    .build()
                    .toString());
        } else if (row.text("msg").equals("authenticated")) {
            sink.ready();
        }
    }

    private static void refused(Fields row, VenueSink sink) throws BadMessage, IOException {
        long code = row.whole("code");
        String reason = code + " " + row.textOr("msg", "no reason given");
        if (code == 405 || code == 429) {
            sink.throttled(reason);
        } else if (code == 400 || code == 410) {
            throw new BadMessage("refused, " + reason);
        } else {
            sink.leaving(reason);
        }
    }
}
