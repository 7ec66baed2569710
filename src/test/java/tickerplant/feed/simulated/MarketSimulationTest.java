package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.market.Condition;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class MarketSimulationTest {
    private static final long START = 1_767_225_600_000_000L;
    private static final int MANY = 200_000;
    private static final int MINUTES = 300;

    @Test
    void theSameSeedIsTheSameMarketAndAnotherSeedIsNot() {
        assertEquals(play(50, 1_000, 7, 20_000), play(50, 1_000, 7, 20_000));
        assertNotEquals(play(50, 1_000, 7, 100), play(50, 1_000, 8, 100));
        assertEquals(
                new MarketSimulation(50, 1_000, 7, false).listings("sim", START),
                new MarketSimulation(50, 1_000, 7, false).listings("sim", START));
    }

    /** Pins the sequence: it is what recorded expectations and benchmarks elsewhere stand on. */
    @Test
    void aSeedMeansTheSameOnEveryMachine() {
        List<Event> events = play(100, 1_000, 1, 10_000);
        CRC32 crc = new CRC32();
        for (Event event : events) {
            crc.update(event.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertEquals("392024bc", Long.toHexString(crc.getValue()));
    }

    @ParameterizedTest
    @CsvSource({"100, 1000, 1", "1, 5, 2", "5000, 20000, 3"})
    void whateverHappensCanHappenInAMarket(int symbols, long rate, long seed) {
        Map<Symbol, Quote> quotes = new HashMap<>();
        Map<Symbol, Set<String>> ids = new HashMap<>();
        int trades = 0;
        int oddLots = 0;
        for (Event event : play(symbols, rate, seed, MANY)) {
            if (event instanceof Quote quote) {
                assertTrue(quote.bidPrice() > 0 && quote.bidPrice() < quote.askPrice(), quote::toString);
                assertTrue(quote.bidSize() > 0 && quote.askSize() > 0, quote::toString);
                Quote last = quotes.put(quote.symbol(), quote);
                assertTrue(last == null || !sameBook(last, quote), () -> quote + " changes nothing");
            } else if (event instanceof Trade trade) {
                Quote quote = quotes.get(trade.symbol());
                assertTrue(trade.price() >= quote.bidPrice() && trade.price() <= quote.askPrice(), trade::toString);
                assertTrue(trade.size() > 0, trade::toString);
                assertNotEquals(Side.UNKNOWN, trade.side());
                assertEquals("SIM", trade.venue());
                assertTrue(ids.computeIfAbsent(trade.symbol(), s -> new HashSet<>())
                        .add(trade.id()));
                trades++;
                if (trade.conditions().contains(Condition.ODD_LOT)) {
                    assertTrue(trade.size() < 100, trade::toString);
                    oddLots++;
                } else {
                    assertEquals(0, trade.size() % 10, trade::toString);
                }
            }
        }
        assertEquals(0.25, trades / (double) MANY, 0.02);
        assertEquals(0.3, oddLots / (double) trades, 0.02);
    }

    @Test
    void openingPricesAreNearThePreviousClose() {
        MarketSimulation market = new MarketSimulation(600, 1_000, 1, false);
        Map<Symbol, Long> closes = new HashMap<>();
        for (Listed listed : market.listings("sim", START)) {
            assertEquals("sim", listed.feed());
            assertEquals(2, listed.instrument().priceDecimals());
            closes.put(listed.symbol(), listed.prevClose());
        }
        assertEquals(600, closes.size());
        Set<Symbol> opened = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Event event = market.event(START + market.advance() / 1_000);
            if (opened.add(event.symbol())) {
                double close = closes.get(event.symbol());
                assertEquals(close, (double) ((Quote) event).bidPrice(), 0.06 * close + 2, event.toString());
            }
        }
    }

    @Test
    void pricesStayPlausibleOverDays() {
        Map<Symbol, Long> closes = new HashMap<>();
        // One event a second for five days.
        MarketSimulation market = new MarketSimulation(20, 1, 4, false);
        market.listings("sim", START).forEach(listed -> closes.put(listed.symbol(), listed.prevClose()));
        boolean moved = false;
        for (int i = 0; i < 5 * 86_400; i++) {
            if (market.event(START + market.advance() / 1_000) instanceof Quote quote) {
                double ratio = quote.bidPrice() / (double) closes.get(quote.symbol());
                assertTrue(ratio > 0.7 && ratio < 1.4, () -> quote + " of " + closes.get(quote.symbol()));
                moved |= ratio > 1.05 || ratio < 0.95;
            }
        }
        assertTrue(moved);
    }

    @Test
    void sharesMoveTogetherAndThoseOfASectorMoreSo() {
        List<Company> companies = Catalogue.companies(40);
        double[][] moves = new double[companies.size()][];
        Map<Symbol, Integer> places = new HashMap<>();
        for (int i = 0; i < companies.size(); i++) {
            moves[i] = new double[MINUTES];
            places.put(companies.get(i).symbol(), i);
        }
        // Prices at the end of each minute, then their changes.
        MarketSimulation market = new MarketSimulation(companies.size(), 50, 9, false);
        double[] now = new double[companies.size()];
        double[] before = new double[companies.size()];
        int minute = 0;
        while (minute < MINUTES) {
            long offset = market.advance();
            Event event = market.event(START + offset / 1_000);
            if (event instanceof Quote quote) {
                now[places.get(quote.symbol())] = Math.log((double) quote.bidPrice() + quote.askPrice());
            }
            if (offset / 60_000_000_000L > minute) {
                for (int i = 0; i < now.length; i++) {
                    moves[i][minute] = minute == 0 ? 0 : now[i] - before[i];
                }
                before = now.clone();
                minute++;
            }
        }
        double within = 0;
        double across = 0;
        int pairsWithin = 0;
        int pairsAcross = 0;
        for (int i = 0; i < moves.length; i++) {
            for (int j = 0; j < i; j++) {
                double correlation = correlation(moves[i], moves[j]);
                if (companies.get(i).sector() == companies.get(j).sector()) {
                    within += correlation;
                    pairsWithin++;
                } else {
                    across += correlation;
                    pairsAcross++;
                }
            }
        }
        within /= pairsWithin;
        across /= pairsAcross;
        assertTrue(across > 0.1, "across sectors " + across);
        assertTrue(within > across + 0.05, "within a sector " + within + ", across " + across);
        assertTrue(within < 0.9, "within a sector " + within);
    }

    @Test
    void theFirstOfTheCatalogueAreTheBusiestAndEverybodyIsHeard() {
        Map<Symbol, Integer> counts = new HashMap<>();
        play(100, 1_000, 1, MANY).forEach(event -> counts.merge(event.symbol(), 1, Integer::sum));
        List<Company> companies = Catalogue.companies(100);

        assertEquals(100, counts.size());
        int first = sum(counts, companies.subList(0, 10));
        int last = sum(counts, companies.subList(90, 100));
        assertTrue(first > 5 * last, first + " against " + last);
    }

    @Test
    void aShareHasItsBursts() {
        // The least active share's part of each quarter of a second at a high rate: mostly its usual one, at times far
        // more.
        Symbol symbol = Catalogue.companies(50).get(49).symbol();
        int[] ofShare = new int[200];
        MarketSimulation market = new MarketSimulation(50, 20_000, 1, false);
        long offset = market.advance();
        while (offset < 50_000_000_000L) {
            if (market.event(START + offset / 1_000).symbol().equals(symbol)) {
                ofShare[(int) (offset / 250_000_000L)]++;
            }
            offset = market.advance();
        }
        double average = 0;
        int most = 0;
        for (int count : ofShare) {
            average += count / (double) ofShare.length;
            most = Math.max(most, count);
        }
        assertTrue(most > 3 * average, most + " against " + average);
    }

    private static int sum(Map<Symbol, Integer> counts, List<Company> companies) {
        return companies.stream()
                .mapToInt(company -> counts.get(company.symbol()))
                .sum();
    }

    private static boolean sameBook(Quote a, Quote b) {
        return a.bidPrice() == b.bidPrice()
                && a.bidSize() == b.bidSize()
                && a.askPrice() == b.askPrice()
                && a.askSize() == b.askSize();
    }

    private static double correlation(double[] a, double[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 1; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static List<Event> play(int symbols, long rate, long seed, int count) {
        MarketSimulation market = new MarketSimulation(symbols, rate, seed, false);
        List<Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(market.event(START + market.advance() / 1_000));
        }
        return events;
    }
}
