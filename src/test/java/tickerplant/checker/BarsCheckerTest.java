package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the checker makes of bars, true ones and others. */
final class BarsCheckerTest {
    private static final String WELCOME =
            """
            {"type":"welcome","protocol":"tickerplant.v1","server":"s/1","session":"s-1","epoch":"e","ts":1,"heartbeat_ms":5000,\
            "auth":"none","channels":["trades","bars"],"intervals":["1m"],"limits":{"frame_bytes":10000}}""";

    private final Observatory observatory = new Observatory();
    private final Checker observer = observatory.observer("observer");
    private final Checker slow = observatory.checker("slow");

    BarsCheckerTest() {
        for (Checker checker : List.of(observer, slow)) {
            checker.heard(0, WELCOME);
            checker.said(0, "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"A\"]}");
            checker.heard(
                    0, "{\"type\":\"subscribed\",\"id\":1,\"channel\":\"trades\",\"symbols\":[\"A\"],\"total\":1}");
            checker.heard(0, message("snapshot", "trades", "\"seq\":0"));
            checker.said(
                    0,
                    "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"bars\",\"interval\":\"1m\",\"symbols\":[\"A\"]}");
            checker.heard(
                    0,
                    "{\"type\":\"subscribed\",\"id\":2,\"channel\":\"bars\",\"interval\":\"1m\",\"symbols\":[\"A\"],\"total\":1}");
            checker.heard(0, message("snapshot", "bars", "\"interval\":\"1m\",\"seq\":0"));
        }
    }

    private static String message(String type, String channel, String fields) {
        String end = type.equals("snapshot") ? ",\"end\":true" : "";
        return "{\"type\":\"" + type + "\",\"channel\":\"" + channel + "\",\"ts\":1,\"data\":[{\"symbol\":\"A\","
                + fields + "}]" + end + "}";
    }

    private static void trade(Checker checker, int seq, int price, int size, long ts) {
        checker.heard(
                0,
                message(
                        "update",
                        "trades",
                        "\"seq\":" + seq + ",\"price\":" + price + ",\"size\":" + size + ",\"ts\":" + ts));
    }

    private static String bar(String place, long start, String prices, int volume, int trades, boolean isFinal) {
        String[] price = prices.split(" ", -1);
        return "\"interval\":\"1m\"," + place + ",\"start\":" + start + ",\"open\":" + price[0] + ",\"high\":"
                + price[1]
                + ",\"low\":" + price[2] + ",\"close\":" + price[3] + ",\"volume\":" + volume + ",\"trades\":" + trades
                + ",\"final\":" + isFinal;
    }

    private static void bar(Checker checker, String fields) {
        checker.heard(0, message("update", "bars", fields));
    }

    /** Two trades in one minute, one in the next, and one that comes late. */
    private static void hearsItAll(Checker checker) {
        trade(checker, 1, 10, 5, 61_000);
        bar(checker, bar("\"seq\":1", 60_000, "10 10 10 10", 5, 1, false));
        trade(checker, 2, 12, 5, 62_000);
        bar(checker, bar("\"seq\":2", 60_000, "10 12 10 12", 10, 2, false));
        trade(checker, 3, 11, 1, 130_000);
        bar(checker, bar("\"seq\":3", 60_000, "10 12 10 12", 10, 2, true));
        bar(checker, bar("\"seq\":4", 120_000, "11 11 11 11", 1, 1, false));
        trade(checker, 4, 9, 1, 60_500);
        bar(checker, bar("\"seq\":5", 60_000, "9 12 9 12", 11, 3, true));
    }

    private Stream<Assertion> broken() {
        return observatory.verdict(0).stream().map(Violation::assertion).distinct();
    }

    @Test
    void whatIsTrueIsNotComplainedAboutAndTheNewestBarStands() {
        hearsItAll(observer);
        bar(slow, bar("\"seq\":2,\"n\":2", 60_000, "10 12 10 12", 10, 2, false));
        bar(slow, bar("\"seq\":3", 60_000, "10 12 10 12", 10, 2, true));
        slow.heard(0, message("snapshot", "bars", bar("\"seq\":5", 120_000, "11 11 11 11", 1, 1, false)));

        assertEquals(List.of(), observatory.verdict(0));
    }

    @Test
    void aSnapshotOfTheCorrectedBarInsteadOfTheCurrentOneIsSeen() {
        hearsItAll(observer);
        slow.heard(0, message("snapshot", "bars", bar("\"seq\":5", 60_000, "9 12 9 12", 11, 3, true)));

        assertEquals(List.of(Assertion.SNAPSHOT_TRUE), broken().toList());
    }

    @Test
    void aFinalBarThatIsMergedWithAnythingIsSeen() {
        hearsItAll(observer);
        bar(slow, bar("\"seq\":3,\"n\":3", 60_000, "10 12 10 12", 10, 2, true));

        assertEquals(List.of(Assertion.MERGE_TRUE), broken().toList());
    }

    @Test
    void anOpenBarThatSwallowsTheOneBeforeIsSeen() {
        hearsItAll(observer);
        bar(slow, bar("\"seq\":4,\"n\":4", 120_000, "11 11 11 11", 1, 1, false));

        assertEquals(List.of(Assertion.MERGE_TRUE), broken().toList());
    }

    @Test
    void aBarThatIsNotWhatItsTradesGiveIsSeen() {
        trade(observer, 1, 10, 5, 61_000);
        bar(observer, bar("\"seq\":1", 60_000, "10 11 10 10", 5, 1, false));

        assertEquals(List.of(Assertion.MERGE_TRUE), broken().toList());
    }

    @Test
    void anotherContentOfTheSameSequenceIsSeen() {
        hearsItAll(observer);
        bar(slow, bar("\"seq\":1", 120_000, "11 11 11 11", 1, 1, false));

        assertEquals(Assertion.ONE_CONTENT, broken().findFirst().orElseThrow());
    }
}
