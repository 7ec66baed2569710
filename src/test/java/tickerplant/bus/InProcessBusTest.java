package tickerplant.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tickerplant.market.Clock;

/** A log in one process does what every log does, and no more than it is told. */
class InProcessBusTest extends BusContract {
    private final Bus log = new InProcessBus(() -> "e-1", 10_000, Clock.SYSTEM);

    @Override
    protected Bus bus() {
        return log;
    }

    @Test
    void aLogThatIsToRememberNothingTellsOnlyWhatComes() throws Exception {
        Bus forgetful = new InProcessBus(() -> "e-1", 0, Clock.SYSTEM);
        Node node = Node.fromTheStart(forgetful);
        forgetful.publish(trade("AA", 1, 1, 1), Origin.NONE);
        forgetful.publish(trade("AA", 2, 1, 2), Origin.NONE);
        assertEquals(Bus.Wanted.NOTHING, forgetful.wanted(0, new Mark(2, Map.of())));

        node.hears(2);
        assertEquals(Optional.empty(), forgetful.snapshot());
        assertThrows(IOException.class, () -> Node.fromTheStart(forgetful));
        Node later = Node.from(forgetful, List.of(new Mark(2, Map.of())));
        forgetful.publish(trade("AA", 3, 1, 3), Origin.NONE);
        assertEquals(List.of(trade("AA", 3, 1, 3)), later.hears(1).heard("AA"));
    }
}
