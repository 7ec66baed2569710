package tickerplant.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Decimal.ABSENT;
import static tickerplant.market.Events.ACME;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.oddLot;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MarketTest {
    private final RecordingListener heard = new RecordingListener();
    private final Market market = new Market(heard, 1_000);

    private Day day() {
        return heard.tickers().get(heard.tickers().size() - 1).ticker().day();
    }

    private void play(Event... events) {
        for (Event event : events) {
            market.apply(event);
        }
    }

    @Test
    void newsAndPhasesOfTheWholeMarketHaveSequencesOfTheirOwn() {
        News all = new News(Symbol.WHOLE_MARKET, "rates", "", "", 2);
        News acme = new News(ACME, "acme", "", "", 3);
        Status open = new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", 4);
        play(listed("ACME", 9_900), all, acme, open, all);

        assertEquals(
                List.of(
                        new NewsUpdate(Instrument.WHOLE_MARKET, 1, all),
                        new NewsUpdate(market.listing(ACME).orElseThrow().instrument(), 1, acme),
                        new StatusUpdate(Instrument.WHOLE_MARKET, 1, 1, open),
                        new NewsUpdate(Instrument.WHOLE_MARKET, 2, all)),
                heard.updates);
    }

    @Test
    void theWholeMarketDoesNotTrade() {
        Trade trade = new Trade(Symbol.WHOLE_MARKET, 1, 1, Side.UNKNOWN, "", "", Set.of(), 1);
        play(
                trade,
                new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", 2),
                trade,
                new Listed(Instrument.WHOLE_MARKET, "test", ABSENT, 3));

        assertEquals(3, heard.refused.size());
        assertEquals(1, heard.updates.size());
    }

    @Test
    void everyEventTakesOneSequenceOfEachOfItsChannels() {
        play(
                listed("ACME", 9_900),
                quote("ACME", 9_999, 10_001, 1),
                trade("ACME", 10_000, 100, 2),
                quote("ACME", 9_999, 10_001, 3),
                trade("ACME", 10_001, 200, 4),
                new Status(ACME, Phase.HALTED, "news", 5),
                new Cancel(ACME, "t2", 6));

        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                heard.tickers().stream().map(TickerUpdate::seq).toList());
        assertEquals(
                List.of(1L, 2L, 3L), heard.trades().stream().map(Update::seq).toList());
        assertEquals(
                List.of(1L),
                heard.updates.stream()
                        .filter(update -> update.channel() == Channel.STATUS)
                        .map(Update::seq)
                        .toList());
    }

    @Test
    void sequencesOfOneSymbolSayNothingOfAnother() {
        play(listed("ACME", ABSENT), listed("BETA", ABSENT), trade("ACME", 1, 1, 1), trade("BETA", 2, 1, 2));

        assertEquals(
                List.of(1L, 1L), heard.tickers().stream().map(TickerUpdate::seq).toList());
    }

    @Test
    void aQuoteLeavesTheDayAloneAndATradeLeavesTheQuote() {
        play(listed("ACME", 9_900), trade("ACME", 10_000, 100, 1), quote("ACME", 9_999, 10_001, 2));

        Ticker ticker = heard.tickers().get(1).ticker();
        assertEquals(new Day(10_000, 100, 10_000, 10_000, 10_000, 9_900, 100, 1), ticker.day());
        assertEquals(9_999, ticker.quote().bidPrice());
        assertEquals(
                TickerField.BID.bit() | TickerField.BID_SIZE.bit() | TickerField.ASK.bit() | TickerField.ASK_SIZE.bit(),
                heard.tickers().get(1).changed());
    }

    @Test
    void anOddLotCountsInVolumeButMovesNoPrice() {
        play(listed("ACME", 9_900), trade("ACME", 10_000, 100, 1), oddLot("ACME", 12_000, 7, 2));

        assertEquals(new Day(10_000, 100, 10_000, 10_000, 10_000, 9_900, 107, 2), day());
        assertEquals(12_000, heard.tickers().get(1).hi(), "what was printed was printed");
    }

    @Test
    void aTradeTakenBackLeavesTheDayAsIfItHadNeverBeen() {
        play(
                listed("ACME", 9_900),
                trade("ACME", 10_000, 100, 1),
                trade("ACME", 15_000, 50, 2),
                trade("ACME", 10_100, 10, 3));
        Day withoutIt = new Day(10_100, 10, 10_000, 10_100, 10_000, 9_900, 110, 2);

        play(new Cancel(ACME, "t2", 4));

        assertEquals(withoutIt, day());
        assertEquals(
                new CancelUpdate(market.listing(ACME).orElseThrow().instrument(), 4, 2, 4),
                heard.trades().get(3));
        assertEquals(4, heard.standing.get(heard.standing.size() - 1).seq());
    }

    @Test
    void aCancelOfTheLastTradeBringsThePreviousOneBack() {
        play(
                listed("ACME", ABSENT),
                trade("ACME", 10_000, 100, 1),
                trade("ACME", 9_000, 5, 2),
                new Cancel(ACME, "t2", 3));

        assertEquals(new Day(10_000, 100, 10_000, 10_000, 10_000, ABSENT, 100, 1), day());
        TradeUpdate standing = (TradeUpdate) heard.standing.get(heard.standing.size() - 1);
        assertEquals(3, standing.seq());
        assertEquals("t1", standing.trade().id());
    }

    @Test
    void aCancelOfWhatIsNotKnownIsRefusedAndTakesNoSequence() {
        Cancel unknown = new Cancel(ACME, "nobody", 2);
        Cancel again = new Cancel(ACME, "t1", 4);
        play(listed("ACME", ABSENT), trade("ACME", 10_000, 100, 1), unknown, new Cancel(ACME, "t1", 3), again);

        assertEquals(List.of(unknown, again), heard.refused);
        assertEquals(2, heard.tickers().size());
    }

    @Test
    void aDayRollMakesTheLastPriceThePreviousCloseAndStartsTheFiguresAnew() {
        play(listed("ACME", 9_900), trade("ACME", 10_000, 100, 1), new DayRoll(ACME, 2));

        assertEquals(new Day(10_000, 100, ABSENT, ABSENT, ABSENT, 10_000, 0, 0), day());
        TickerUpdate roll = heard.tickers().get(1);
        assertTrue((roll.changed() & TickerField.OPEN.bit()) != 0);
        assertEquals(0, roll.ticker().value(TickerField.CHANGE));
    }

    @Test
    void aSymbolThatIsNotListedIsRefused() {
        Event stranger = trade("ACME", 1, 1, 1);
        play(stranger);

        assertEquals(List.of(stranger), heard.refused);
    }

    @Test
    void aSizeThatWouldOverflowTheVolumeIsRefused() {
        Event absurd = trade("ACME", 1, Decimal.LIMIT - 1, 2);
        play(listed("ACME", ABSENT), trade("ACME", 1, 1, 1), absurd);

        assertEquals(List.of(absurd), heard.refused);
        assertEquals(1, day().volume());
    }

    @Test
    void listingASymbolAgainChangesNothing() {
        play(listed("ACME", 9_900), trade("ACME", 10_000, 100, 1), listed("ACME", 1));

        assertEquals(List.of(ACME), heard.listed);
        assertEquals(
                9_900,
                market.listing(ACME).orElseThrow().ticker().ticker().day().prevClose());
    }

    /** A plain fold of the whole day, written without regard to cost, against the tape that forgets old trades. */
    @Test
    void theTapeGivesTheSameDayAsAPlainFoldForAnyRunOfEvents() {
        for (long seed = 1; seed <= 200; seed++) {
            RecordingListener listener = new RecordingListener();
            Market small = new Market(listener, 16);
            small.apply(listed("ACME", 9_900));
            Map<String, Trade> trades = new LinkedHashMap<>();
            Day start = Day.starting(9_900);
            for (Event event : Events.generated("ACME", seed, 300)) {
                int refused = listener.refused.size();
                small.apply(event);
                if (event instanceof Trade trade) {
                    trades.put(trade.id(), trade);
                } else if (event instanceof Cancel cancel && listener.refused.size() == refused) {
                    trades.remove(cancel.tradeId());
                } else if (event instanceof DayRoll) {
                    start = fold(start, trades).next();
                    trades.clear();
                }
                Day seen = small.listing(ACME).orElseThrow().ticker().ticker().day();
                assertEquals(fold(start, trades), seen, "seed " + seed + " at " + event);
            }
        }
    }

    private static Day fold(Day start, Map<String, Trade> trades) {
        Day day = start;
        for (Trade trade : trades.values()) {
            day = day.with(trade);
        }
        return day;
    }

    /** What the algebra promises (guarantees G2 and G3), for any run of events cut into merged pieces anyhow. */
    @Test
    void updatesMergedInAnyWayAreWorthTheSameAsOneByOne() {
        for (long seed = 1; seed <= 200; seed++) {
            RecordingListener listener = new RecordingListener();
            Market whole = new Market(listener, 1_000);
            whole.apply(listed("ACME", 9_900));
            List<Event> events = Events.generated("ACME", seed, 60);
            events.forEach(whole::apply);
            List<TickerUpdate> updates = listener.tickers();
            Random random = new Random(seed);
            int from = random.nextInt(updates.size());
            int to = from + 1 + random.nextInt(updates.size() - from);
            List<TickerUpdate> run = updates.subList(from, to);

            TickerUpdate merged = mergedAnyhow(run, random);

            String where = "seed " + seed + ", " + from + " to " + to;
            TickerUpdate last = run.get(run.size() - 1);
            assertEquals(last.seq(), merged.seq(), where);
            assertEquals(run.size(), merged.n(), where);
            assertEquals(last.ticker(), merged.ticker(), where);
            Set<Long> printed = new TreeSet<>();
            run.forEach(update -> {
                if (update.hi() != ABSENT) {
                    printed.add(update.hi());
                }
            });
            assertEquals(printed.isEmpty() ? ABSENT : List.copyOf(printed).get(printed.size() - 1), merged.hi(), where);
            assertEquals(printed.isEmpty() ? ABSENT : printed.iterator().next(), merged.lo(), where);
            Ticker before = from == 0
                    ? Ticker.starting(ACME, 9_900)
                    : updates.get(from - 1).ticker();
            for (TickerField field : TickerField.values()) {
                if (before.value(field) != merged.ticker().value(field)) {
                    assertTrue((merged.changed() & field.bit()) != 0, where + ": " + field + " changed unsaid");
                }
            }
        }
    }

    private static TickerUpdate mergedAnyhow(List<TickerUpdate> run, Random random) {
        List<TickerUpdate> rest = new ArrayList<>(run);
        while (rest.size() > 1) {
            int at = random.nextInt(rest.size() - 1);
            rest.set(at, rest.get(at).merge(rest.remove(at + 1)));
        }
        return rest.get(0);
    }

    @Test
    void whatDoesNotFollowIsNotMerged() {
        play(listed("ACME", ABSENT), trade("ACME", 1, 1, 1), trade("ACME", 2, 1, 2), trade("ACME", 3, 1, 3));
        TickerUpdate first = heard.tickers().get(0);
        TickerUpdate third = heard.tickers().get(2);

        assertThrows(IllegalArgumentException.class, () -> first.merge(third));
        assertThrows(IllegalArgumentException.class, () -> third.merge(first));
    }
}
