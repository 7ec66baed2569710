package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.oddLot;
import static tickerplant.market.Events.quote;
import static tickerplant.market.Events.trade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Cancel;
import tickerplant.market.Channel;
import tickerplant.market.DayRoll;
import tickerplant.market.Events;
import tickerplant.market.Market;
import tickerplant.message.RequestId;

/** When alerts fire; prices have two decimals, so 10,000 steps are 100. */
class AlertsTest extends OneClient {
    private static final int LIMIT = 3;

    AlertsTest() {
        super(100, new ClientSession.Limits(10, LIMIT));
        market.apply(listed("ACME", 10_000));
        session.begin();
    }

    private List<String> set(AlertField field, AlertRule.Op op, String value, OptionalLong fromSeq) {
        AlertRule rule = new AlertRule(field, op, new BigDecimal(value));
        session.setAlert(RequestId.NONE, Events.ACME, rule, fromSeq, NearMisses.NONE);
        return heard();
    }

    private List<String> set(AlertField field, AlertRule.Op op, String value) {
        return set(field, op, value, OptionalLong.empty());
    }

    private static String isSet(int number) {
        return "{\"type\":\"alert_set\",\"alert\":\"a-" + number + "\"}";
    }

    private static String fired(int number, String value, long seq, String ts) {
        return "{\"type\":\"alert\",\"alert\":\"a-" + number + "\",\"symbol\":\"ACME\",\"value\":" + value + ",\"seq\":"
                + seq + ",\"ts\":" + ts + "}";
    }

    @Test
    void aboveFiresOnceWhenTheValueIsGreater() {
        assertEquals(List.of(isSet(1)), set(AlertField.LAST, AlertRule.Op.ABOVE, "190"));
        assertEquals(List.of(), play(trade("ACME", 18_999, 1, 1_000), trade("ACME", 19_000, 1, 2_000)));
        assertEquals(List.of(fired(1, "190.01", 3, "3")), play(trade("ACME", 19_001, 1, 3_000)));
        assertEquals(List.of(), play(trade("ACME", 18_000, 1, 4_000), trade("ACME", 19_500, 1, 5_000)));
    }

    @Test
    void whatIsTrueAlreadyIsToldAtOnceAfterTheAnswer() {
        play(trade("ACME", 19_001, 1, 1_000));

        assertEquals(List.of(isSet(1), fired(1, "190.01", 1, "1")), set(AlertField.LAST, AlertRule.Op.ABOVE, "190"));
        assertEquals(
                List.of(isSet(2), fired(2, "190.01", 1, "1")), set(AlertField.LAST, AlertRule.Op.BELOW, "190.011"));
    }

    @Test
    void whatWasTrueBeforeAnyEventIsToldWithTheTimeOfNow() {
        assertEquals(
                List.of(isSet(1), fired(1, "100", 0, "1767225600000")),
                set(AlertField.PREV_CLOSE, AlertRule.Op.BELOW, "101"));
    }

    @Test
    void aValueBetweenTwoStepsIsComparedExactly() {
        play(trade("ACME", 19_000, 1, 1_000));
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190.005");
        set(AlertField.LAST, AlertRule.Op.BELOW, "189.995");
        set(AlertField.LAST, AlertRule.Op.CROSSES, "190.009999");

        assertEquals(
                List.of(fired(1, "190.01", 2, "2"), fired(3, "190.01", 2, "2")),
                play(trade("ACME", 19_001, 1, 2_000)).stream().sorted().toList());
        assertEquals(List.of(fired(2, "189.99", 3, "3")), play(trade("ACME", 18_999, 1, 3_000)));
    }

    @Test
    void aValueThatNoPriceCanHaveIsNeverReached() {
        set(AlertField.LAST, AlertRule.Op.ABOVE, "1e64");
        set(AlertField.LAST, AlertRule.Op.CROSSES, "-1e64");

        assertEquals(List.of(), play(trade("ACME", 1, 1, 1_000), trade("ACME", 999_999_999_999L, 1, 2_000)));
    }

    @Test
    void crossingIsFromStrictlyOneSideToTheOtherOrUpToTheValueItself() {
        set(AlertField.LAST, AlertRule.Op.CROSSES, "190");
        assertEquals(List.of(), play(trade("ACME", 18_000, 1, 1_000)), "the first value crosses nothing");
        assertEquals(List.of(fired(1, "191", 2, "2")), play(trade("ACME", 19_100, 1, 2_000)));

        set(AlertField.LAST, AlertRule.Op.CROSSES, "190");
        assertEquals(List.of(fired(2, "190", 3, "3")), play(trade("ACME", 19_000, 1, 3_000)), "reached from above");

        set(AlertField.LAST, AlertRule.Op.CROSSES, "190");
        assertEquals(List.of(), play(trade("ACME", 18_900, 1, 4_000)), "it was on no side before");
        assertEquals(List.of(fired(3, "190", 5, "5")), play(trade("ACME", 19_000, 1, 5_000)));
    }

