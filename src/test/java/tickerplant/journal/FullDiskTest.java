package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** A disk that is full, or can't be written any more: the market goes on, it is said, and writing resumes by itself. */
class FullDiskTest {
    private static final int ROOM = 2_000;

    @TempDir
    Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0,
                "a small disk is needed, which root alone can make");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static void awaitTrouble(Desk desk, boolean expected) {
        await(
                () -> "trouble: " + desk.journal.trouble(),
                () -> desk.journal.trouble().isPresent() == expected);
    }

    private static void trades(Desk desk, int first, int count) {
        for (int i = first; i < first + count; i++) {
            desk.happens(Events.trade("A", 10_000 + i, 1, 1_000L + i));
        }
    }

    @Test
    void whileTheDiskIsFullNothingIsAcknowledgedAndThenEverythingIsWritten() throws Exception {
        try (Desk desk = new Desk(new SqliteJournal(disk, Clock.SYSTEM, ROOM), "e-1")) {
            desk.happens(Events.listed("A", 10_000));
            trades(desk, 0, 100);
            assertEquals("", desk.safe());
            Path filler = disk.resolve("filler");
            fill(filler);
            trades(desk, 100, 400);
            String reason = desk.safe();
            assertTrue(reason.contains("full"), reason);
            awaitTrouble(desk, true);
            trades(desk, 500, 100);

            Files.delete(filler);
            awaitTrouble(desk, false);
            assertEquals("", desk.safe());
            assertEquals(0, desk.journal.lost());
            assertEquals(new Stored<>(desk.told("A"), OptionalLong.empty()), desk.stored("A"));
        }
        try (Desk desk = new Desk(disk, "e-2")) {
            assertEquals("e-1", desk.restored.epoch());
            assertEquals(600, desk.stored("A").rows().size());
        }
    }

    @Test
    void whatHasNoPlaceAtAllIsSaidToBeMissing() throws Exception {
        try (Desk desk = new Desk(new SqliteJournal(disk, Clock.SYSTEM, ROOM), "e-1")) {
            desk.happens(Events.listed("A", 10_000));
            trades(desk, 0, 100);
            assertEquals("", desk.safe());
            Path filler = disk.resolve("filler");
            fill(filler);
            trades(desk, 100, 3 * ROOM);
            assertTrue(desk.journal.lost() > 0, "there is a bound");

            Files.delete(filler);
            awaitTrouble(desk, false);
            await(() -> "lag: " + desk.journal.lag(), () -> desk.journal.lag() == 0);
            trades(desk, 100 + 3 * ROOM, 10);
            assertEquals("", desk.safe());
            Stored<Update> stored = desk.stored("A");
            assertEquals(
                    desk.told("A").size() - desk.journal.lost(), stored.rows().size());
            List<Update> missing = new ArrayList<>(desk.told("A"));
            missing.removeAll(stored.rows());
            long last = missing.get(missing.size() - 1).seq();
            assertEquals(OptionalLong.of(last), stored.lost(), "up to there some are missing");
            assertEquals(
                    OptionalLong.empty(),
                    desk.journal
                            .trades(
                                    new Symbol("A"),
                                    "e-1",
                                    new Query(Long.MIN_VALUE, Long.MAX_VALUE, 100L + 3 * ROOM, 110L + 3 * ROOM, 100))
                            .lost());
        }
    }

    @Test
    void aFolderThatCanNoLongerBeWrittenHoldsNobodyUp() throws Exception {
        try (Desk desk = new Desk(new SqliteJournal(disk, Clock.SYSTEM, ROOM), "e-1")) {
            desk.happens(Events.listed("A", 10_000));
            trades(desk, 0, 100);
            assertEquals("", desk.safe());
            try (Connection other = Sqlite.writer(disk.resolve("journal.db"));
                    Statement statement = other.createStatement()) {
                // as somebody's backup tool might
                other.setAutoCommit(true);
                statement.execute("BEGIN IMMEDIATE");
                trades(desk, 100, 100);
                assertFalse(desk.safe().isEmpty());
                assertEquals(
                        100,
                        desk.told("A").stream()
                                .filter(update -> update.seq() > 100)
                                .count());
            }
            awaitTrouble(desk, false);
            assertEquals("", desk.safe());
            assertEquals(new Stored<>(desk.told("A"), OptionalLong.empty()), desk.stored("A"));
        }
    }

    @Test
    void aFolderThatCanNotBeWrittenIsRefusedAtTheStart() throws Exception {
        Assumptions.assumeTrue(run("mount", "-o", "remount,ro", disk.toString()) == 0, "only root can do that");
        IOException refused = assertThrows(IOException.class, () -> new Desk(disk, "e-1"));
        assertTrue(refused.getMessage().contains("can't be written"), refused.getMessage());
    }

    /** Writes until nothing more fits. */
    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("space"), e.getMessage());
        }
    }
}
