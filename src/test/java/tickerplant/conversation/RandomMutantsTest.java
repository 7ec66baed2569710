package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.checker.Mutation;
import tickerplant.checker.Violation;

/**
 * In random conversations, too, each mutant is caught by the assertion meant for it, with the others switched off: not in
 * every one, because not in every one does something happen that it can spoil, but in one of a few.
 */
@Tag("conversations")
class RandomMutantsTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    private static final int PERIOD = 3;

    @ParameterizedTest
    @EnumSource
    void eachMutantIsCaughtByTheAssertionMeantForIt(Mutation mutation) throws Exception {
        boolean caught = false;
        for (int i = 0; i < SEEDS.size() && !caught; i++) {
            caught = isCaught(mutation, SEEDS.get(i));
        }
        assertTrue(caught, mutation + " went unnoticed in all conversations of " + SEEDS);
    }

    private static boolean isCaught(Mutation mutation, long seed) throws Exception {
        int period =
                switch (mutation) {
                    case SENDS_AFTER_UNSUBSCRIBED, FALSIFIES_CRC, FORGETS_A_FIELD -> 1;
                    default -> PERIOD;
                };
        List<Violation> violations;
        try {
            violations = RandomConversation.spoiled(
                            Script.of(seed), EnumSet.of(mutation.caughtBy()), () -> mutation.mutant(period))
                    .run();
        } catch (AssertionError e) {
            // It kept somebody waiting for what never came, which was noticed, but by no assertion.
            return false;
        }
        boolean silence =
                switch (mutation) {
                    case STOPS_HEARTBEATS, DROPS_A_REPLY, OMITS_A_SNAPSHOT -> true;
                    default -> false;
                };
        // A busy machine makes things late, and must not do the mutant's work.
        return violations.stream().anyMatch(violation -> silence || !violation.isLateness());
    }
}
