package tickerplant.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tickerplant.market.BarUpdate;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.Receipt;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** Remembers how far publishers have come, and nothing else: what is in memory is as safe as it will be. */
final class MemoryJournal implements Journal {
    private final Map<String, Long> pseqs = new ConcurrentHashMap<>();

    private volatile String epoch = "";

    @Override
    public Restored open(String freshEpoch, Consumer<Runnable> market) {
        epoch = freshEpoch;
        return new Restored(freshEpoch, List.of(), List.of());
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        // the market remembers the newest
    }

    @Override
    public boolean remembers(String wanted) {
        return wanted.equals(epoch);
    }

    @Override
    public boolean knows(Symbol symbol) {
        return false;
    }

    @Override
    public List<String> epochs(Symbol symbol, long from) {
        return List.of();
    }

    @Override
    public Stored<Update> trades(Symbol symbol, String ofEpoch, Query query) {
        return new Stored<>(List.of(), OptionalLong.of(query.upTo()));
    }

    @Override
    public Stored<BarUpdate> bars(Symbol symbol, Interval interval, Query query) {
        return new Stored<>(List.of(), OptionalLong.of(query.upTo()));
    }

    @Override
    public long lag() {
        return 0;
    }

    @Override
    public List<Holding> holdings() {
        return List.of();
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public void listed(Listing listing) {
        // the market knows it
    }

    @Override
    public void updated(Listing listing, Update update) {
        // the hub remembers the newest
    }

    @Override
    public void published(String publisher, long pseq, Receipt receipt) {
        if (!publisher.isEmpty()) {
            pseqs.put(publisher, pseq);
        }
        receipt.safe();
    }

    @Override
    public void repeated(String publisher, long pseq, Receipt receipt) {
        receipt.safe();
    }

    @Override
    public void stepped() {
        // nothing is stored
    }

    @Override
    public OptionalLong pseq(String publisher) {
        Long pseq = pseqs.get(publisher);
        return pseq == null ? OptionalLong.empty() : OptionalLong.of(pseq);
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public void leave() {
        // nothing outlives it
    }

    @Override
    public void close() {
        // nothing is open
    }
}
