package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(3, 2);

    @Test
    void thereAreSoManyInAllAndFromEachAddress() {
        assertTrue(places.take("a").isPresent());
        assertTrue(places.take("a").isPresent());
        assertTrue(places.take("a").isEmpty());
        assertTrue(places.take("b").isPresent());
        assertTrue(places.take("c").isEmpty());
        assertEquals(3, places.taken());
    }

    @Test
    void aPlaceThatWasLeftIsFreeForOneOther() {
        Places.Place left = places.take("a").orElseThrow();
        assertTrue(places.take("a").isPresent());
        left.leave();
        left.leave();
        assertEquals(1, places.taken());
        assertTrue(places.take("a").isPresent());
        assertTrue(places.take("a").isEmpty());
    }

    @Test
    void whereTheAddressIsNotKnownOnlyAllTogetherCount() {
        for (int i = 0; i < 3; i++) {
            assertTrue(places.take("").isPresent());
        }
        assertTrue(places.take("").isEmpty());
    }
}