    @Test
    void aSideIsRememberedWhileThereIsNoValue() {
        set(AlertField.HIGH, AlertRule.Op.CROSSES, "105");
        assertEquals(List.of(), play(trade("ACME", 10_000, 1, 1_000), new DayRoll(Events.ACME, 2_000)));
        assertEquals(List.of(fired(1, "106", 3, "3")), play(trade("ACME", 10_600, 1, 3_000)));
    }

    @Test
    void aMoveIsReckonedFromTheLastPriceAtTheTimeInEitherDirection() {
        play(trade("ACME", 20_000, 1, 1_000));
        set(AlertField.LAST, AlertRule.Op.MOVES_PCT, "2.5");
        set(AlertField.LAST, AlertRule.Op.MOVES_PCT, "2.5");
        session.removeAlert(RequestId.NONE, "a-2");
        heard();

        assertEquals(List.of(), play(trade("ACME", 20_499, 1, 2_000), trade("ACME", 19_501, 1, 3_000)));
        assertEquals(List.of(fired(1, "205", 4, "4")), play(trade("ACME", 20_500, 1, 4_000)));

        set(AlertField.LAST, AlertRule.Op.MOVES_PCT, "33.333");
        assertEquals(List.of(), play(trade("ACME", 13_667, 1, 5_000)));
        assertEquals(List.of(fired(3, "136.66", 6, "6")), play(trade("ACME", 13_666, 1, 6_000)));
    }

    @Test
    void aMoveOfWhatHasNoPriceYetIsReckonedFromTheFirst() {
        set(AlertField.LAST, AlertRule.Op.MOVES_PCT, "1");
        assertEquals(List.of(), play(trade("ACME", 20_000, 1, 1_000)));
        assertEquals(List.of(fired(1, "198", 2, "2")), play(trade("ACME", 19_800, 1, 2_000)));
    }

    @Test
    void eachFieldIsComparedInItsOwnSteps() {
        set(AlertField.BID, AlertRule.Op.ABOVE, "99.5");
        assertEquals(List.of(), play(quote("ACME", 9_950, 9_960, 1_000)));
        assertEquals(List.of(fired(1, "99.51", 2, "2")), play(quote("ACME", 9_951, 9_960, 2_000)));

        set(AlertField.VOLUME, AlertRule.Op.ABOVE, "149");
        assertEquals(List.of(), play(trade("ACME", 10_000, 100, 3_000)));
        assertEquals(List.of(fired(2, "150", 4, "4")), play(oddLot("ACME", 10_000, 50, 4_000)));

        set(AlertField.CHANGE_PCT, AlertRule.Op.ABOVE, "2.34");
        assertEquals(List.of(), play(trade("ACME", 10_234, 1, 5_000)), "2.34 is not above");
        assertEquals(List.of(fired(3, "2.35", 6, "6")), play(trade("ACME", 10_235, 1, 6_000)));

        set(AlertField.TRADES, AlertRule.Op.CROSSES, "5");
        assertEquals(List.of(fired(4, "5", 7, "7")), play(trade("ACME", 10_235, 1, 7_000)));
    }

    @Test
    void aTradeTakenBackCountsAsWell() {
        play(trade("ACME", 10_000, 1, 1), trade("ACME", 12_000, 1, 2));
        set(AlertField.HIGH, AlertRule.Op.BELOW, "110");

        assertEquals(List.of(fired(1, "100", 3, "0.003")), play(new Cancel(Events.ACME, "t2", 3)));
    }

    @Test
    void anAlertSeesWhatTheClientIsSpared() {
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        wire.stall();
        play(trade("ACME", 10_000, 1, 1_000));
        List<String> heard =
                play(trade("ACME", 19_100, 1, 2_000), trade("ACME", 10_000, 1, 3_000), trade("ACME", 10_001, 1, 4_000));
        assertEquals(List.of(), heard);
        wire.take();

        List<String> then = heard();
        assertEquals(fired(1, "191", 2, "2"), then.get(0));
        assertTrue(then.get(1).contains("\"seq\":4,\"n\":3"), then.get(1));
    }

