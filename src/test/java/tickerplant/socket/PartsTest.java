package tickerplant.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PartsTest {
    private final Parts parts = new Parts(10);

    @Test
    void aMessageIsWholeWithItsLastPart() {
        assertEquals(Parts.Standing.UNFINISHED, parts.add("{", false));
        assertEquals(Parts.Standing.UNFINISHED, parts.add("", false));
        assertEquals(Parts.Standing.WHOLE, parts.add("}", true));
        assertEquals("{}", parts.take());
        assertEquals(Parts.Standing.WHOLE, parts.add("next", true));
        assertEquals("next", parts.take());
    }

    @Test
    void theLimitCountsBytesOverAllParts() {
        assertEquals(Parts.Standing.UNFINISHED, parts.add("€€", false));
        assertEquals(Parts.Standing.WHOLE, parts.add("1234", true));
        parts.take();
        assertEquals(Parts.Standing.UNFINISHED, parts.add("€€", false));
        assertEquals(Parts.Standing.TOO_LONG, parts.add("12345", true));
        assertEquals(Parts.Standing.IGNORED, parts.add("1", true));
    }

    @Test
    void halvesOfACharacterMayComeInDifferentParts() {
        assertEquals(Parts.Standing.UNFINISHED, parts.add("123456\ud83d", false));
        assertEquals(Parts.Standing.WHOLE, parts.add("\ude00", true));
        assertEquals("123456\ud83d\ude00", parts.take());
    }

    @Test
    void partsWithNothingInThemHaveAnEndToo() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Parts.Standing.UNFINISHED, parts.add("", false));
        }
        assertEquals(Parts.Standing.TOO_LONG, parts.add("", false));
    }
}
