package tickerplant.feed.venue;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tickerplant.market.Side;

/**
 * Finnhub's stream of trades, in US shares unless other symbols are named. There are no quotes, trades have no numbers, and a
 * subscription is not answered. The instruments are read over HTTP, unless they are named.
 */
final class Finnhub implements Venue {
    static final URI ADDRESS = URI.create("wss://ws.finnhub.io");
    static final URI REST = URI.create("https://finnhub.io");

    /** 50 symbols are what comes for nothing. */
    private static final Manners MANNERS =
            new Manners(50, 1, Duration.ofMillis(100), Duration.ofSeconds(5), false, false);

    /** What a price is counted in is nowhere told; cheap coins need as many. */
    private static final int DECIMALS = 8;

    private final Profile profile;
    private final URI rest;
    private final String key;
    private final List<String> named;

    /**
     * The venue.
     *
     * @param named the symbols, where they are not to be asked for
     */
    Finnhub(URI address, URI rest, String key, List<String> named) {
        this.profile = new Profile(
                "FINNHUB",
                ZoneId.of("America/New_York"),
                address.resolve("?token=" + URLEncoder.encode(key, StandardCharsets.UTF_8)),
                MANNERS);
        this.rest = rest;
        this.key = key;
        this.named = List.copyOf(named);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Optional<Listing> listing() {
        return named.isEmpty()
                ? Optional.of(
                        new Listing(rest.resolve("/api/v1/stock/symbol?exchange=US"), Map.of("X-Finnhub-Token", key)))
                : Optional.empty();
    }

    @Override
    public Optional<Contract> contract(Fields stock) throws BadMessage {
        return Optional.of(new Contract(
                stock.text("symbol"),
                stock.textOr("description", ""),
                stock.textOr("currency", ""),
                DECIMALS,
                DECIMALS));
    }

    @Override
    public void opened(VenueSink sink) throws InterruptedException {
        for (String code : named) {
            sink.listed(new Contract(code, "", "", DECIMALS, DECIMALS));
        }
        sink.ready();
    }

    @Override
    public List<String> subscribe(List<String> codes) {
        return codes.stream().map(code -> request("subscribe", code)).toList();
    }

    @Override
    public List<String> unsubscribe(List<String> codes) {
        return codes.stream().map(code -> request("unsubscribe", code)).toList();
    }

    private static String request(String type, String code) {
        return Requests.object().add("type", type).add("symbol", code).build().toString();
    }

    @Override
    public void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        Fields fields = Fields.of(message);
        switch (fields.text("type")) {
            case "trade" -> {
                for (Fields row : fields.list("data")) {
                    trade(row, sink);
                }
            }
            case "error" -> {
                String reason = fields.textOr("msg", "no reason given");
                String lower = reason.toLowerCase(Locale.ROOT);
                if (Stream.of("too many", "limit").anyMatch(lower::contains)) {
                    sink.throttled(reason);
                } else {
                    throw new BadMessage("refused, " + reason);
                }
            }
            default -> {
                // a ping, which needs no answer
            }
        }
    }

    private static void trade(Fields row, VenueSink sink) throws BadMessage, InterruptedException {
        if (row.decimal("v").signum() == 0) {
            // a price at which nothing was traded
            return;
        }
        sink.trade(new Print(
                row.text("s"),
                0,
                "",
                row.decimal("p"),
                row.decimal("v"),
                Side.UNKNOWN,
                "",
                Set.of(),
                row.whole("t") * 1_000));
    }
}
