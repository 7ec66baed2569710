package tickerplant.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Decimal.ABSENT;
import static tickerplant.market.Events.ACME;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.oddLot;
import static tickerplant.market.Events.trade;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of bars, event by event. */
class BarsTest {
    private static final long NOON = 1_767_268_800_000_000L;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final RecordingListener heard = new RecordingListener();
    private final Market market = new Market(heard, 1_000);

    BarsTest() {
        heard.hearsBars = true;
        market.apply(listed("ACME", 9_900));
    }

    private void play(LogEntry... entries) {
        for (LogEntry entry : entries) {
            market.apply(entry);
        }
    }

    private static LogEntry passed(long ts) {
        return new TimePassed("test", ts);
    }

    private List<BarUpdate> minutes() {
        return heard.bars(Interval.MINUTE);
    }

    private BarUpdate lastMinute() {
        return minutes().get(minutes().size() - 1);
    }

    private static Bar bar(
            long start, long open, long high, long low, long close, long volume, long turnover, long trades) {
        return new Bar(start, open, high, low, close, volume, new Turnover(0, turnover), trades, false);
    }

    private static Bar over(Bar bar) {
        return new Bar(
                bar.start(),
                bar.open(),
                bar.high(),
                bar.low(),
                bar.close(),
                bar.volume(),
                bar.turnover(),
                bar.trades(),
                true);
    }

    @Test
    void aTradeTakesOneSequenceInTheBarsOfEveryInterval() {
        play(trade("ACME", 100, 10, NOON + 1), trade("ACME", 90, 5, NOON + 2));

        for (Interval interval : Interval.values()) {
            assertEquals(
                    List.of(1L, 2L),
                    heard.bars(interval).stream().map(BarUpdate::seq).toList());
            assertEquals(
                    100 * 10 + 90 * 5,
                    heard.bars(interval).get(1).bar().turnover().low(),
                    interval.word());
        }
        assertEquals(bar(NOON, 100, 100, 90, 90, 15, 1_450, 2), lastMinute().bar());
    }

    @Test
    void aTradeOfALaterBarClosesTheOneBeforeFirst() {
        play(trade("ACME", 100, 10, NOON), trade("ACME", 110, 10, NOON + 3 * MINUTE));

        Bar first = bar(NOON, 100, 100, 100, 100, 10, 1_000, 1);
        Bar second = bar(NOON + 3 * MINUTE, 110, 110, 110, 110, 10, 1_100, 1);
        assertEquals(
                List.of(first, over(first), second),
                minutes().stream().map(BarUpdate::bar).toList(),
                "and there are no empty bars between");
        assertEquals(1, heard.bars(Interval.HOUR).size() - 1);
    }

    @Test
    void timeClosesABarOnceAndOnlyThatOfItsOwnFeed() {
        play(trade("ACME", 100, 10, NOON), new TimePassed("other", NOON + MINUTE), passed(NOON + MINUTE - 1));
        assertEquals(1, minutes().size());

        play(passed(NOON + MINUTE), passed(NOON + 2 * MINUTE));

        assertEquals(2, minutes().size());
        assertTrue(lastMinute().bar().isFinal());
        assertEquals(2, heard.bars(Interval.SECOND).size());
        assertEquals(1, heard.bars(Interval.HOUR).size(), "the hour is not over");
    }

    @Test
    void aLateTradeCorrectsAFinalBarAndNewcomersAreStillShownTheCurrentOne() {
        play(trade("ACME", 100, 10, NOON + 5), trade("ACME", 110, 10, NOON + MINUTE), trade("ACME", 120, 1, NOON + 9));

        assertEquals(
                over(bar(NOON, 100, 120, 100, 120, 11, 1_120, 2)), lastMinute().bar());
        assertEquals(4, lastMinute().seq());
        BarUpdate standing = (BarUpdate) market.listing(ACME).orElseThrow().standingBar(Interval.MINUTE);
        assertEquals(4, standing.seq());
        assertEquals(NOON + MINUTE, standing.bar().start());
    }

    @Test
    void aLateTradeInTheBarFindsItsPlaceByItsTime() {
        play(
                trade("ACME", 100, 1, NOON + 20),
                trade("ACME", 101, 1, NOON + 30),
                trade("ACME", 102, 1, NOON + 25),
                trade("ACME", 103, 1, NOON + 10));

        assertEquals(bar(NOON, 103, 103, 100, 101, 4, 406, 4), lastMinute().bar());
    }

    @Test
    void aLateTradeWhereNothingWasTradedMakesAFinalBarOfItsOwn() {
        play(
                trade("ACME", 100, 1, NOON),
                trade("ACME", 101, 1, NOON + 2 * MINUTE),
                trade("ACME", 102, 1, NOON + MINUTE));

        assertEquals(
                over(bar(NOON + MINUTE, 102, 102, 102, 102, 1, 102, 1)),
                lastMinute().bar());
    }

    @Test
    void oddLotsCountButWaitForAPriceToBeToldWith() {
        play(oddLot("ACME", 500, 7, NOON));
        assertEquals(List.of(), minutes());
        assertTrue(market.listing(ACME).orElseThrow().standingBar(Interval.MINUTE) instanceof NothingYet);

        play(trade("ACME", 100, 10, NOON + 1), oddLot("ACME", 600, 3, NOON + 2));

        assertEquals(List.of(1L, 2L), minutes().stream().map(BarUpdate::seq).toList());
        assertEquals(
                bar(NOON, 100, 100, 100, 100, 20, 500 * 7 + 100 * 10 + 600 * 3, 3),
                lastMinute().bar());
    }

