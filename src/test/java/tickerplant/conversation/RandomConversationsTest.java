package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.checker.Violation;

/**
 * Whatever clients ask, however they read, leave and come back, and whatever the feed plays: every promise is kept. Each
 * conversation comes from its seed; {@code -Dtickerplant.seed=N} plays one again, {@code -Dtickerplant.seeds=N} so many, from
 * {@code -Dtickerplant.first=N} on. They are played one after the other, because a process has one service; who has
 * processors to spare splits the seeds over several processes.
 */
class RandomConversationsTest {
    private static final int ALL = 1_000;
    private static final int DEFAULT = 10;
    private static final int ATTEMPTS = 3;
    /** Answers go through several threads, of which each may have to wait so long. */
    private static final Duration LONG_PAUSE = Duration.ofMillis(250);

    private int undecided;

    @Test
    void everyConversationKeepsEveryPromise() {
        Optional<Long> only = Optional.ofNullable(Long.getLong("tickerplant.seed"));
        long first = only.orElse(Long.getLong("tickerplant.first", 1));
        int count = only.isPresent() ? 1 : Integer.getInteger("tickerplant.seeds", DEFAULT);
        List<Long> failed = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            Optional<String> failure = failure(Script.of(seed));
            if (failure.isPresent()) {
                failed.add(seed);
                System.out.println("seed " + seed + " failed: " + again(seed) + "\n" + failure.get());
            }
        }
        System.out.println("random conversations: " + count + " of " + ALL + " seeds ran, from " + first + " on, "
                + failed.size() + " failed, " + undecided + " undecided because the machine paused");
        assertEquals(
                List.of(), failed.stream().map(RandomConversationsTest::again).toList());
    }

    @Test
    void twoHundredAndTwentyClientsAtOnceAreKeptEveryPromise() {
        Script crowd = Script.ofCrowd(1, 220);
        assertEquals(Optional.empty(), failure(crowd));
    }

    /** The command that plays a conversation again. */
    private static String again(long seed) {
        return "mvn -B test -Dtest=RandomConversationsTest -Dtickerplant.seed=" + seed;
    }

    /**
     * What went wrong. Where all of it is that something came late, it is played again; where it came late each time, and each
     * time the machine kept this process waiting, too, nobody can say whose fault it was: it is told as undecided.
     */
    private Optional<String> failure(Script script) {
        Optional<String> failure = Optional.empty();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (Pulse pulse = Pulse.begun()) {
                List<Violation> violations = RandomConversation.honest(script).run();
                if (violations.isEmpty()) {
                    return Optional.empty();
                }
                String told = script + "\n" + violations;
                if (!violations.stream().allMatch(Violation::isLateness)) {
                    return Optional.of(told);
                }
                Duration pause = pulse.longestPause();
                System.out.println("seed " + script.seed() + ": " + violations.size()
                        + " late and nothing else, on a machine that paused for " + pause.toMillis() + " ms\n"
                        + violations);
                if (pause.compareTo(LONG_PAUSE) <= 0) {
                    failure = Optional.of(told);
                }
            } catch (Exception | AssertionError e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                return Optional.of(script + "\n" + trace);
            }
        }
        if (failure.isEmpty()) {
            undecided++;
            System.out.println("seed " + script.seed() + ": not decided, late " + ATTEMPTS
                    + " times and nothing else, each time on a machine that paused");
        }
        return failure;
    }
}
