package tickerplant.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.ListingState;
import tickerplant.market.Symbol;

/** A journal is read ahead, while the rest of a service is put together. */
class FirstLookTest {
    private static final Symbol A = new Symbol("A");

    @TempDir
    Path folder;

    private SqliteJournal ahead() {
        SqliteJournal journal = new SqliteJournal(folder, Clock.SYSTEM);
        journal.lookAhead();
        return journal;
    }

    private ListingState filled() throws Exception {
        try (Desk desk = new Desk(folder, "e-1")) {
            desk.happens(Events.listed("A", 10_100));
            desk.happens(Events.generated("A", 1, 500));
            return desk.market.listing(A).orElseThrow().state();
        }
    }

    @Test
    void whatIsReadAheadIsAllThereIs() throws Exception {
        ListingState before = filled();

        try (Desk desk = new Desk(ahead(), "e-2")) {
            assertEquals("e-1", desk.restored.epoch());
            assertEquals(before, desk.market.listing(A).orElseThrow().state());
        }
    }

    @Test
    void whatIsReadAndNeverOpenedIsLeftAsItWas() throws Exception {
        filled();

        for (int i = 0; i < 3; i++) {
            ahead().close();
        }

        try (Desk desk = new Desk(folder, "e-2")) {
            assertEquals("e-1", desk.restored.epoch(), "nobody began anything");
        }
    }

    @Test
    void whoComesSecondHearsWhenItOpens() throws Exception {
        try (SqliteJournal first = ahead()) {
            first.open("e-1", task -> {});
            try (SqliteJournal second = ahead()) {
                IOException refused = assertThrows(IOException.class, () -> second.open("e-2", task -> {}));
                assertTrue(
                        String.valueOf(refused.getMessage()).contains("in use by another server"), () -> "" + refused);
            }
            assertEquals("e-1", first.epoch());
        }
    }

    @Test
    void afterItWasClosedAnotherCanHaveTheFolder() throws Exception {
        ahead().close();
        try (SqliteJournal journal = ahead()) {
            assertEquals("e-1", journal.open("e-1", task -> {}).epoch());
        }
    }

    @Test
    void afterAnErrorTheFolderIsGivenBackAndTheErrorIsTold() throws Exception {
        FirstLook look = new FirstLook(folder, file -> {
            throw new StackOverflowError("of a test");
        });
        look.begin();

        IllegalStateException failed = assertThrows(IllegalStateException.class, look::take);
        assertEquals("of a test", failed.getCause().getMessage());
        try (SqliteJournal journal = ahead()) {
            assertEquals("e-1", journal.open("e-1", task -> {}).epoch());
        }
    }
}
