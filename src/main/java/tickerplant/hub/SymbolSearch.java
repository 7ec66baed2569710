package tickerplant.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import tickerplant.market.Instrument;
import tickerplant.market.Symbol;

/**
 * Finds instruments by what people type. Instruments are added by the market thread, for which that is one step; whoever
 * searches first afterwards brings the index up to date, on any thread but the market's. Meanwhile others search what was
 * known before.
 *
 * <p>New instruments are indexed apart from the old ones until they are many, so that a universe which grows all the time
 * doesn't have the whole of it sorted anew for each.
 */
public final class SymbolSearch {
    private static final int FEW = 1_000;
    private static final int SHARE = 32;

    /** The index in its two parts, and how many instruments the first and both of them are of. */
    private record Indexed(SymbolIndex old, int oldCount, SymbolIndex recent, int count) {}

    private final Lock indexing = new ReentrantLock();
    /** Written before {@link #count}, and so seen by who has read that. */
    private Instrument[] instruments = {};

    private volatile int count;
    private volatile Indexed indexed = new Indexed(SymbolIndex.EMPTY, 0, SymbolIndex.EMPTY, 0);

    SymbolSearch() {}

    /** An instrument is new. For the market thread alone. */
    void add(Instrument instrument) {
        int place = count;
        if (place == instruments.length) {
            instruments = Arrays.copyOf(instruments, Math.max(64, place * 2));
        }
        instruments[place] = instrument;
        count = place + 1;
    }

    /**
     * The instruments that match, best first: the very symbol, symbols that begin like it, names with a word that does (or
     * from there on several), then near misses of a symbol or of one word of a name: 1 edit apart where 2 to 4 characters
     * were typed, 1 or 2 where more were. An edit is a character too few, too many or wrong, or two neighbours in the wrong
     * order. Case and accents don't matter.
     *
     * @param typed the query; empty matches everything, in the order of symbols
     * @param limit the most that are wanted
     */
    public List<Instrument> find(String typed, int limit) {
        SymbolQuery query = SymbolQuery.of(typed);
        Indexed now = upToDate();
        return best(now.old.find(query, limit), now.recent.find(query, limit), limit);
    }

    /**
     * The symbols that may have been meant, best first.
     *
     * @param text which is no symbol that is known
     * @param limit the most that are wanted
     */
    public List<Symbol> near(String text, int limit) {
        String symbol = SymbolQuery.of(text).symbol();
        Indexed now = upToDate();
        return best(now.old.near(symbol, limit), now.recent.near(symbol, limit), limit).stream()
                .map(Instrument::symbol)
                .toList();
    }

    /** Brings the index up to date, so that the next search need not. */
    public void prepare() {
        upToDate();
    }

    private static List<Instrument> best(List<SymbolHit> one, List<SymbolHit> other, int limit) {
        List<SymbolHit> hits = new ArrayList<>(one);
        hits.addAll(other);
        hits.sort(SymbolHit.ORDER);
        return hits.stream().limit(limit).map(SymbolHit::instrument).toList();
    }

    private Indexed upToDate() {
        if (indexed.count != count && indexing.tryLock()) {
            try {
                indexed = next(indexed, count);
            } finally {
                indexing.unlock();
            }
        }
        return indexed;
    }

    private Indexed next(Indexed before, int now) {
        if (now - before.oldCount > Math.max(FEW, before.oldCount / SHARE)) {
            return new Indexed(index(0, now), now, SymbolIndex.EMPTY, now);
        }
        return new Indexed(before.old, before.oldCount, index(before.oldCount, now), now);
    }

    private SymbolIndex index(int from, int to) {
        return new SymbolIndex(Arrays.asList(instruments).subList(from, to));
    }
}