    @Test
    void aBarOfOddLotsAloneIsNeverTold() {
        play(oddLot("ACME", 500, 7, NOON), passed(NOON + MINUTE), trade("ACME", 100, 10, NOON + MINUTE));

        assertEquals(1, minutes().size());
        assertEquals(1, lastMinute().seq());
    }

    @Test
    void aTradeTakenBackLeavesEveryBarAsIfItHadNeverBeenFinalOnesToo() {
        play(
                trade("ACME", 100, 10, NOON),
                trade("ACME", 900, 10, NOON + 1),
                trade("ACME", 101, 10, NOON + MINUTE),
                new Cancel(ACME, "t" + (NOON + 1), NOON + MINUTE + 1));

        assertEquals(
                over(bar(NOON, 100, 100, 100, 100, 10, 1_000, 1)), lastMinute().bar());
        assertEquals(5, lastMinute().seq());
        List<BarUpdate> days = heard.bars(Interval.DAY);
        assertEquals(101, days.get(days.size() - 1).bar().high());
    }

    @Test
    void aBarThatLosesItsOnlyTradeIsTakenBackItself() {
        play(trade("ACME", 100, 10, NOON), new Cancel(ACME, "t" + NOON, NOON + 1));
        assertEquals(
                bar(NOON, ABSENT, ABSENT, ABSENT, ABSENT, 0, 0, 0), lastMinute().bar());

        play(trade("ACME", 105, 10, NOON + 2));
        assertEquals(bar(NOON, 105, 105, 105, 105, 10, 1_050, 1), lastMinute().bar());
    }

    @Test
    void aTradeOlderThanTheBarsThatAreKeptLeavesThemAloneAndIsCounted() {
        Market small = new Market(heard, 1_000, 0);
        small.apply(listed("ACME", ABSENT));
        for (int i = 0; i < 4; i++) {
            small.apply(trade("ACME", 100 + i, 1, NOON + i * MINUTE));
        }
        int told = minutes().size();

        small.apply(trade("ACME", 1, 1, NOON + 30 * SECOND));

        assertEquals(told, minutes().size());
        assertEquals(1, small.missedBars());
        assertEquals(5, heard.bars(Interval.DAY).size(), "the day's bar is still there");
        assertEquals(
                5, small.listing(ACME).orElseThrow().ticker().ticker().day().trades());
    }

    @Test
    void aDayRollClosesTheDayOfItsOwnZone() {
        long midnight = 1_767_312_000_000_000L;
        play(trade("ACME", 100, 1, midnight - 1), new DayRoll(ACME, midnight), trade("ACME", 101, 1, midnight));

        assertEquals(
                List.of(false, true, false),
                heard.bars(Interval.DAY).stream()
                        .map(update -> update.bar().isFinal())
                        .toList());
        assertEquals(midnight, heard.bars(Interval.DAY).get(2).bar().start());
    }

    @Test
    void whatWasTradedBeforeTheDayRollCanNotBeTakenBack() {
        long midnight = 1_767_312_000_000_000L;
        Cancel late = new Cancel(ACME, "t" + (midnight - 1), midnight + 1);
        play(trade("ACME", 100, 1, midnight - 1), new DayRoll(ACME, midnight), late);

        assertEquals(List.of(late), heard.refused);
    }

    @Test
    void updatesOfOneOpenBarMergeAndNothingElseDoes() {
        play(
                trade("ACME", 100, 1, NOON),
                trade("ACME", 101, 1, NOON + 1),
                trade("ACME", 102, 1, NOON + MINUTE),
                trade("ACME", 103, 1, NOON + 2));
        BarUpdate first = minutes().get(0);
        BarUpdate second = minutes().get(1);
        BarUpdate closed = minutes().get(2);
        BarUpdate next = minutes().get(3);
        BarUpdate corrected = minutes().get(4);

        assertEquals(new BarUpdate(first.instrument(), Channel.BARS_1M, 2, 2, second.bar()), first.merge(second));
        assertFalse(second.mayMerge(closed));
        assertFalse(closed.mayMerge(next));
        assertFalse(next.mayMerge(corrected));
        assertThrows(IllegalArgumentException.class, () -> second.merge(closed));
        assertThrows(IllegalArgumentException.class, () -> first.merge(closed));
    }

    @Test
    void aTurnoverBeyond64BitsIsExact() {
        long most = Decimal.LIMIT - 1;
        play(trade("ACME", most, most - 5, NOON), trade("ACME", most - 7, 5, NOON + 1));

        Bar bar = lastMinute().bar();
        BigDecimal price = BigDecimal.valueOf(most);
        assertEquals(
                price.multiply(BigDecimal.valueOf(most - 5))
                        .add(BigDecimal.valueOf(most - 7).multiply(BigDecimal.valueOf(5)))
                        .toBigInteger(),
                bar.turnover().exactly());
        // 35 / 999999999999999999 below the highest price: more than 4 decimals away, rounded up to it.
        assertEquals(0, bar.turnover().average(bar.volume(), 0).compareTo(price));
    }

    @Test
    void anAverageIsRoundedHalfUp() {
        assertEquals(new BigDecimal("0.010001"), Turnover.NONE.plus(20_001, 1).average(20_000, 2));
        assertEquals(new BigDecimal("0.010000"), Turnover.NONE.plus(200_009, 1).average(200_000, 2));
        assertEquals(new BigDecimal("1.2346"), new Turnover(0, 123_455).average(100_000, 0));
    }
}
