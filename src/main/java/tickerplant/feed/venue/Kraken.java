package tickerplant.feed.venue;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tickerplant.market.Phase;

/**
 * Kraken's spot market, WebSocket protocol 2: its channels {@code instrument}, {@code ticker} (told at each change of the best
 * prices), {@code trade}, {@code status} and {@code heartbeat}. Trades of a symbol are numbered without holes, and a
 * subscription begins with the last fifty, which fills a hole that is not larger.
 */
final class Kraken implements Venue {
    static final URI ADDRESS = URI.create("wss://ws.kraken.com/v2");

    private static final String EXCHANGE = "KRAKEN";

    /** 150 lines in ten minutes are what an address may open. */
    private static final Manners MANNERS =
            new Manners(500, 100, Duration.ofMillis(200), Duration.ofSeconds(5), true, true);

    private final Profile profile;

    Kraken(URI address) {
        this.profile = new Profile(EXCHANGE, ZoneOffset.UTC, address, MANNERS);
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public void opened(VenueSink sink) throws IOException, InterruptedException {
        sink.say(request("subscribe", Requests.object().add("channel", "instrument")));
    }

    @Override
    public List<String> subscribe(List<String> codes) {
        return List.of(
                request("subscribe", ticker(codes).add("snapshot", true)),
                request("subscribe", trades(codes).add("snapshot", true)));
    }

    @Override
    public List<String> unsubscribe(List<String> codes) {
        return List.of(request("unsubscribe", ticker(codes)), request("unsubscribe", trades(codes)));
    }

    private static JsonObjectBuilder ticker(List<String> codes) {
        return Requests.object()
                .add("channel", "ticker")
                .add("symbol", Requests.list(codes))
                .add("event_trigger", "bbo");
    }

    private static JsonObjectBuilder trades(List<String> codes) {
        return Requests.object().add("channel", "trade").add("symbol", Requests.list(codes));
    }

    private static String request(String method, JsonObjectBuilder params) {
        return Requests.object()
                .add("method", method)
                .add("params", params)
                .build()
                .toString();
    }

    @Override
    public void heard(JsonValue message, VenueSink sink) throws BadMessage, IOException, InterruptedException {
        Fields fields = Fields.of(message);
        switch (fields.textOr("channel", "")) {
            case "trade" -> trades(fields, sink);
            case "ticker" -> {
                for (Fields row : fields.list("data")) {
                    sink.top(top(row));
                }
            }
            case "instrument" -> instruments(fields, sink);
            case "status" -> {
                for (Fields row : fields.list("data")) {
                    String system = row.text("system");
                    boolean online = system.equals("online");
                    sink.phaseOfAll(online ? Phase.OPEN : Phase.HALTED, online ? "" : system);
                }
            }
            case "" -> answered(fields, sink);
            default -> {
                // a heartbeat, or something new
            }
        }
    }

    private static void trades(Fields message, VenueSink sink) throws BadMessage, InterruptedException {
        List<Print> prints = new ArrayList<>();
        for (Fields row : message.list("data")) {
            prints.add(print(row));
        }
        if (message.textOr("type", "").equals("snapshot")) {
            sink.recent(prints);
            return;
        }
        for (Print print : prints) {
            sink.trade(print);
        }
    }

    private static Print print(Fields row) throws BadMessage {
        return Print.numbered(
                row.text("symbol"),
                row.whole("trade_id"),
                row.decimal("price"),
                row.decimal("qty"),
                Words.side(row.textOr("side", "")),
                EXCHANGE,
                row.time("timestamp"));
    }

    private static Top top(Fields row) throws BadMessage {
        return new Top(
                row.text("symbol"),
                row.decimal("bid"),
                row.decimal("bid_qty"),
                row.decimal("ask"),
                row.decimal("ask_qty"),
                row.has("timestamp") ? row.time("timestamp") : 0);
    }

    private static void instruments(Fields message, VenueSink sink)
            throws BadMessage, IOException, InterruptedException {
        try {
            Rows.each(message.object("data").list("pairs"), pair -> pair(pair, sink));
        } finally {
            if (message.textOr("type", "").equals("snapshot")) {
                sink.ready();
            }
        }
    }

    private static void pair(Fields pair, VenueSink sink) throws BadMessage, InterruptedException {
        String code = pair.text("symbol");
        String quoted = pair.text("quote");
        sink.listed(new Contract(
                code, pair.text("base") + " in " + quoted, quoted, (int) pair.whole("price_precision"), (int)
                        pair.whole("qty_precision")));
        String status = pair.text("status");
        sink.phase(code, phase(status), status.equals("online") ? "" : status);
    }

    private static Phase phase(String status) {
        return switch (status) {
            case "online", "limit_only", "reduce_only" -> Phase.OPEN;
            case "delisted" -> Phase.CLOSED;
            default -> Phase.HALTED;
        };
    }

    private static void answered(Fields answer, VenueSink sink) throws BadMessage, InterruptedException {
        if (!answer.textOr("method", "").equals("subscribe")) {
            return;
        }
        if (answer.flag("success")) {
            Fields result = answer.object("result");
            if (result.text("channel").equals("trade")) {
                sink.subscribed(result.text("symbol"));
            }
            return;
        }
        String error = answer.textOr("error", "no reason given");
        if (error.toLowerCase(Locale.ROOT).contains("rate")) {
            sink.throttled(error);
        } else if (answer.has("symbol")) {
            sink.refused(answer.text("symbol"), error);
        } else {
            throw new BadMessage("refused, " + error);
        }
    }
}