    @Test
    void everyFollowerHearsTheEventAtWhichAnAlertGoes() {
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        session.subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("ACME")));
        set(AlertField.LAST, AlertRule.Op.ABOVE, "191");
        heard();

        List<String> heard = play(trade("ACME", 19_100, 1, 1_000), trade("ACME", 19_101, 1, 2_000));
        assertEquals(4, heard.size(), heard.toString());
        assertTrue(heard.get(3).contains("\"seq\":1,\"last\":191,"), heard.get(3));
        assertTrue(heard.get(3).contains("\"seq\":2,\"last\":191.01,"), heard.get(3));
        assertEquals(
                List.of(fired(1, "191", 1, "1"), fired(2, "191", 1, "1"), fired(3, "191.01", 2, "2")),
                heard.stream()
                        .filter(text -> text.contains("\"alert\""))
                        .sorted()
                        .toList());
    }

    @Test
    void anAlertThatIsGoneCanNotBeRemoved() {
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        session.removeAlert(new RequestId("9", RequestId.Kind.INTEGER), "a-1");
        assertEquals(List.of("{\"type\":\"alert_removed\",\"id\":9,\"alert\":\"a-1\"}"), heard());

        session.removeAlert(RequestId.NONE, "a-1");
        session.removeAlert(RequestId.NONE, "a-7");
        List<String> refused = heard();
        assertEquals(2, refused.size());
        refused.forEach(text -> assertTrue(
                text.contains("\"code\":404,\"reason\":\"not_found\"") && text.contains("\"field\":\"alert\""), text));
        assertEquals(List.of(), play(trade("ACME", 20_000, 1, 1_000)));
    }

    @Test
    void pastTheLimitAnAlertIsRefusedUntilOneIsGone() {
        for (int i = 1; i <= LIMIT; i++) {
            set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        }
        String refused = set(AlertField.LAST, AlertRule.Op.ABOVE, "190").get(0);
        assertTrue(
                refused.contains("\"code\":422,\"reason\":\"symbol_limit\",\"message\":\"alerts must be at most 3"),
                refused);
        session.removeAlert(RequestId.NONE, "a-2");
        heard();
        assertEquals(List.of(isSet(4)), set(AlertField.LAST, AlertRule.Op.ABOVE, "190"));
    }

    private static String isSet(int number, long judgedFrom) {
        return "{\"type\":\"alert_set\",\"alert\":\"a-" + number + "\",\"judged_from\":" + judgedFrom + "}";
    }

    @Test
    void everyEventThatWasMissedIsJudgedAndTheFirstThatFiresIsTold() {
        play(
                trade("ACME", 18_000, 1, 1_000),
                trade("ACME", 19_100, 1, 2_000),
                quote("ACME", 18_900, 19_200, 3_000),
                trade("ACME", 18_100, 1, 4_000),
                trade("ACME", 19_300, 1, 5_000),
                trade("ACME", 18_200, 1, 6_000));

        assertEquals(
                List.of(isSet(1, 1), fired(1, "191", 2, "2")),
                set(AlertField.LAST, AlertRule.Op.CROSSES, "190", OptionalLong.of(1)));
        assertEquals(
                List.of(isSet(2, 0), fired(2, "191", 2, "2")),
                set(AlertField.LAST, AlertRule.Op.CROSSES, "190", OptionalLong.of(0)),
                "its first value crosses nothing");
        assertEquals(
                List.of(isSet(3, 4), fired(3, "193", 5, "5")),
                set(AlertField.LAST, AlertRule.Op.ABOVE, "190", OptionalLong.of(4)),
                "what stands is not above");
        assertEquals(
                List.of(isSet(4, 2), fired(4, "189", 3, "3")),
                set(AlertField.BID, AlertRule.Op.ABOVE, "188", OptionalLong.of(2)));
        session.removeAlert(RequestId.NONE, "a-4");
        heard();
        assertEquals(
                List.of(isSet(5, 4), fired(5, "193", 5, "5")),
                set(AlertField.LAST, AlertRule.Op.MOVES_PCT, "6", OptionalLong.of(4)),
                "from 181");
        assertEquals(List.of(isSet(6, 6)), set(AlertField.LAST, AlertRule.Op.CROSSES, "190", OptionalLong.of(6)));
        assertEquals(List.of(fired(6, "191", 7, "7")), play(trade("ACME", 19_100, 1, 7_000)), "and on it goes");
    }

    @Test
    void whereMemoryDoesNotReachItIsJudgedFromTheOldestThatIsKnown() {
        Hub small = new Hub(new JsonRows(), (event, reason) -> {}, 4);
        Market busy = new Market(small, 1_000);
        ClientSession forgetful = new ClientSession(small, outbox, clock, "e-1", new ClientSession.Limits(10, LIMIT));
        busy.apply(listed("ACME", 10_000));
        busy.apply(listed("BOND", 10_000));
        for (int i = 1; i <= 5; i++) {
            busy.apply(trade("ACME", 18_000 + i, 1, i * 1_000L));
        }
        busy.apply(trade("BOND", 18_000, 1, 6_000));
        AlertRule rule = new AlertRule(AlertField.LAST, AlertRule.Op.ABOVE, new BigDecimal("180.01"));

        forgetful.setAlert(RequestId.NONE, Events.ACME, rule, OptionalLong.of(1), NearMisses.NONE);
        assertEquals(List.of(isSet(1, 3), fired(1, "180.03", 3, "3")), heard(), "another symbol takes its place, too");

        for (int i = 7; i <= 10; i++) {
            busy.apply(trade("BOND", 18_000, 1, i * 1_000L));
        }
        forgetful.setAlert(RequestId.NONE, Events.ACME, rule, OptionalLong.of(1), NearMisses.NONE);
        assertEquals(List.of(isSet(2, 5), fired(2, "180.05", 5, "5")), heard(), "what stands is always known");
    }

    @Test
    void ofOneSymbolNoMoreIsJudgedThanTheMarketCanWaitFor() {
        Hub roomy = new Hub(new JsonRows(), (event, reason) -> {}, 100_000);
        Market busy = new Market(roomy, 1_000);
        ClientSession asking = new ClientSession(roomy, outbox, clock, "e-1", new ClientSession.Limits(10, LIMIT));
        busy.apply(listed("ACME", 10_000));
        for (int i = 1; i <= 30_000; i++) {
            busy.apply(quote("ACME", 9_000, 9_100 + i % 7, i));
        }
        AlertRule rule = new AlertRule(AlertField.BID, AlertRule.Op.ABOVE, new BigDecimal("100"));
        asking.setAlert(RequestId.NONE, Events.ACME, rule, OptionalLong.of(0), NearMisses.NONE);
        assertEquals(List.of(isSet(1, 10_001)), heard());
    }

    private static <T> T pick(Random random, Collection<T> from) {
        return List.copyOf(from).get(random.nextInt(from.size()));
    }

    @Test
    void whoSetsAnAlertLateHearsWhatHeWouldHaveHeard() {
        int fired = 0;
        for (long seed = 1; seed <= 200; seed++) {
            fired += new AlertsTest().setInTimeAndLate(new Random(seed), "seed " + seed);
        }
        assertTrue(fired > 50 && fired < 150, fired + " fired");
    }

    /** Answers how many of one fired. */
    private int setInTimeAndLate(Random random, String seed) {
        AlertField field = pick(random, EnumSet.allOf(AlertField.class));
        AlertRule.Op op = pick(
                random,
                field == AlertField.LAST
                        ? EnumSet.allOf(AlertRule.Op.class)
                        : EnumSet.complementOf(EnumSet.of(AlertRule.Op.MOVES_PCT)));
        String value = op == AlertRule.Op.MOVES_PCT ? "0.15" : field == AlertField.CHANGE_PCT ? "0.05" : "100.05";
        int events = 2 + random.nextInt(30);
        int from = random.nextInt(events);
        List<String> inTime = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            if (i == from) {
                inTime.addAll(set(field, op, value));
            }
            long ts = 1_000L * (i + 1);
            inTime.addAll(play(
                    random.nextBoolean()
                            ? trade("ACME", 9_990 + random.nextInt(25), 1 + random.nextInt(90), ts)
                            : quote("ACME", 9_990 + random.nextInt(20), 10_000 + random.nextInt(12), ts)));
        }
        List<String> late = set(field, op, value, OptionalLong.of(from));
        String what = seed + ": " + field + " " + op + " " + value + " from " + from;
        assertEquals(List.of(isSet(1), isSet(2, from)), List.of(inTime.remove(0), late.get(0)), what);
        assertEquals(
                inTime,
                late.stream().skip(1).map(text -> text.replace("a-2", "a-1")).toList(),
                what);
        return inTime.size();
    }

    @Test
    void whatHasNotHappenedYetCanNotHaveBeenMissed() {
        play(trade("ACME", 18_000, 1, 1_000));

        String refused = set(AlertField.LAST, AlertRule.Op.CROSSES, "190", OptionalLong.of(2))
                .get(0);
        assertTrue(refused.contains("\"reason\":\"invalid_field\",\"message\":\"from_seq must be at most 1"), refused);
    }

    @Test
    void alertsEndWithTheConnection() {
        set(AlertField.LAST, AlertRule.Op.ABOVE, "190");
        assertEquals(1, session.feeds().names().size());
        session.end();

        assertTrue(session.feeds().names().isEmpty());
        assertEquals(List.of(), play(trade("ACME", 20_000, 1, 1_000)));
    }
}
