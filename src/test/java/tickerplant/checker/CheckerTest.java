package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CheckerTest extends Talk {
    private void follows() {
        hears(WELCOME);
        says(SUBSCRIBE);
        hears(SUBSCRIBED);
        hears(SNAPSHOT);
    }

    private static String update(String row) {
        return "{\"type\":\"update\",\"channel\":\"ticker\",\"ts\":2,\"data\":[{\"symbol\":\"AAPL\",\"ts\":2," + row
                + "}]}";
    }

    @Test
    void aFaultlessConversationBreaksNothing() {
        follows();
        hears(update("\"seq\":6,\"bid\":9"));
        hears(update("\"seq\":8,\"n\":2,\"bid\":null"));
        hears("{\"type\":\"gap\",\"channel\":\"ticker\",\"symbol\":\"AAPL\",\"from\":9,\"to\":9,\"reason\":\"feed\"}");
        hears(update("\"seq\":10,\"bid\":9.5"));
        assertEquals(List.of(), broken());
        Folded state = checker.folded(Key.of("ticker", "AAPL")).orElseThrow();
        assertEquals(10, state.seq());
        assertEquals("{\"bid\":9.5,\"last\":10,\"ts\":2,\"volume\":7}", Json.write(new TreeMap<>(state.fields())));
    }

    @Test
    void aSearchFindsNoMoreThanWasWantedAndNothingTwice() {
        follows();
        String apple = "{\"symbol\":\"AAPL\",\"name\":\"\",\"currency\":\"\",\"exchange\":\"\"}";
        says("{\"type\":\"symbols\",\"id\":2,\"query\":\"a\",\"limit\":1}");
        hears("{\"type\":\"symbols\",\"id\":2,\"data\":[" + apple + "]}");
        assertEquals(List.of(), broken());
        says("{\"type\":\"symbols\",\"id\":3,\"query\":\"a\",\"limit\":1}");
        hears("{\"type\":\"symbols\",\"id\":3,\"data\":[" + apple + "," + apple + "]}");
        assertEquals(List.of(Assertion.NOTHING_FOREIGN, Assertion.NOTHING_FOREIGN), broken());
    }

    @Test
    void whatMayHaveBeenMeantIsAnotherSymbolThanTheOneThatIsNotKnown() {
        follows();
        for (String meant : List.of("[\"AAPL\"]", "[]", "[\"APPL\"]", "[\"A\",\"B\",\"C\",\"D\"]", "[\"A\",\"A\"]")) {
            says("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"APPL\"]}");
            hears("{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[],\"total\":1,\"rejected\":"
                    + "[{\"symbol\":\"APPL\",\"code\":404,\"reason\":\"unknown_symbol\",\"did_you_mean\":" + meant
                    + "}]}");
        }
        assertEquals(Collections.nCopies(4, Assertion.WELL_FORMED), broken());
    }

    @Test
    void anAlertFiresOnceOfItsSymbolWithAValueThatFits() {
        follows();
        observatory.feed().trade("AAPL", "191", "1");
        observatory.feed().trade("AAPL", "189", "1");
        String fired = "{\"type\":\"alert\",\"alert\":\"a-1\",\"symbol\":\"AAPL\",\"value\":191,\"seq\":9,\"ts\":1}";
        List<String> wrong = List.of(
                fired.replace("a-1", "a-2"),
                fired.replace("AAPL", "MSFT"),
                fired.replace("191", "189"),
                fired.replace("191", "192"));
        for (String text : wrong) {
            says("{\"type\":\"alert\",\"id\":2,\"symbol\":\"aapl\",\"field\":\"last\",\"op\":\"above\",\"value\":190}");
            hears("{\"type\":\"alert_set\",\"id\":2,\"alert\":\"a-1\"}");
            hears(text);
        }
        assertEquals(Collections.nCopies(4, Assertion.NOTHING_FOREIGN), broken());
        says("{\"type\":\"alert\",\"id\":2,\"symbol\":\"AAPL\",\"field\":\"last\",\"op\":\"above\",\"value\":190}");
        hears("{\"type\":\"alert_set\",\"id\":2,\"alert\":\"a-1\"}");
        hears(fired);
        assertEquals(4, broken().size());
        hears(fired);
        assertEquals(5, broken().size(), "once only");
    }

    @Test
    void aHeadlineIsTheOneThatTheFeedPlayedAtItsPlace() {
        follows();
        says("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"news\",\"symbols\":[\"AAPL\"]}");
        hears(SUBSCRIBED.replace("ticker", "news").replace("\"id\":1", "\"id\":2"));
        hears(
                "{\"type\":\"snapshot\",\"channel\":\"news\",\"ts\":1,\"end\":true,\"data\":[{\"symbol\":\"AAPL\",\"seq\":0}]}");
        observatory.feed().news("AAPL", "one");
        observatory.feed().news("*", "all");
        String row =
                "{\"type\":\"update\",\"channel\":\"news\",\"ts\":1,\"data\":[{%s\"seq\":1,\"headline\":\"%s\",\"ts\":1}]}";
        hears(row.formatted("\"symbol\":\"AAPL\",", "one"));
        assertEquals(List.of(), broken());
        hears(row.formatted("", "one"));
        assertEquals(List.of(Assertion.FEED_PRICES), broken());
    }

    @Test
    void aRowThatSkipsRepeatsOrFallsBackBreaksTheChain() {
        follows();
        hears(update("\"seq\":7"));
        hears(update("\"seq\":7"));
        hears(update("\"seq\":9,\"n\":3"));
        hears(update("\"seq\":10,\"n\":1"));
        assertEquals(
                List.of(
                        Assertion.NO_SILENT_GAP,
                        Assertion.NO_SILENT_GAP,
                        Assertion.NO_SILENT_GAP,
                        Assertion.NO_SILENT_GAP),
                broken());
    }

    @Test
    void aGapMustFollowWhatWasReceived() {
        follows();
        hears(
                "{\"type\":\"gap\",\"channel\":\"ticker\",\"symbol\":\"AAPL\",\"from\":7,\"to\":9,\"reason\":\"slow_client\"}");
        hears(update("\"seq\":10"));
        hears(
                "{\"type\":\"gap\",\"channel\":\"ticker\",\"symbol\":\"AAPL\",\"from\":11,\"to\":12,\"reason\":\"feed\"}");
        assertEquals(List.of(Assertion.NO_SILENT_GAP, Assertion.NO_SILENT_GAP), broken());
    }

    @Test
    void rowsBeforeTheSnapshotBeforeSubscribedAndUnaskedAreToldApart() {
        hears(WELCOME);
        hears(update("\"seq\":1"));
        says(SUBSCRIBE);
        hears(update("\"seq\":2"));
        hears(SUBSCRIBED);
        hears(update("\"seq\":3"));
        hears(SNAPSHOT);
        assertEquals(List.of(Assertion.NOTHING_FOREIGN, Assertion.ONE_REPLY, Assertion.SNAPSHOT_FIRST), broken());
    }

    @Test
    void aPrefixCoversWhatAnExactEntryGivesUp() {
        follows();
        says("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"aa*\"]}");
        hears("{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"AA*\"],\"total\":1}");
        says("{\"type\":\"unsubscribe\",\"id\":3,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"]}");
        hears("{\"type\":\"unsubscribed\",\"id\":3,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"],\"total\":1}");
        hears(update("\"seq\":6"));
        assertEquals(List.of(), broken());
        says("{\"op\":\"unsubscribe\",\"id\":4,\"channel\":\"ticker\"}");
        hears("{\"type\":\"unsubscribed\",\"id\":4,\"channel\":\"ticker\",\"symbols\":[\"AA*\"],\"total\":0}");
        hears(update("\"seq\":7"));
        assertEquals(List.of(Assertion.NOTHING_FOREIGN), broken());
    }

    @Test
    void aRejectedSymbolIsNotFollowed() {
        hears(WELCOME);
        says(SUBSCRIBE);
        hears("{\"type\":\"subscribed\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[],\"total\":0,"
                + "\"rejected\":[{\"symbol\":\"AAPL\",\"code\":404,\"reason\":\"unknown_symbol\"}]}");
        hears(SNAPSHOT);
        assertEquals(List.of(Assertion.NOTHING_FOREIGN), broken());
    }

    @Test
    void aSubscriptionWithoutSnapshotGoesOnFromTheStatedPosition() {
        hears(WELCOME);
        says("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"],\"snapshot\":false}");
        hears(
                "{\"type\":\"subscribed\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"AAPL\"],\"total\":1,\"seq\":{\"AAPL\":41}}");
        hears(update("\"seq\":42"));
        assertEquals(List.of(), broken());
        hears(update("\"seq\":44"));
        assertEquals(List.of(Assertion.NO_SILENT_GAP), broken());
    }

    @Test
    void aResumedSubscriptionGoesOnFromTheClientsPosition() {
        follows();
        Checker again = observatory.checker("again");
        again.resumes(checker);
        again.heard(now, WELCOME);
        again.said(
                now,
                """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"],"resume":{"epoch":"e","seq":{"AAPL":5}}}""");
        again.heard(
                now,
                """
                {"type":"subscribed","id":1,"channel":"ticker","symbols":["AAPL"],"total":1,"seq":{"AAPL":8},"recovery":{"AAPL":"partial"}}""");
        again.heard(
                now,
                "{\"type\":\"gap\",\"channel\":\"ticker\",\"symbol\":\"AAPL\",\"from\":6,\"to\":7,\"reason\":\"history_expired\"}");
        again.heard(now, update("\"seq\":8"));
        assertEquals(List.of(), broken());
        again.heard(now, update("\"seq\":10"));
        assertEquals(List.of(Assertion.NO_SILENT_GAP), broken());
    }

    @Test
    void anotherEpochIsNeverResumed() {
        hears(WELCOME);
        says(
                """
                {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"],"resume":{"epoch":"old","seq":{"AAPL":5}}}""");
        hears(
                """
                {"type":"subscribed","id":1,"channel":"ticker","symbols":["AAPL"],"total":1,"seq":{"AAPL":8},"recovery":{"AAPL":"merged"}}""");
        assertEquals(List.of(Assertion.SNAPSHOT_FIRST), broken());
    }

    @Test
    void barsAreKeyedByTheirInterval() {
        hears(WELCOME);
        for (String interval : List.of("1m", "5m")) {
            says("{\"type\":\"subscribe\",\"id\":\"" + interval + "\",\"channel\":\"bars\",\"interval\":\"" + interval
                    + "\",\"symbols\":[\"AAPL\"]}");
            hears("{\"type\":\"subscribed\",\"id\":\"" + interval + "\",\"channel\":\"bars\",\"interval\":\"" + interval
                    + "\",\"symbols\":[\"AAPL\"],\"total\":1}");
            hears(
                    "{\"type\":\"snapshot\",\"channel\":\"bars\",\"ts\":1,\"end\":true,\"data\":[{\"symbol\":\"AAPL\",\"interval\":\""
                            + interval + "\",\"seq\":0}]}");
        }
        hears(bar("1m", "\"seq\":1,\"final\":false"));
        hears(bar("5m", "\"seq\":1,\"final\":false"));
        hears(bar("1m", "\"seq\":2,\"final\":true"));
        assertEquals(List.of(), broken());
        hears(bar("1h", "\"seq\":1,\"final\":false"));
        hears(bar("5m", "\"seq\":3,\"n\":2,\"final\":true"));
        assertEquals(List.of(Assertion.NOTHING_FOREIGN, Assertion.MERGE_TRUE), broken());
    }

    private static String bar(String interval, String fields) {
        return "{\"type\":\"update\",\"channel\":\"bars\",\"ts\":2,\"data\":[{\"symbol\":\"AAPL\",\"interval\":\""
                + interval
                + "\",\"start\":0,\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3,\"vwap\":1.5,\"trades\":2,"
                + fields + "}]}";
    }

    @Test
    void everyRequestGetsOneReplyInTimeWhateverItsId() {
        hears(WELCOME);
        for (String id : List.of("9007199254740993", "\"a\"", "\"9\"", "9")) {
            says("{\"type\":\"ping\",\"id\":" + id + ",\"ts\":1.0}");
            hears("{\"type\":\"pong\",\"id\":" + id + ",\"ts\":1.0,\"server_ts\":1}");
        }
        says("{\"type\":\"ping\"}");
        hears("{\"type\":\"pong\",\"server_ts\":1}");
        says("{");
        hears(
                "{\"type\":\"error\",\"code\":400,\"reason\":\"malformed_json\",\"message\":\"no object\",\"retry\":false}");
        assertEquals(List.of(), broken());
        hears("{\"type\":\"pong\",\"id\":9,\"server_ts\":1}");
        says("{\"type\":\"ping\",\"id\":10}");
        hears("{\"type\":\"configured\",\"id\":10,\"paused\":false}");
        says("{\"type\":\"ping\",\"id\":11}");
        now += Checker.PROMPT.toNanos() + 1;
        assertEquals(List.of(Assertion.ONE_REPLY, Assertion.ONE_REPLY, Assertion.ONE_REPLY), broken());
    }

    @Test
    void whoDoesNotListenIsOwedNothingInTime() {
        follows();
        checker.isDeaf(now);
        says("{\"type\":\"ping\",\"id\":2}");
        now += Duration.ofSeconds(60).toNanos();
        assertEquals(List.of(), broken());
        checker.listens(now);
        now += Duration.ofSeconds(1).toNanos();
        hears("{\"type\":\"pong\",\"id\":2,\"server_ts\":1}");
        assertEquals(List.of(), broken());
        now += Duration.ofSeconds(70).toNanos();
        assertEquals(List.of(Assertion.HEARTBEAT), broken());
        assertTrue(observatory.verdict(now).get(0).isLateness());
    }

    @Test
    void afterQuietAllThatIsFollowedWasTold() {
        follows();
        says("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"M*\"]}");
        hears("{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"M*\"],\"total\":2}");
        Map<String, Object> aapl = Json.parse("{\"symbol\":\"AAPL\",\"seq\":5,\"last\":10,\"volume\":7,\"ts\":1}");
        Map<String, Object> other = Json.parse("{\"symbol\":\"GOOG\",\"seq\":5}");
        checker.settled("ticker", Map.of("AAPL", aapl, "GOOG", other));
        assertEquals(List.of(), broken());
        Map<String, Object> msft = Json.parse("{\"symbol\":\"MSFT\",\"seq\":3}");
        checker.settled("ticker", Map.of("AAPL", aapl, "MSFT", msft));
        assertEquals(List.of(Assertion.CONVERGENCE), broken());
    }

    @Test
    void aSnapshotThatDoesNotComeIsMissed() {
        hears(WELCOME);
        says(SUBSCRIBE);
        hears(SUBSCRIBED);
        now += Checker.PROMPT.toNanos() + 1;
        assertEquals(List.of(Assertion.SNAPSHOT_FIRST), broken());
    }

    @Test
    void aSnapshotThatDoesNotEndIsMissed() {
        hears(WELCOME);
        says(SUBSCRIBE);
        hears(SUBSCRIBED);
        hears(SNAPSHOT.replace("\"end\":true,", ""));
        assertEquals(List.of(), broken());
        now += Checker.PROMPT.toNanos() + 1;
        assertEquals(List.of(Assertion.WELL_FORMED), broken());
    }

    @Test
    void theFormOfEachMessageIsJudged() {
        hears("{\"type\":\"heartbeat\",\"ts\":1,\"feed\":\"live\"}");
        hears(WELCOME);
        hears(WELCOME);
        hears("{\"type\":\"heartbeat\",\"ts\":1,\"feed\":\"lively\"}");
        hears("{\"type\":\"novelty\"}");
        hears("nothing");
        hears("{\"type\":\"flow\",\"level\":\"full\",\"pending\":1.50}");
        assertEquals(
                List.of(Assertion.WELL_FORMED), broken().stream().distinct().toList());
        assertEquals(7, broken().size(), broken().toString());
    }

    @Test
    void aFrameIsAtMostAsLongAsPromised() {
        follows();
        hears(update("\"seq\":6,\"name\":\"" + "\u00e9".repeat(500) + "\""));
        assertEquals(List.of(Assertion.WELL_FORMED), broken());
    }

    @Test
    void closeCodesAreThoseDocumented() {
        assertEquals(
                List.of(1004, 1006, 1010, 1014, 3000, 4002, 4400, 4999),
                Stream.of(1000, 1004, 1006, 1009, 1010, 1013, 1014, 3000, 4000, 4001, 4002, 4400, 4500, 4502, 4999)
                        .filter(code -> !closing(code).isEmpty())
                        .toList());
    }

    private static List<Violation> closing(int code) {
        Checker checker = new Observatory().checker("closing");
        checker.closed(code, "");
        return checker.violations();
    }

    @Test
    void theServerSaysWhyItGoesAwayAndThenNothingMore() {
        hears(WELCOME);
        checker.closed(1001, "");
        hears("{\"type\":\"heartbeat\",\"ts\":1,\"feed\":\"live\"}");
        assertEquals(List.of(Assertion.LEGAL_CLOSE, Assertion.LEGAL_CLOSE), broken());
    }

    @Test
    void whatHttpSaysIsHeldAgainstWhatTheSocketSaid() {
        follows();
        hears(update("\"seq\":6,\"last\":11,\"volume\":9"));
        Map<String, Object> row = Json.parse("{\"symbol\":\"AAPL\",\"seq\":6,\"last\":11,\"volume\":9,\"ts\":2}");
        checker.settled("ticker", Map.of("AAPL", row));
        assertEquals(List.of(), observatory.claim("e", Key.of("ticker", "AAPL"), row));
        assertEquals(List.of(), broken());
        Map<String, Object> other = Json.parse("{\"symbol\":\"AAPL\",\"seq\":6,\"last\":11,\"volume\":10,\"ts\":2}");
        checker.settled("ticker", Map.of("AAPL", other));
        assertEquals(1, observatory.claim("e", Key.of("ticker", "AAPL"), other).size());
        assertEquals(List.of(Assertion.CONVERGENCE), broken());
    }

    @Test
    void anOddLotsPriceIsBoundedByWhatIsKnownUnlessTradesTellIt() {
        List<String> stated = new ArrayList<>();
        for (String extremes : List.of("\"hi\":11,\"lo\":10", "\"hi\":12,\"lo\":10", "\"hi\":10.5,\"lo\":10")) {
            Observatory two = new Observatory();
            Checker observer = two.observer("observer");
            Checker slow = two.checker("slow");
            for (Checker client : List.of(observer, slow)) {
                client.heard(now, WELCOME);
                client.said(now, SUBSCRIBE);
                client.heard(now, SUBSCRIBED);
                client.heard(now, SNAPSHOT);
            }
            // A trade at 11 that moves last, then an odd lot of which only the volume shows.
            observer.heard(now, update("\"seq\":6,\"last\":11,\"volume\":17"));
            observer.heard(now, update("\"seq\":7,\"volume\":18"));
            slow.heard(now, update("\"seq\":7,\"n\":2,\"last\":11,\"volume\":18," + extremes));
            two.verdict(now).forEach(violation -> stated.add(extremes));
        }
        assertEquals(List.of("\"hi\":10.5,\"lo\":10"), stated);
    }
}
