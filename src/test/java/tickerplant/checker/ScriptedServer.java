package tickerplant.checker;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * A server that keeps every promise, without a network: from a seed it makes up a market and what three clients say to
 * it and hear from it. One of them hears every event by itself, one is slow and unsubscribes and subscribes again, one
 * comes late and asks for a prefix. Time is counted, not measured.
 */
final class ScriptedServer {
    static final String OBSERVER = "observer";
    static final String SLOW = "slow";
    static final String LATE = "late";

    private static final int EVENTS = 3000;
    private static final int HEARTBEAT_MILLIS = 100;
    private static final long START_MILLIS = 1_767_225_600_000L;

    private final Random random;
    private final FeedRecord feed;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<String, Listing> market = new TreeMap<>();
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private long millis;

    enum Kind {
        SAID,
        HEARD,
        CLOSED
    }

    /** One step of a conversation; of a close, the text is the code. */
    record Turn(String client, Kind kind, long nanos, String text) {}

    private record Trade(BigDecimal price, int size, boolean odd) {}

    /** One symbol of the market. */
    private static final class Listing {
        final Map<String, Object> state = new LinkedHashMap<>();
        final List<Trade> trades = new ArrayList<>();
        Map<String, Object> lastTrade = Map.of();
        long tickerSeq;
        long tradesSeq;
    }

    /** What waits for a client of one symbol's ticker. */
    private static final class Pending {
        final Map<String, Object> fields = new LinkedHashMap<>();
        Prints prints = Prints.NONE;
        long n;
    }

    private static final class Client {
        final String name;
        final int flushOdds;
        final List<String> ticker = new ArrayList<>();
        final List<String> trades = new ArrayList<>();
        final Map<String, Pending> pending = new TreeMap<>();
        final List<Object> pendingTrades = new ArrayList<>();
        int id;

        Client(String name, int flushOdds) {
            this.name = name;
            this.flushOdds = flushOdds;
        }

        boolean follows(List<String> patterns, String symbol) {
            return patterns.stream()
                    .anyMatch(p ->
                            p.endsWith("*") ? symbol.startsWith(p.substring(0, p.length() - 1)) : symbol.equals(p));
        }
    }

    /** Plays into the record what it then tells the clients of. */
    ScriptedServer(long seed, FeedRecord feed) {
        this.random = new Random(seed);
        this.feed = feed;
        for (String symbol : List.of("AAPL", "AMZN", "MSFT", "QCOM")) {
            market.put(symbol, new Listing());
        }
    }

    /** The whole conversation of all clients, in the order of time. */
    List<Turn> play() {
        connect(OBSERVER, 1);
        subscribe(OBSERVER, "ticker", "*");
        subscribe(OBSERVER, "trades", "*");
        for (int i = 1; i <= EVENTS; i++) {
            millis++;
            event();
            script(i);
            for (Client client : clients.values()) {
                if (random.nextInt(client.flushOdds) == 0) {
                    flush(client);
                }
            }
            if (i % HEARTBEAT_MILLIS == 0) {
                clients.values().forEach(this::heartbeat);
            }
        }
        for (Client client : clients.values()) {
            flush(client);
            heartbeat(client);
            hear(client, object("type", "goaway", "reason", "shutdown", "reconnect_ms", 100));
            turns.add(new Turn(client.name, Kind.CLOSED, nanos(), "1001"));
        }
        return turns;
    }

    /** The state that everybody must have come to, as snapshot rows by symbol. */
    Map<String, Map<String, Object>> state() {
        Map<String, Map<String, Object>> rows = new TreeMap<>();
        market.forEach((symbol, listing) -> rows.put(symbol, Json.parse(Json.write(snapshot(symbol, listing)))));
        return rows;
    }

    private void script(int i) {
        switch (i) {
            case 200 -> connect(SLOW, 8);
            case 210 -> subscribe(SLOW, "ticker", "AAPL", "MSFT");
            case 211 -> subscribe(SLOW, "trades", "AAPL");
            case 1000, 2000 -> unsubscribe(SLOW, "MSFT");
            case 1200, 2200 -> subscribe(SLOW, "ticker", "MSFT");
            case 1300 -> subscribe(SLOW, "ticker", "QCOM", "APPL");
            case 1500 -> connect(LATE, 4);
            case 1501 -> subscribe(LATE, "ticker", "A*");
            case 2500 -> subscribe(LATE, "ticker", "A*");
            default -> {
                if (i % 97 == 0) {
                    clients.values().forEach(this::ping);
                }
            }
        }
    }

