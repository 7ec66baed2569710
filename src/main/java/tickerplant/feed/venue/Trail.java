package tickerplant.feed.venue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import tickerplant.feed.LastWord;
import tickerplant.market.Phase;
import tickerplant.market.Trade;

/** What has been told of a symbol so far, over all lines. */
final class Trail {
    private static final long NONE = -1;
    /** A quote of which no more is known than that it is there. */
    private static final Top UNKNOWN = new Top(
            "", BigDecimal.ONE.negate(), BigDecimal.ONE.negate(), BigDecimal.ONE.negate(), BigDecimal.ONE.negate(), 0);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** What a trade is, seen from those before it. */
    enum Place {
        /** The next. */
        NEXT,
        /** Not the next: some between were lost. */
        AFTER_A_HOLE,
        /** It has been told, or its place given up. */
        KNOWN
    }

    private long last = NONE;
    private long announced = NONE;
    private long lastTs = NONE;
    private boolean interrupted;
    private Optional<Top> top = Optional.empty();
    private Phase phase = Phase.OPEN;

    /**
     * That of a symbol that somebody else has told of until now.
     *
     * @param isNumbered whether the names of trades are their numbers
     */
    static Trail after(LastWord word, boolean isNumbered) {
        Trail trail = new Trail();
        trail.interrupted = true;
        if (word.trade().isPresent()) {
            Trade trade = word.trade().get();
            trail.lastTs = trade.ts();
            trail.last = isNumbered && NUMBER.matcher(trade.id()).matches() ? Long.parseLong(trade.id()) : NONE;
        }
        trail.top = word.isQuoted() ? Optional.of(UNKNOWN) : Optional.empty();
        trail.phase = word.phase().orElse(Phase.OPEN);
        return trail;
    }

    /** Whether no trade has been told. */
    boolean isEmpty() {
        return lastTs == NONE;
    }

    /** Takes the place of a numbered trade. */
    Place numbered(long number, long ts) {
        if (last != NONE && number <= last) {
            return Place.KNOWN;
        }
        Place place = last == NONE || number == last + 1 ? Place.NEXT : Place.AFTER_A_HOLE;
        last = number;
        lastTs = Math.max(lastTs, ts);
        return place;
    }

    /** Takes the place of a trade without a number: after an interruption some venues tell the last one again. */
    Place unnumbered(long ts) {
        if (interrupted && ts <= lastTs) {
            return Place.KNOWN;
        }
        Place place = interrupted && !isEmpty() ? Place.AFTER_A_HOLE : Place.NEXT;
        interrupted = false;
        lastTs = Math.max(lastTs, ts);
        return place;
    }

    /**
     * The venue says how far the numbers go. What it said the time before should have come by now.
     *
     * @return whether that was lost
     */
    boolean announce(long number) {
        boolean lost = last != NONE && announced > last;
        if (lost) {
            last = announced;
        }
        announced = number;
        return lost;
    }

    /** For a while nothing came. */
    void interrupt() {
        interrupted = true;
        announced = NONE;
    }

    /** Takes the quote that stands now; says whether it is another than before. */
    boolean quote(Top newest) {
        boolean news = top.isEmpty() || !newest.tellsTheSameAs(top.get());
        top = Optional.of(newest);
        return news;
    }

    /** Nobody knows the quote any more; says whether anybody did. */
    boolean forgetQuote() {
        boolean known = top.isPresent();
        top = Optional.empty();
        return known;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** Takes the phase; says whether it is another than before. Before the first word trading is open. */
    boolean enter(Phase newest) {
        boolean news = newest != phase;
        phase = newest;
        return news;
    }
}
