package tickerplant.journal;

import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tickerplant.market.BarUpdate;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.Interval;
import tickerplant.market.Listed;
import tickerplant.market.Listing;
import tickerplant.market.LogEntry;
import tickerplant.market.Market;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/** A market with a journal; the thread of the test is the market thread. */
final class Desk implements Market.Listener, AutoCloseable {
    final List<Update> trades = new ArrayList<>();
    final Restored restored;
    final SqliteJournal journal;
    final Market market = new Market(this, 10_000);

    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final List<Symbol> symbols = new ArrayList<>();
    private long pseq;

    Desk(Path folder, String freshEpoch) throws IOException {
        this(new SqliteJournal(folder, Clock.SYSTEM), freshEpoch);
    }

    /** A desk whose feeds name these instruments when it starts. */
    Desk(SqliteJournal journal, String freshEpoch, Listed... named) throws IOException {
        this.journal = journal;
        restored = journal.open(freshEpoch, work::add);
        market.restore(restored.listings());
        List.of(named).forEach(market::apply);
        market.listRestored();
        journal.stepped();
    }

    /** What the market does, a step each. */
    void happens(Iterable<? extends LogEntry> entries) {
        for (LogEntry entry : entries) {
            market.apply(entry);
            journal.stepped();
            work();
        }
    }

    void happens(LogEntry... entries) {
        happens(List.of(entries));
    }

    /** A publisher's message, in one step. */
    void publishes(String publisher, long number, List<LogEntry> message, Receipt receipt) {
        message.forEach(market::apply);
        journal.published(publisher, number, receipt);
        journal.stepped();
        work();
    }

    private void work() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    /** Waits until all that has happened is safe; answers why it isn't, where it isn't. */
    String safe() throws Exception {
        CompletableFuture<String> safe = new CompletableFuture<>();
        journal.published("desk", ++pseq, new Receipt() {
            @Override
            public void safe() {
                safe.complete("");
            }

            @Override
            public void lost(String reason) {
                safe.complete(reason);
            }
        });
        journal.stepped();
        return safe.get(30, TimeUnit.SECONDS);
    }

    /** Waits until what has happened has found its place. */
    void settles() throws InterruptedException {
        journal.beginRound();
        Runnable task = work.poll(30, TimeUnit.SECONDS);
        while (task != null) {
            task.run();
            task = work.poll();
        }
        await(() -> "all is stored, and the lag is " + journal.lag(), () -> journal.lag() == 0);
    }

    Stored<Update> stored(String symbol, String epoch) throws IOException {
        return journal.trades(
                new Symbol(symbol), epoch, new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 1_000_000));
    }

    /** The trades of a symbol up to now, as the market told them. */
    List<Update> told(String symbol) {
        return trades.stream()
                .filter(update -> update.instrument().symbol().name().equals(symbol))
                .toList();
    }

    /** The trades of a symbol in the current epoch as they are stored. */
    Stored<Update> stored(String symbol) throws IOException {
        long seq = market.listing(new Symbol(symbol))
                .orElseThrow()
                .standing(Channel.TRADES)
                .seq();
        return journal.trades(
                new Symbol(symbol), journal.epoch(), new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, seq, 1_000_000));
    }

    List<BarUpdate> bars(String symbol, Interval interval) throws IOException {
        return journal.bars(
                        new Symbol(symbol),
                        interval,
                        new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 1_000_000))
                .rows();
    }

    List<Symbol> symbols() {
        return symbols;
    }

    /** What a crash would leave: the files as they are. */
    void copy(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(journal.folder())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith("-shm") && !name.endsWith(".lock")) {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
    }

    @Override
    public void close() {
        work();
        journal.close();
    }

    @Override
    public void listed(Listing listing) {
        symbols.add(listing.instrument().symbol());
        journal.listed(listing);
    }

    @Override
    public void updated(Listing listing, Update update, Update standing) {
        if (update instanceof TradeUpdate || update instanceof CancelUpdate) {
            trades.add(update);
        }
        journal.updated(listing, update);
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        return false;
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        journal.closed(listing, update);
    }

    @Override
    public void refused(Event event, String reason) {
        // generated events may make no sense
    }
}
