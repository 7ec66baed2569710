package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Mutant;
import tickerplant.checker.Violation;

/**
 * Whatever clients ask, however they read, leave and come back, and whatever the feed plays: every promise is kept. Each
 * conversation comes from its seed; {@code -Dtickerplant.seed=N} plays one again, {@code -Dtickerplant.seeds=N} so many. They
 * are played one after the other, because a process has one service.
 */
class RandomConversationsTest {
    private static final int ALL = 1_000;
    private static final int DEFAULT = 10;

    @Test
    void everyConversationKeepsEveryPromise() {
        long only = Long.getLong("tickerplant.seed", 0);
        long first = only == 0 ? 1 : only;
        int count = only == 0 ? Integer.getInteger("tickerplant.seeds", DEFAULT) : 1;
        List<String> failures = failures(first, count, () -> List::of);
        System.out.println("random conversations: " + count + " of " + ALL + " seeds, first seed " + first + ", "
                + failures.size() + " failed");
        failures.forEach(System.out::println);
        assertEquals(List.of(), failures);
    }

    private static List<String> failures(long first, int count, Supplier<Mutant> mutants) {
        List<String> failures = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            failure(Script.of(seed), mutants).ifPresent(failures::add);
        }
        return failures;
    }

    private static Optional<String> failure(Script script, Supplier<Mutant> mutants) {
        try {
            List<Violation> violations = new RandomConversation(script, mutants).run();
            return violations.isEmpty() ? Optional.empty() : Optional.of(script + "\n" + violations);
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of(script + "\n" + trace);
        }
    }
}
