package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tickerplant.service.Setting;

/**
 * What bad clients cost the good ones, which are on the same machine: how late their prices are, and what the server keeps
 * of it all. It prints a table.
 */
@Tag("attacks")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttacksIT {
    private static final int GOOD = 50;
    private static final int RATE = 50;
    private static final int WARM_UP_SECONDS = 8;
    private static final int BASE_SECONDS = 3;
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);
    private static final long TOLERATED_BYTES = 4 << 20;
    private static final double TOLERATED_MS = 50;

    private final List<String> table = new ArrayList<>();
    private RunningContainer server;
    private Insides insides;
    private Followers followers;
    private long files;
    private int threads;
    private long bytes;

    @BeforeAll
    void start() throws Exception {
        server = RunningContainer.start(
                Container.EMBEDDED, Map.of(Setting.FEED, "simulated?symbols=20&rate=" + RATE + "&even=true&seed=1"));
        insides = new Insides(server.process());
        followers = new Followers(server.port(), GOOD);
        hear(WARM_UP_SECONDS);
        // what is loaded and started with the first of its kind belongs to the base
        Attack.LONG_HEADERS.on(server.port());
        Attack.RANDOM_BYTES.on(server.port());
        settle(Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        files = insides.files();
        threads = insides.threads();
        bytes = insides.liveBytes();
        table.add(
                "| Attack | s | Connections | p99 before, ms | p99 beside, ms | Live heap, MB | Threads | Descriptors |");
        table.add("|---|---:|---:|---:|---:|---:|---:|---:|");
        table.add(String.format(Locale.ROOT, "| none | | | | | %.1f | %d | %d |", bytes / 1e6, threads, files));
    }

    @AfterAll
    void end() throws Exception {
        System.out.println(String.join("\n", table));
        if (server != null) {
            followers.close();
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGoodClientsHearInTimeAndNothingIsLeft(Attack attack) throws Exception {
        double before = p99(() -> {
            hear(BASE_SECONDS);
            return 0;
        });
        int[] connections = new int[1];
        long start = System.nanoTime();
        double beside = p99(() -> connections[0] = attack.on(server.port()));
        double seconds = (System.nanoTime() - start) / 1e9;

        settle(files, threads, bytes + TOLERATED_BYTES);
        long left = insides.liveBytes();
        table.add(
                row(attack.words(), seconds, connections[0], before, beside, left, insides.threads(), insides.files()));
        assertAll(
                () -> assertEquals(GOOD, followers.alive()),
                () -> assertEquals(0, followers.missing()),
                () -> assertTrue(beside <= Math.max(2 * before, before + TOLERATED_MS), before + " ms, " + beside),
                () -> assertTrue(left <= bytes + TOLERATED_BYTES, bytes + " bytes, " + left),
                () -> assertTrue(insides.threads() <= threads, threads + " threads, " + insides.threads()),
                () -> assertTrue(insides.files() <= files, files + " descriptors, " + insides.files()));
    }

    /** Returns once the good ones have been told so many seconds of the market. */
    private void hear(int seconds) {
        int goal = followers.rows() + GOOD * RATE * seconds;
        await(() -> goal + " rows were told, and it is " + followers.rows(), () -> followers.rows() >= goal);
    }

    private double p99(Callable<Integer> meanwhile) throws Exception {
        followers.forget();
        meanwhile.call();
        assertTrue(followers.rows() > 0, "nothing was heard");
        return followers.p99();
    }

    /** Returns once only the good ones are there, and no more is open, running and kept than that. */
    private void settle(long mostFiles, int mostThreads, long mostBytes) throws Exception {
        AtomicReference<String> last = new AtomicReference<>();
        await(SETTLED_WITHIN, () -> last.get() + ", " + insides.threadNames(), () -> {
            String health = server.get("/health/ready").body();
            long liveBytes = insides.liveBytes();
            last.set(health + ", " + insides.files() + " descriptors, " + insides.threads() + " threads, " + liveBytes
                    + " bytes");
            return health.contains("\"sessions\":" + GOOD + ",")
                    && insides.files() <= mostFiles
                    && insides.threads() <= mostThreads
                    && liveBytes <= mostBytes;
        });
    }

    private static String row(
            String what,
            double seconds,
            int connections,
            double before,
            double beside,
            long heap,
            int threads,
            long files) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %,d | %.1f | %.1f | %.1f | %d | %d |",
                what,
                seconds,
                connections,
                before,
                beside,
                heap / 1e6,
                threads,
                files);
    }
}
