package tickerplant.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Listing;
import tickerplant.market.Update;

/** Remembers how far publishers have come, and nothing else: what is in memory is as safe as it will be. */
final class MemoryJournal implements Journal {
    private final Map<String, Long> pseqs = new HashMap<>();

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
        pseqs.put(publisher, pseq);
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
    public void close() {
        // nothing is open
    }
}
