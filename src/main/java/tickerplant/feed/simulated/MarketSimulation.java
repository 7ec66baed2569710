package tickerplant.feed.simulated;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;

/**
 * A market that a seed decides: which share does what, and when, in offsets from a start that it doesn't know. Shares move
 * with the market, with their sector and on their own; the first of the catalogue are the busiest; and for moments at a
 * time a few shares are busier than that. Each event takes constant time, whatever the number of shares. Owned by one
 * thread.
 */
final class MarketSimulation {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final double NANO = 1e-9;

    /** Market and sectors: how far they go in a second, and in the long run. */
    private static final double MARKET_STEP = 1.2e-4;

    private static final double SECTOR_STEP = 1e-4;
    private static final double LONG_RUN = 0.03;
    /** How often they move: often enough to look steady. */
    private static final long TIDE_NANOS = 50_000_000L;

    /** How many shares are busy at a time, how much of what happens is theirs, and how soon another takes the place. */
    private static final int HOT = 3;

    private static final double HOT_SHARE = 0.2;
    private static final double COOLING = 0.1;

    /** How activity falls with the place in the catalogue. */
    private static final double SKEW = 0.9;

    private final List<Company> companies;
    private final long[] openings;
    private final long[] prevCloses;
    private final StockBook[] books;
    private final Walk[] tides;
    private final boolean even;
    private final Dice dice;
    private final Pace pace;
    private final AliasTable activity;
    private final Walk market = new Walk(MARKET_STEP, LONG_RUN);
    private final Map<Sector, Walk> sectors = new EnumMap<>(Sector.class);
    private final int[] hot = new int[HOT];
    private long movedAt;
    private long offset;
    private int turn;

    /**
     * A market before its first event.
     *
     * @param symbols how many shares
     * @param rate how many events in a second, in all
     * @param seed decides everything else
     * @param even whether each share has its turn, at a steady pace, instead
     */
    MarketSimulation(int symbols, long rate, long seed, boolean even) {
        this.even = even;
        dice = new Dice(seed);
        companies = Catalogue.companies(symbols);
        openings = new long[symbols];
        prevCloses = new long[symbols];
        books = new StockBook[symbols];
        tides = new Walk[symbols];
        double[] weights = new double[symbols];
        for (int i = 0; i < symbols; i++) {
            Company company = companies.get(i);
            openings[i] = near(company.cents(), 0.02);
            prevCloses[i] = near(openings[i], 0.01);
            double sensitivity = 0.6 + 0.8 * dice.even();
            // 1 hundredth of a percent for the busiest, 8 for those that are rarely traded.
            double relativeSpread = 1e-4 * (1 + 7.0 * i / (i + 300.0));
            books[i] = new StockBook(company.symbol(), openings[i], sensitivity, relativeSpread);
            tides[i] = sectors.computeIfAbsent(company.sector(), sector -> new Walk(SECTOR_STEP, LONG_RUN));
            weights[i] = 1 / StrictMath.pow(i + 3, SKEW);
        }
        activity = new AliasTable(weights);
        for (int i = 0; i < HOT; i++) {
            hot[i] = activity.draw(dice);
        }
        pace = even ? Pace.steady(rate, dice) : new Pace(rate, dice);
    }

    private long near(long cents, double deviation) {
        return Math.max(1, Math.round(cents * (1 + deviation * dice.bell())));
    }

    /** The shares, the busiest first, as the feed of that name lists them at that time. */
    List<Listed> listings(String feed, long ts) {
        List<Listed> listings = new ArrayList<>(books.length);
        for (int i = 0; i < books.length; i++) {
            Company company = companies.get(i);
            Instrument instrument = new Instrument(
                    company.symbol(), company.name(), "USD", company.exchange(), StockBook.PRICE_DECIMALS, 0, ZONE);
            listings.add(new Listed(instrument, feed, prevCloses[i], ts));
        }
        return listings;
    }

    /** Goes on to the next event, and says when it is due: in nanoseconds from the start, each later than the last. */
    long advance() {
        offset = pace.next();
        if (offset - movedAt >= TIDE_NANOS) {
            moveTides();
        }
        return offset;
    }

    /**
     * The event that {@link #advance} went on to; once each.
     *
     * @param ts its time, in microseconds since the epoch
     */
    Event event(long ts) {
        int share = even ? next() : draw();
        double tide = market.value() + tides[share].value();
        return books[share].next(offset, tide, pace.intensity(), ts, dice);
    }

    private int next() {
        int share = turn;
        turn = share + 1 == books.length ? 0 : share + 1;
        return share;
    }

    private int draw() {
        return dice.chance(HOT_SHARE) ? hot[dice.below(HOT)] : activity.draw(dice);
    }

    private void moveTides() {
        double seconds = (offset - movedAt) * NANO * pace.intensity();
        movedAt = offset;
        market.advance(seconds, dice);
        for (Walk sector : sectors.values()) {
            sector.advance(seconds, dice);
        }
        for (int i = 0; i < HOT; i++) {
            if (dice.chance(COOLING)) {
                hot[i] = activity.draw(dice);
            }
        }
    }
}
