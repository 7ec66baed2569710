package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MutantsTest {
    private static final Mutant HONEST = List::of;
    private static final int PERIOD = 3;
    private static final long SEED = 20260101;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, SEED})
    void aServerThatKeepsItsPromisesIsNeverAccused(long seed) {
        Observatory observatory = new Observatory();
        assertEquals(
                List.of(),
                hear(observatory, observatory.feed(), seed, EnumSet.allOf(Assertion.class), HONEST),
                "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, SEED})
    void norIsItWhenTheFeedIsNotOnRecord(long seed) {
        assertEquals(
                List.of(),
                hear(new Observatory(), new FeedRecord(), seed, EnumSet.allOf(Assertion.class), HONEST),
                "seed " + seed);
    }

    @ParameterizedTest
    @EnumSource
    void eachMutantIsCaughtByTheAssertionMeantForIt(Mutation mutation) {
        Observatory observatory = new Observatory();
        int period = mutation == Mutation.SENDS_AFTER_UNSUBSCRIBED ? 1 : PERIOD;
        assertFalse(
                hear(observatory, observatory.feed(), SEED, EnumSet.of(mutation.caughtBy()), mutation.mutant(period))
                        .isEmpty(),
                mutation + " went unnoticed");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSES_HI", "LOWERS_HI", "MISCOUNTS_VOLUME"})
    void wrongMergesAreCaughtByTheObserversAlone(Mutation mutation) {
        assertFalse(
                hear(
                                new Observatory(),
                                new FeedRecord(),
                                SEED,
                                EnumSet.of(mutation.caughtBy()),
                                mutation.mutant(PERIOD))
                        .isEmpty(),
                mutation + " went unnoticed");
    }

    @ParameterizedTest
    @EnumSource(names = {"DROPS_A_ROW", "REPEATS_A_ROW", "LOSES_HI", "CHANGES_A_DIGIT"})
    void aMutantThatStrikesOnceIsEnough(Mutation mutation) {
        Observatory observatory = new Observatory();
        assertFalse(
                hear(observatory, observatory.feed(), SEED, EnumSet.of(mutation.caughtBy()), once(mutation))
                        .isEmpty(),
                mutation + " went unnoticed");
    }

    private static Mutant once(Mutation mutation) {
        Mutant mutant = mutation.mutant(PERIOD);
        boolean[] struck = new boolean[1];
        return message -> {
            List<String> spoiled = struck[0] ? List.of(message) : mutant.apply(message);
            struck[0] |= !spoiled.equals(List.of(message)) && !same(spoiled, message);
            return spoiled;
        };
    }

    private static boolean same(List<String> spoiled, String message) {
        return spoiled.size() == 1 && Json.parse(spoiled.get(0)).equals(Json.parse(message));
    }

    /** Plays a scripted server to three checked clients, of which the slow one hears what the mutant makes of it. */
    private static List<Violation> hear(
            Observatory observatory, FeedRecord feed, long seed, Set<Assertion> asserted, Mutant mutant) {
        ScriptedServer server = new ScriptedServer(seed, feed);
        Map<String, Checker> checkers = new HashMap<>();
        checkers.put(ScriptedServer.OBSERVER, observatory.observer(ScriptedServer.OBSERVER, asserted));
        checkers.put(ScriptedServer.SLOW, observatory.checker(ScriptedServer.SLOW, asserted));
        checkers.put(ScriptedServer.LATE, observatory.checker(ScriptedServer.LATE, asserted));
        long now = 0;
        for (ScriptedServer.Turn turn : server.play()) {
            Checker checker = checkers.get(turn.client());
            Mutant spoiler = turn.client().equals(ScriptedServer.SLOW) ? mutant : HONEST;
            now = turn.nanos();
            switch (turn.kind()) {
                case SAID -> checker.said(now, turn.text());
                case HEARD -> {
                    for (String spoiled : spoiler.apply(turn.text())) {
                        checker.heard(now, spoiled);
                    }
                }
                case CLOSED -> {
                    // What is overdue is overdue before the close: nothing is expected of a closed connection.
                    checker.finish(now);
                    checker.settled("ticker", server.state());
                    checker.closed(spoiler.closeCode(Integer.parseInt(turn.text())), "");
                }
            }
        }
        return observatory.verdict(now);
    }
}
