package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.BarUpdate;
import tickerplant.market.Events;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.market.Update;

/** A file that is not what it was: whatever is missing is said. */
class DamageTest {
    private static final Logger JOURNAL = Logger.getLogger("tickerplant.journal");

    @TempDir
    Path folder;

    /** What was said to the operator. */
    private final List<String> said = new ArrayList<>();

    private final Handler listener = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()
                    && !line.getMessage().endsWith("a new epoch begins")) {
                said.add(line.getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private List<Update> told;
    private List<BarUpdate> bars;

    @BeforeEach
    void listen() {
        JOURNAL.addHandler(listener);
    }

    @AfterEach
    void leave() {
        JOURNAL.removeHandler(listener);
    }

    /** A journal that has ended, and what was in it. */
    private Path ended() throws Exception {
        Path image = folder.resolve("ended");
        try (Desk desk = new Desk(image, "e-1")) {
            fill(desk);
            bars = desk.bars("A", Interval.MINUTE);
        }
        return image;
    }

    /** A journal as a crash leaves it, most of it in the write-ahead log. */
    private Path crashed() throws Exception {
        Path image = folder.resolve("crashed");
        try (Desk desk = new Desk(folder.resolve("living"), "e-1")) {
            fill(desk);
            for (int i = 0; i < 20; i++) {
                desk.happens(Events.trade("A", 50_000 + i, 1, 900_000_000L + i));
                assertEquals("", desk.safe());
            }
            told = desk.told("A");
            desk.copy(image);
        }
        return image;
    }

    private void fill(Desk desk) throws Exception {
        desk.happens(Events.listed("A", 10_000), Events.listed("B", 10_000));
        for (int i = 0; i < 1_500; i++) {
            desk.happens(Events.trade(i % 3 == 0 ? "B" : "A", 10_000 + i, 1 + i % 7, 1 + i * 400_000L));
        }
        desk.settles();
        told = desk.told("A");
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "rw")) {
            end.setLength(end.length() - bytes);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : new String[] {"journal.db", "journal.db-wal"}) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 64, 100})
    void aFileThatIsTooShortIsSetAside(int bytes) throws Exception {
        Path image = ended();
        cut(image.resolve("journal.db"), bytes);
        try (Desk desk = new Desk(image, "e-2")) {
            assertEquals("e-2", desk.restored.epoch());
            assertTrue(Files.exists(image.resolve("journal.db.damaged-1")), "it is kept");
            assertTrue(said.get(0).contains("set aside"), said.toString());
            desk.happens(Events.listed("A", 10_000), Events.trade("A", 10_000, 1, 1));
            assertEquals("", desk.safe());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 64, 100})
    void aWriteAheadLogThatIsTornIsCutAndSaid(int bytes) throws Exception {
        Path image = crashed();
        cut(image.resolve("journal.db-wal"), bytes);
        try (Desk desk = new Desk(image, "e-2")) {
            assertEquals("e-2", desk.restored.epoch());
            assertTrue(said.get(0).contains("ends torn"), said.toString());
            List<Update> left = desk.stored("A", "e-1").rows();
            assertEquals(told.subList(0, told.size() - 1), left, "the last commit alone is lost");
        }
    }

    @Test
    void aCrashAloneIsNoDamage() throws Exception {
        Path image = crashed();
        try (Desk desk = new Desk(image, "e-2")) {
            assertEquals(told, desk.stored("A", "e-1").rows());
            assertEquals(List.of(), said);
        }
    }

    @Test
    void aBitThatFlipsIsNeverASilentLoss() throws Exception {
        Random random = new Random(20_260_101);
        int harmless = 0;
        int rounds = Integer.getInteger("journal.flips", 60);
        for (boolean isEnd : new boolean[] {true, false}) {
            Path whole = isEnd ? ended() : crashed();
            for (int i = 0; i < rounds; i++) {
                Path image = folder.resolve("flip-" + isEnd + i);
                copy(whole, image);
                Path file = image.resolve(isEnd || random.nextBoolean() ? "journal.db" : "journal.db-wal");
                long at = random.nextLong(Files.size(file));
                flip(file, at, random.nextInt(8));
                said.clear();
                harmless += isWhole(image, isEnd) ? 1 : 0;
            }
        }
        assertNotEquals(2 * rounds, harmless, "no bit was one that matters");
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ (1 << bit));
        }
    }

    /** Whether everything can be read; else it was said what can't. */
    private boolean isWhole(Path image, boolean isEnd) throws IOException {
        try (Desk desk = new Desk(image, "e-2")) {
            Stored<Update> stored = desk.stored("A", "e-1");
            Stored<BarUpdate> minutes = desk.journal.bars(
                    new Symbol("A"),
                    Interval.MINUTE,
                    new Query(Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, 10_000));
            stored.lost().ifPresent(seq -> said.add("trades up to " + seq));
            minutes.lost().ifPresent(start -> said.add("bars up to " + start));
            boolean isWhole = stored.rows().equals(told)
                    && (!isEnd || figures(minutes.rows()).equals(figures(bars)));
            assertTrue(
                    isWhole || !said.isEmpty(), image + ", seed 20260101: some of it is missing, and nothing was said");
            return isWhole;
        } catch (IOException e) {
            said.add(e.getMessage());
            return false;
        }
    }

    private static List<Object> figures(List<BarUpdate> updates) {
        return updates.stream().map(update -> (Object) update.bar()).toList();
    }
}
