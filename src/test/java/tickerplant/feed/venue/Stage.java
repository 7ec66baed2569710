package tickerplant.feed.venue;

import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import tickerplant.feed.FeedRunner;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.LastWord;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.FixedClock;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.LogEntry;
import tickerplant.market.Loss;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/** A venue's feed with its supervision, before a stand-in for the venue; what enters the log is told in short words. */
final class Stage {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final StandIn venue = new StandIn();
    /** Who sleeps on it moves it on, so that no back-off takes any time. */
    final FixedClock clock = FixedClock.at(1_767_364_205_000_000L);

    private final BlockingQueue<LogEntry> log = new LinkedBlockingQueue<>();
    private final List<Listed> instruments = new ArrayList<>();
    private VenueFeed feed;
    private FeedRunner runner;

    Stage() throws IOException {}

    /** Starts the feed, and lets the line go on which it reads its instruments beforehand. */
    void begin(FeedSpec spec) throws IOException {
        prepare(spec);
        runner.start();
    }

    /** The same where another one has run until now, and told this last of each symbol. */
    void begin(FeedSpec spec, Function<Instrument, LastWord> told) throws IOException {
        prepare(spec);
        feed.takesOver(instruments.stream().map(Listed::instrument).map(told).toList());
        runner.start();
    }

    private void prepare(FeedSpec spec) throws IOException {
        feed = VenueFeed.of(spec, clock, key -> Optional.of("test-" + key));
        runner = new FeedRunner(feed, log::put, clock, new Random(1));
        instruments.addAll(runner.instruments());
    }

    List<Listed> instruments() {
        return instruments;
    }

    Instrument instrument(String symbol) {
        return instruments.stream()
                .map(Listed::instrument)
                .filter(each -> each.symbol().name().equals(symbol))
                .findFirst()
                .orElseThrow();
    }

    void follow(String symbol) {
        feed.demand().wanted(new Symbol(symbol));
    }

    void release(String symbol) {
        feed.demand().released(new Symbol(symbol));
    }

    FeedStatus status() {
        return runner.status();
    }

    void awaitState(FeedStatus.State state) {
        await(
                () -> state + ", and it is " + runner.status(),
                () -> runner.status().state() == state);
    }

    void awaitProblem(String words) {
        await(
                () -> words + ", and it is " + runner.status(),
                () -> runner.status().lastProblem().equals(words));
    }

    void awaitDamaged(long count) {
        await(
                () -> count + " damaged, and it is " + runner.status(),
                () -> runner.status().damaged() == count);
    }

    /** The next trades, quotes and losses, in short words. */
    List<String> hears(int count) throws InterruptedException {
        return hears(count, entry -> !(entry instanceof Status));
    }

    /** The next phases, in short words. */
    List<String> phases(int count) throws InterruptedException {
        return hears(count, entry -> entry instanceof Status);
    }

    private List<String> hears(int count, Predicate<LogEntry> which) throws InterruptedException {
        List<String> heard = new ArrayList<>();
        while (heard.size() < count) {
            LogEntry entry = log.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (entry == null) {
                throw new AssertionError("only " + heard + ", " + runner.status());
            }
            if (which.test(entry)) {
                heard.add(words(entry));
            }
        }
        return heard;
    }

    /** What else has entered the log by now. */
    List<String> rest() {
        List<LogEntry> rest = new ArrayList<>();
        log.drainTo(rest);
        return rest.stream().map(this::words).toList();
    }

    private String words(LogEntry entry) {
        if (entry instanceof Trade trade) {
            Instrument of = instrument(trade.symbol().name());
            return "trade " + trade.id() + " " + number(trade.price(), of.priceDecimals()) + " x "
                    + number(trade.size(), of.sizeDecimals());
        }
        if (entry instanceof Quote quote) {
            Instrument of = instrument(quote.symbol().name());
            return "quote " + number(quote.bidPrice(), of.priceDecimals()) + " "
                    + number(quote.askPrice(), of.priceDecimals());
        }
        if (entry instanceof Cancel cancel) {
            return "cancel " + cancel.tradeId();
        }
        if (entry instanceof Loss) {
            return "loss";
        }
        if (entry instanceof Status status) {
            return "phase " + status.symbol() + " " + status.phase() + " " + status.reason();
        }
        return entry.toString();
    }

    private static String number(long steps, int decimals) {
        return steps == Decimal.ABSENT
                ? "none"
                : Decimal.value(steps, decimals).stripTrailingZeros().toPlainString();
    }

    void close() throws InterruptedException, IOException {
        if (runner != null && !runner.stop(PATIENCE)) {
            AssertionError stuck = new AssertionError("the feed does not stop");
            Thread.getAllStackTraces().forEach((thread, stack) -> {
                if (thread.getName().startsWith("feed-")) {
                    stuck.addSuppressed(new Throwable(thread.getName() + " " + List.of(stack)));
                }
            });
            throw stuck;
        }
        venue.close();
    }
}
