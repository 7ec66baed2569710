package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Market;

class SlotsTest {
    private static final int TOPICS = 3_000;

    private final List<Topic> topics = new ArrayList<>();
    private final Slots slots = new Slots();

    @BeforeEach
    void list() {
        Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 10);
        Market market = new Market(hub, 10);
        for (int i = 0; i < TOPICS; i++) {
            market.apply(Events.listed("S" + i, 10_000));
        }
        topics.addAll(hub.topics(Channel.TICKER, ""));
    }

    @Test
    void nothingIsInAnEmptyOne() {
        Topic any = topics.get(0);
        assertEquals(0, slots.size());
        assertFalse(slots.has(any));
        assertNull(slots.of(any));
        assertNull(slots.remove(any));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itHoldsWhatAMapOfTheSameStepsHolds(long seed) {
        Random dice = new Random(seed);
        Map<Topic, Slot> expected = new HashMap<>();
        int most = 1 << (2 * seed + 3);
        for (int step = 0; step < 40_000; step++) {
            Topic topic = topics.get(dice.nextInt(Math.min(TOPICS, most)));
            boolean grows = dice.nextInt(100) < (step / 5_000 % 2 == 0 ? 70 : 30);
            if (!grows) {
                assertSame(expected.remove(topic), slots.remove(topic));
            } else if (!expected.containsKey(topic)) {
                Slot slot = new Slot(topic, null);
                expected.put(topic, slot);
                slots.add(slot);
            }
            assertEquals(expected.size(), slots.size());
        }
        assertTrue(expected.size() > 2, "some are left to be compared");
        for (Topic topic : topics) {
            assertSame(expected.get(topic), slots.of(topic));
            assertEquals(expected.containsKey(topic), slots.has(topic));
        }
        Set<Slot> all = new HashSet<>();
        slots.forEach(slot -> assertTrue(all.add(slot), "each once"));
        assertEquals(new HashSet<>(expected.values()), all);
    }
}
