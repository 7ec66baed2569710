package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.market.Clock;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/**
 * A process that is killed at random moments while it publishes: what was acknowledged is there, nothing is there twice, and
 * no sequence of an epoch names two trades. Five rounds, or as many as {@code -Djournal.kills} says.
 */
class KillTest {
    private static final long SEED = 20_261_121;

    @TempDir
    Path folder;

    private final Set<Long> safe = new HashSet<>();
    private final Set<String> epochs = new LinkedHashSet<>();

    /** One life of the process, which ends after so many messages were acknowledged and so many milliseconds. */
    private void live(int round, int messages, int millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Publishing.class.getName(),
                        folder.toString(),
                        "e-" + round)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int heard = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "epoch" -> assertTrue(epochs.add(words[1]), "the epoch comes again: " + line);
                    case "safe" -> safe.add(Long.valueOf(words[1]));
                    default -> throw new AssertionError(line);
                }
                if (++heard == messages) {
                    Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + millis * 1_000_000L);
                    process.toHandle().destroyForcibly();
                }
            }
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it ends");
    }

    @Test
    void whatWasAcknowledgedIsThereOnceAfterEveryKill() throws Exception {
        Random random = new Random(SEED);
        int rounds = Integer.getInteger("journal.kills", 5);
        for (int round = 0; round < rounds; round++) {
            // also while it begins, and while it brings things to their place
            live(round, 1 + random.nextInt(random.nextInt(4) == 0 ? 3 : 2_500), random.nextInt(30));
        }
        assertEquals(rounds, epochs.size(), "every kill ends an epoch");

        Map<Long, String> places = new HashMap<>();
        try (Desk desk = new Desk(folder, "e-last")) {
            for (String epoch : epochs) {
                for (int i = 0; i < Publishing.SYMBOLS; i++) {
                    Set<Long> seqs = new HashSet<>();
                    for (Update update : desk.stored("S" + i, epoch).rows()) {
                        long price = ((TradeUpdate) update).trade().price();
                        String place = epoch + " S" + i + " " + update.seq();
                        assertTrue(seqs.add(update.seq()), place + " names two trades, seed " + SEED);
                        String before = places.put(price, place);
                        assertTrue(
                                before == null, "a trade is doubled: " + before + " and " + place + ", seed " + SEED);
                    }
                }
            }
        }
        for (long pseq : safe) {
            for (int i = 0; i < Publishing.trades(pseq); i++) {
                assertTrue(
                        places.containsKey(Publishing.price(pseq, i)),
                        "message " + pseq + " was acknowledged and trade " + i + " of it is lost, seed " + SEED);
            }
        }
        assertTrue(safe.size() > 10, "something was published");
    }
}
