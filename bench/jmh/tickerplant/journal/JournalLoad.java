package tickerplant.journal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import tickerplant.codec.JsonRows;
import tickerplant.feed.ScriptedFeed;
import tickerplant.hub.Hub;
import tickerplant.market.BarUpdate;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Interval;
import tickerplant.market.Listed;
import tickerplant.market.Market;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;
import tickerplant.market.Update;
import tickerplant.server.TestService;
import tickerplant.service.Recorded;
import tickerplant.service.Setting;

/**
 * What the journal takes in, gives out, and costs: {@code ingest}, {@code fill}, {@code read}, {@code market}, {@code list},
 * {@code start}, {@code sweep}.
 */
public final class JournalLoad {
    static final long DAY = 1_767_225_600_000_000L;
    private static final long MINUTE = 60_000_000L;

    private JournalLoad() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        switch (arguments[0]) {
            case "ingest" -> ingest(folder, count);
            case "fill" -> fill(folder, count);
            case "read" -> read(folder);
            case "market" -> MarketLoad.measure(folder, count, arguments[3], Integer.parseInt(arguments[4]));
            case "list" -> list(folder, count, Integer.parseInt(arguments[3]));
            case "sweep" -> SweepLoad.measure(folder, count);
            case "start" -> {
                for (int i = 0; i < Math.max(1, count); i++) {
                    start(folder);
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }

    static Symbol symbol(int number) {
        return new Symbol("S" + number);
    }

    static Listed listed(int number) {
        Symbol symbol = symbol(number);
        Instrument instrument = new Instrument(symbol, symbol + " Inc.", "USD", "TEST", 2, 0, ZoneOffset.UTC);
        return new Listed(instrument, "test", 10_000, 1);
    }

    static Trade trade(int symbol, int number, long ts) {
        return new Trade(
                symbol(symbol),
                10_000 + number % 977,
                1 + number % 300,
                number % 2 == 0 ? Side.BUY : Side.SELL,
                "t" + number,
                "TEST",
                Set.of(),
                ts);
    }

    /** Trades of 100 symbols as fast as they are taken, with clients that follow, and ask for the past. */
    private static void ingest(Path folder, int count) throws Exception {
        Listed[] listed = new Listed[100];
        Arrays.setAll(listed, JournalLoad::listed);
        List<Trade> trades = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            trades.add(trade(i % 100, i, DAY + i * 50L));
        }
        long[] times = new long[2];
        ScriptedFeed feed = ScriptedFeed.replay("test", listed)
                .does(sink -> {
                    Thread.sleep(2_000);
                    times[0] = System.nanoTime();
                    for (Trade trade : trades) {
                        sink.event(trade);
                    }
                    times[1] = System.nanoTime();
                })
                .waits();
        LongAdder heard = new LongAdder();
        LongAdder asked = new LongAdder();
        try (TestService service = TestService.with(Map.of(Setting.DATA, folder.toString()), feed)) {
            Journal journal = service.tickerplant().journal();
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 2; i++) {
                WebSocket socket = http.newWebSocketBuilder()
                        .subprotocols("tickerplant.v1")
                        .buildAsync(service.ticker(), new Counting(heard))
                        .get();
                socket.sendText("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}", true)
                        .get();
            }
            Thread asking = new Thread(() -> {
                try {
                    while (true) {
                        URI bars = service.http("/api/v1/bars?interval=1m&symbol=S" + asked.sum() % 100);
                        http.send(HttpRequest.newBuilder(bars).build(), BodyHandlers.ofString());
                        asked.increment();
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException e) {
                    // the service has ended
                }
            });
            asking.setDaemon(true);
            asking.start();
            while (times[1] == 0) {
                Thread.sleep(1);
            }
            while (journal.lag() > 0 || journal.holdings().get(0).things() < count - journal.lost()) {
                Thread.sleep(1);
            }
            long safe = System.nanoTime();
            say(
                    "ingest: %,d trades taken in %.2f s (%,.0f/s), safe and in their places after %.2f s (%,.0f/s), %,d lost,"
                            + " %,d messages to 2 clients, %,d questions",
                    count,
                    (times[1] - times[0]) / 1e9,
                    count * 1e9 / (times[1] - times[0]),
                    (safe - times[0]) / 1e9,
                    count * 1e9 / (safe - times[0]),
                    journal.lost(),
                    heard.sum(),
                    asked.sum());
            asking.interrupt();
        }
        say("file: %,d bytes", Files.size(folder.resolve("journal.db")));
    }

    private static final class Counting implements WebSocket.Listener {
        private final LongAdder heard;

        Counting(LongAdder heard) {
            this.heard = heard;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            heard.increment();
            socket.request(1);
            return null;
        }
    }

    /** Trades of 100 symbols over a day of 390 minutes. */
    private static void fill(Path folder, int count) throws Exception {
        long begun = System.nanoTime();
        try (Backfill backfill = Backfill.in(folder)) {
            Import into = backfill.begin("import-load", "load").orElseThrow();
            for (int i = 0; i < 100; i++) {
                into.publish(listed(i));
            }
            for (int i = 0; i < count; i++) {
                into.publish(trade(i % 100, i, DAY + (long) i * 390 / count * MINUTE + i % 1_000));
            }
            into.finish();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        long bytes = Files.size(folder.resolve("journal.db"));
        say("fill: %,d trades in %.1f s (%,.0f/s), %,d bytes", count, seconds, count / seconds, bytes);
    }

    private static void read(Path folder) throws Exception {
        try (Journal journal = Journal.in(folder, Retention.ALL, Clock.SYSTEM)) {
            journal.open("e-load", task -> {});
            String epoch = journal.epochs(symbol(0), 0).get(0);
            Query all = new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 1_440);
            long newest = last(journal, epoch);
            Query last = new Query(Long.MIN_VALUE, Long.MAX_VALUE, newest - 500, newest, 500);
            Random random = new Random(1);
            for (int round = 0; round < 2; round++) {
                long[] bars = new long[5_000];
                long[] trades = new long[5_000];
                int rows = 0;
                for (int i = 0; i < bars.length; i++) {
                    Symbol symbol = symbol(random.nextInt(100));
                    long begun = System.nanoTime();
                    rows += journal.bars(symbol, Interval.MINUTE, all).rows().size();
                    long between = System.nanoTime();
                    rows += journal.trades(symbol, epoch, last).rows().size();
                    trades[i] = System.nanoTime() - between;
                    bars[i] = between - begun;
                }
                say(
                        "read, round %d: a day of minute bars %s; last 500 trades %s; %,d rows",
                        round,
                        times(bars),
                        times(trades),
                        rows);
            }
        }
    }

    private static long last(Journal journal, String epoch) throws IOException {
        long seq = 0;
        long step = 1L << 24;
        while (step > 0) {
            Query one = new Query(Long.MIN_VALUE, Long.MAX_VALUE, seq + step - 1, seq + step, 1);
            seq += journal.trades(symbol(0), epoch, one).rows().isEmpty() ? 0 : step;
            step /= 2;
        }
        return seq;
    }

    static String times(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %,.2f µs, p99 %,.2f µs, p99.9 %,.2f µs",
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 99L / 100)] / 1e3,
                sorted[(int) (sorted.length * 999L / 1000)] / 1e3);
    }

    static Hub hub() {
        return new Hub(new JsonRows(), (event, reason) -> {}, 320_000, 128L << 20);
    }

    /** What the service does: the hub hears it, then the journal. */
    static Market market(Hub hub, Journal journal) {
        return new Market(new Recorded(hub, journal, listing -> {}, listing -> {}), 100_000, 400_000);
    }

    /** A journal with so many symbols that each have been traded in so many minutes, which a service has ended. */
    private static void list(Path folder, int symbols, int minutes) throws Exception {
        BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
        try (Journal journal = Journal.in(folder, Retention.ALL, Clock.SYSTEM)) {
            journal.open("e-load", work::add);
            Market market = market(hub(), journal);
            for (int i = 0; i < symbols; i++) {
                market.apply(listed(i));
                journal.stepped();
            }
            for (int minute = 0; minute < minutes; minute++) {
                for (int i = 0; i < symbols; i++) {
                    long ts = DAY + minute * MINUTE;
                    market.apply(new Quote(symbol(i), 9_999, 100, Decimal.ABSENT, Decimal.ABSENT, ts));
                    market.apply(trade(i, minute, ts));
                    journal.stepped();
                }
                for (Runnable task = work.poll(); task != null; task = work.poll()) {
                    task.run();
                }
                while (journal.lag() > 0) {
                    Thread.sleep(1);
                }
            }
            long until = System.nanoTime() + 8_000_000_000L;
            while (System.nanoTime() < until) {
                for (Runnable task = work.poll(); task != null; task = work.poll()) {
                    task.run();
                }
                Thread.sleep(1);
            }
        }
        say("list: %,d symbols, %,d minutes, %,d bytes", symbols, minutes, Files.size(folder.resolve("journal.db")));
    }

    /** What a process that just began takes until everything from before is known again. */
    private static void start(Path folder) throws Exception {
        long begun = System.nanoTime();
        Journal journal = Journal.in(folder, Retention.ALL, Clock.SYSTEM);
        Hub hub = hub();
        Market market = market(hub, journal);
        Restored restored = journal.open("e-load", task -> {});
        long read = System.nanoTime();
        market.restore(restored.listings());
        market.listRestored();
        for (Restored.Recalled recalled : restored.tail()) {
            market.listing(recalled.update().instrument().symbol())
                    .ifPresent(listing -> hub.remember(listing, recalled.update(), recalled.tickerSeq()));
        }
        journal.stepped();
        long done = System.nanoTime();
        say(
                "start: %,d symbols, epoch %s, read %.0f ms, restored after %.0f ms, %,d events for who comes back",
                restored.listings().size(),
                restored.epoch(),
                (read - begun) / 1e6,
                (done - begun) / 1e6,
                restored.tail().size());
        journal.close();
    }
}