    private void event() {
        String symbol = List.copyOf(market.keySet()).get(random.nextInt(market.size()));
        Listing listing = market.get(symbol);
        Map<String, Object> before = new LinkedHashMap<>(listing.state);
        Prints prints = Prints.NONE;
        Optional<Map<String, Object>> tradesRow = Optional.empty();
        int dice = random.nextInt(100);
        if (dice < 50) {
            quote(symbol, listing, dice < 5);
        } else if (dice < 97 || listing.trades.isEmpty()) {
            Trade trade = new Trade(price(), 1 + random.nextInt(500), dice < 60);
            prints = Prints.of(trade.price());
            tradesRow = Optional.of(trade(symbol, listing, trade));
        } else {
            tradesRow = Optional.of(cancel(symbol, listing));
        }
        listing.state.put("ts", now());
        listing.tickerSeq++;
        Map<String, Object> changes = new LinkedHashMap<>();
        listing.state.forEach((field, value) -> {
            if (!value.equals(before.get(field))) {
                changes.put(field, value);
            }
        });
        before.keySet().stream().filter(f -> !listing.state.containsKey(f)).forEach(f -> changes.put(f, null));
        tell(symbol, listing, changes, prints, tradesRow);
    }

    private void quote(String symbol, Listing listing, boolean oneSided) {
        BigDecimal bid = price();
        BigDecimal ask = bid.add(new BigDecimal("0.02"));
        feed.quote(symbol, bid.toPlainString(), oneSided ? "0" : ask.toPlainString());
        listing.state.put("bid", bid);
        listing.state.put("bid_size", 100 * (1 + random.nextInt(9)));
        if (oneSided) {
            listing.state.remove("ask");
            listing.state.remove("ask_size");
        } else {
            listing.state.put("ask", ask);
            listing.state.put("ask_size", 100 * (1 + random.nextInt(9)));
        }
    }

    private Map<String, Object> trade(String symbol, Listing listing, Trade trade) {
        feed.trade(symbol, trade.price().toPlainString(), String.valueOf(trade.size()));
        listing.trades.add(trade);
        recompute(listing);
        Map<String, Object> row = object("symbol", symbol, "seq", ++listing.tradesSeq);
        row.putAll(object("price", trade.price(), "size", trade.size(), "ts", now()));
        if (trade.odd()) {
            row.put("cond", List.of("odd_lot"));
        }
        listing.lastTrade = row;
        return row;
    }

    private Map<String, Object> cancel(String symbol, Listing listing) {
        feed.cancel(symbol);
        listing.trades.remove(listing.trades.size() - 1);
        recompute(listing);
        long cancelled = Math.max(1, listing.tradesSeq);
        return object("symbol", symbol, "seq", ++listing.tradesSeq, "cancels", cancelled, "ts", now());
    }

    private static void recompute(Listing listing) {
        List<Trade> even = listing.trades.stream().filter(t -> !t.odd()).toList();
        listing.state.keySet().removeAll(List.of("last", "last_size", "open", "high", "low"));
        if (!even.isEmpty()) {
            Trade last = even.get(even.size() - 1);
            listing.state.put("last", last.price());
            listing.state.put("last_size", last.size());
            listing.state.put("open", even.get(0).price());
            listing.state.put(
                    "high",
                    even.stream().map(Trade::price).max(BigDecimal::compareTo).orElseThrow());
            listing.state.put(
                    "low",
                    even.stream().map(Trade::price).min(BigDecimal::compareTo).orElseThrow());
        }
        listing.state.put(
                "volume", listing.trades.stream().mapToInt(Trade::size).sum());
        listing.state.put("trades", listing.trades.size());
    }

    private void tell(
            String symbol,
            Listing listing,
            Map<String, Object> changes,
            Prints prints,
            Optional<Map<String, Object>> tradesRow) {
        for (Client client : clients.values()) {
            if (client.follows(client.ticker, symbol)) {
                Pending pending = client.pending.computeIfAbsent(symbol, s -> new Pending());
                pending.fields.putAll(changes);
                pending.fields.put("seq", listing.tickerSeq);
                pending.prints = pending.prints.and(prints);
                pending.n++;
            }
            if (client.follows(client.trades, symbol)) {
                tradesRow.ifPresent(client.pendingTrades::add);
            }
        }
    }

    private void flush(Client client) {
        List<Object> rows = new ArrayList<>();
        client.pending.forEach((symbol, pending) -> {
            Map<String, Object> row = object("symbol", symbol);
            row.putAll(pending.fields);
            if (pending.n > 1) {
                row.put("n", pending.n);
                pending.prints.hi().ifPresent(hi -> row.put("hi", hi));
                pending.prints.lo().ifPresent(lo -> row.put("lo", lo));
            }
            rows.add(row);
        });
        client.pending.clear();
        if (!rows.isEmpty()) {
            hear(client, object("type", "update", "channel", "ticker", "ts", now(), "data", rows));
        }
        if (!client.pendingTrades.isEmpty()) {
            List<Object> trades = List.copyOf(client.pendingTrades);
            client.pendingTrades.clear();
            hear(client, object("type", "update", "channel", "trades", "ts", now(), "data", trades));
        }
    }

