package tickerplant.feed.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.feed.FeedStatus;

/** What every venue may do to a feed, and what the feed makes of it. */
class VenueFaultsTest {
    private final Stage stage = new Stage();

    VenueFaultsTest() throws IOException {}

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    static List<Dialect> dialects() {
        return Dialect.all();
    }

    /** A feed whose symbol comes: its line. */
    private StandIn.Link begin(Dialect dialect) throws Exception {
        dialect.teach(stage.venue);
        stage.begin(dialect.spec(stage.venue));
        stage.follow(dialect.code());
        return coming(dialect);
    }

    private StandIn.Link coming(Dialect dialect) throws Exception {
        return stage.venue.link(dialect::asks);
    }

    /** Hears exactly this, but for quotes where the venue tells none. */
    private void assertHears(Dialect dialect, List<String> wanted) throws InterruptedException {
        List<String> told = wanted.stream()
                .filter(words -> dialect.quotes() || !words.startsWith("quote"))
                .toList();
        assertEquals(told, stage.hears(told.size()));
    }

    /** Time passes in which the venue says that it is there; the feed has seen all of it but the last steps. */
    private void pass(int seconds, StandIn.Link link, Dialect dialect) throws IOException {
        for (int i = 0; i < seconds; i += 11) {
            stage.clock.advance(Duration.ofSeconds(11));
            link.says(dialect.heartbeat());
            stage.awaitState(FeedStatus.State.LIVE);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsFollowedComesDigitForDigit(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.quote("100.01", "100.02"), dialect.trade(7, "100.02", "0.50000000"));
        link.saysInParts(dialect.trade(8, "100.1", "0.00000001"));

        List<String> told = List.of(
                "quote 100.01 100.02",
                "trade " + dialect.id(7) + " 100.02 x 0.5",
                "trade " + dialect.id(8) + " 100.1 x 0.00000001");
        assertHears(dialect, told);
        assertEquals(FeedStatus.State.LIVE, stage.status().state());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whenTheLineIsCutItComesBackAndNothingIsToldTwice(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.trade(7, "100.02", "1"), dialect.trade(8, "100.03", "1"));
        stage.hears(2);
        link.cuts(stage.clock);

        link = coming(dialect);
        link.says(dialect.trade(7, "100.02", "1"), dialect.trade(8, "100.03", "1"), dialect.trade(9, "100.04", "1"));
        if (!dialect.numbersTrades()) {
            assertEquals(List.of("loss"), stage.hears(1), "nobody knows what was between");
        }
        assertEquals(List.of("trade " + dialect.id(9) + " 100.04 x 1"), stage.hears(1));
        stage.awaitState(FeedStatus.State.LIVE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aSourceThatIsGoneIsDownUntilItIsBack(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.trade(7, "100.02", "1"));
        stage.hears(1);
        stage.awaitState(FeedStatus.State.LIVE);
        stage.venue.refuses(true);
        link.closes(1012);
        stage.awaitState(FeedStatus.State.DOWN);
        assertTrue(
                stage.status().lastProblem().contains("Exception: "),
                stage.status().lastProblem());
        stage.venue.refuses(false);

        coming(dialect).says(dialect.heartbeat());
        stage.awaitState(FeedStatus.State.LIVE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aHoleInTheNumbersIsALoss(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.trade(7, "100.02", "1"), dialect.trade(9, "100.04", "1"), dialect.trade(10, "100.05", "1"));

        assertEquals(
                dialect.numbersTrades()
                        ? List.of(
                                "trade " + dialect.id(7) + " 100.02 x 1",
                                "loss",
                                "trade " + dialect.id(9) + " 100.04 x 1",
                                "trade " + dialect.id(10) + " 100.05 x 1")
                        : List.of(
                                "trade " + dialect.id(7) + " 100.02 x 1",
                                "trade " + dialect.id(9) + " 100.04 x 1",
                                "trade " + dialect.id(10) + " 100.05 x 1"),
                stage.hears(dialect.numbersTrades() ? 4 : 3));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void garbageIsCountedAndPassedOver(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.trade(7, "100.02", "1"));
        stage.hears(1);
        link.says(
                "}{",
                "",
                "7",
                "[[[",
                "null",
                dialect.trade(8, "\"x\"", "1"),
                dialect.trade(8, "1e999999999", "1"),
                dialect.trade(9, "-100", "1"));
        // what is no message, and trades that can't be held, whose numbers are gone
        link.says(dialect.trade(10, "100.05", "1"));

        List<String> heard = new ArrayList<>(stage.hears(1));
        while (!heard.get(heard.size() - 1).startsWith("trade")) {
            heard.addAll(stage.hears(1));
        }
        assertEquals("trade " + dialect.id(10) + " 100.05 x 1", heard.get(heard.size() - 1));
        assertTrue(heard.subList(0, heard.size() - 1).stream().allMatch("loss"::equals), heard.toString());
        assertTrue(heard.size() > 1, "a trade that can't be read is a loss");
        assertTrue(stage.status().damaged() >= 7, stage.status().toString());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whoIsToldThatItAsksTooOftenAsksAgainLater(Dialect dialect) throws Exception {
        dialect.teach(stage.venue);
        stage.venue.throttles(dialect::asks, dialect.throttled());
        stage.begin(dialect.spec(stage.venue));
        stage.follow(dialect.code());
        StandIn.Link link = coming(dialect);
        stage.venue.throttles(text -> false, "");
        link.rest();

        pass(33, link, dialect);
        while (!dialect.asks(link.hears())) {
            // whatever else it says
        }
        link.says(dialect.trade(7, "100.02", "1"));
        assertEquals(List.of("trade " + dialect.id(7) + " 100.02 x 1"), stage.hears(1));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aLineWithoutAWordIsStaleThenGivenUpAndOpenedAgain(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.isDeaf();
        // What it hears last, so that no answer is still on its way when the clock moves.
        link.says(dialect.trade(7, "100.02", "1"));
        stage.hears(1);
        stage.awaitState(FeedStatus.State.LIVE);
        stage.clock.advance(Duration.ofSeconds(11));
        stage.awaitState(FeedStatus.State.STALE);
        stage.clock.advance(Duration.ofSeconds(20));

        coming(dialect).says(dialect.trade(8, "100.03", "1"));
        if (!dialect.numbersTrades()) {
            assertEquals(List.of("loss"), stage.hears(1));
        }
        assertEquals(List.of("trade " + dialect.id(8) + " 100.03 x 1"), stage.hears(1));
        stage.awaitState(FeedStatus.State.LIVE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void aVenueThatAnswersAPingIsThereThoughNothingIsTraded(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.trade(7, "100.02", "1"));
        stage.hears(1);
        for (int i = 0; i < 10; i++) {
            // Now it is stale, until the answer to a ping has come.
            stage.clock.advance(Duration.ofSeconds(11));
            stage.awaitState(FeedStatus.State.LIVE);
        }
        assertTrue(link.rest().contains("ping"));
        link.says(dialect.trade(8, "100.03", "1"));
        assertEquals(List.of("trade " + dialect.id(8) + " 100.03 x 1"), stage.hears(1), "on the same line");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatNobodyFollowsAnyMoreIsReleasedAfterAWhileAndItsQuoteForgotten(Dialect dialect) throws Exception {
        StandIn.Link link = begin(dialect);
        link.says(dialect.quote("100.01", "100.02"), dialect.trade(7, "100.02", "1"));
        stage.hears(dialect.quotes() ? 2 : 1);
        stage.release(dialect.code());
        stage.follow(dialect.code());
        stage.release(dialect.code());
        link.says(dialect.trade(8, "100.03", "1"));
        assertEquals(List.of("trade " + dialect.id(8) + " 100.03 x 1"), stage.hears(1));
        assertTrue(link.rest().stream().noneMatch(dialect::asksNoMore));

        pass(77, link, dialect);
        while (!dialect.asksNoMore(link.hears())) {
            link.says(dialect.heartbeat());
        }
        assertHears(dialect, List.of("quote none none"));

        stage.follow(dialect.code());
        stage.clock.advance(Duration.ofSeconds(1));
        while (!dialect.asks(link.hears())) {
            link.says(dialect.heartbeat());
        }
        link.says(dialect.quote("100.01", "100.02"), dialect.trade(20, "100.09", "1"));
        assertHears(dialect, List.of("quote 100.01 100.02", "loss", "trade " + dialect.id(20) + " 100.09 x 1"));
    }
}