    private void connect(String name, int flushOdds) {
        Client client = new Client(name, flushOdds);
        clients.put(name, client);
        Map<String, Object> welcome = object("type", "welcome", "protocol", "tickerplant.v1", "server", "scripted/1");
        welcome.putAll(object("session", "s-" + name, "epoch", "e-1", "ts", now()));
        welcome.putAll(object("heartbeat_ms", HEARTBEAT_MILLIS, "auth", "none"));
        welcome.putAll(object("channels", List.of("ticker", "trades"), "intervals", List.of()));
        welcome.put("limits", object("frame_bytes", 262144));
        hear(client, welcome);
    }

    private void subscribe(String name, String channel, String... patterns) {
        Client client = clients.get(name);
        int id = say(client, object("type", "subscribe", "channel", channel, "symbols", List.of(patterns)));
        List<String> entries = channel.equals("ticker") ? client.ticker : client.trades;
        flush(client);
        List<Object> rejected = new ArrayList<>();
        List<Object> accepted = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.endsWith("*") || market.containsKey(pattern)) {
                accepted.add(pattern);
                entries.add(pattern);
            } else {
                rejected.add(object("symbol", pattern, "code", 404, "reason", "unknown_symbol"));
            }
        }
        long total =
                market.keySet().stream().filter(s -> client.follows(entries, s)).count();
        Map<String, Object> reply = object("type", "subscribed", "id", id, "channel", channel);
        reply.putAll(object("symbols", accepted, "total", total, "rejected", rejected));
        hear(client, reply);
        List<Object> rows = new ArrayList<>();
        market.forEach((symbol, listing) -> {
            if (client.follows(List.of(patterns), symbol)) {
                rows.add(channel.equals("ticker") ? snapshot(symbol, listing) : lastTrade(symbol, listing));
            }
        });
        hear(client, object("type", "snapshot", "channel", channel, "ts", now(), "end", true, "data", rows));
    }

    private void unsubscribe(String name, String symbol) {
        Client client = clients.get(name);
        int id = say(client, object("type", "unsubscribe", "channel", "ticker", "symbols", List.of(symbol)));
        client.ticker.remove(symbol);
        client.pending.remove(symbol);
        Map<String, Object> reply = object("type", "unsubscribed", "id", id, "channel", "ticker");
        reply.putAll(object("symbols", List.of(symbol), "total", client.ticker.size()));
        hear(client, reply);
    }

    private void ping(Client client) {
        int id = say(client, object("type", "ping", "ts", 17));
        hear(client, object("type", "pong", "id", id, "ts", 17, "server_ts", now()));
    }

    private void heartbeat(Client client) {
        Map<String, Object> heartbeat = object("type", "heartbeat", "ts", now(), "feed", "live", "feed_age_ms", 1);
        if (client.pending.isEmpty()) {
            long crc = 0;
            for (Map.Entry<String, Listing> entry : market.entrySet()) {
                if (client.follows(client.ticker, entry.getKey())) {
                    crc ^= crc(entry.getKey(), entry.getValue());
                }
            }
            heartbeat.put("crc", crc);
        }
        hear(client, heartbeat);
    }

    private static long crc(String symbol, Listing listing) {
        Object last = listing.state.get("last");
        Object trades = listing.state.get("trades");
        String line = symbol + "|" + listing.tickerSeq + "|" + (last == null ? "" : Json.write(last)) + "|"
                + (trades == null ? "" : trades) + "\n";
        CRC32 crc = new CRC32();
        crc.update(line.getBytes(StandardCharsets.US_ASCII));
        return crc.getValue();
    }

    private static Map<String, Object> snapshot(String symbol, Listing listing) {
        Map<String, Object> row = object("symbol", symbol, "seq", listing.tickerSeq);
        row.putAll(listing.state);
        return row;
    }

    private static Map<String, Object> lastTrade(String symbol, Listing listing) {
        Map<String, Object> row = new LinkedHashMap<>(listing.lastTrade);
        row.put("symbol", symbol);
        row.put("seq", listing.tradesSeq);
        return row;
    }

    private int say(Client client, Map<String, Object> request) {
        request.put("id", ++client.id);
        turns.add(new Turn(client.name, Kind.SAID, nanos(), Json.write(request)));
        return client.id;
    }

    private void hear(Client client, Map<String, Object> message) {
        turns.add(new Turn(client.name, Kind.HEARD, nanos(), Json.write(message)));
    }

    /** A price in cents; the last digits are random, so that a mix-up shows. */
    private BigDecimal price() {
        return BigDecimal.valueOf(10_000 + random.nextInt(1_000_000), 2);
    }

    private BigDecimal now() {
        return BigDecimal.valueOf((START_MILLIS + millis) * 1000 + 482, 3);
    }

    private long nanos() {
        return millis * 1_000_000;
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
