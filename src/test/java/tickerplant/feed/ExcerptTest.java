package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void plainTextStaysAsItIs() {
        assertEquals("packet 17 at byte 20481", Excerpt.of("packet 17 at byte 20481"));
        assertEquals("x".repeat(64), Excerpt.of("x".repeat(64)));
    }

    @Test
    void whatCouldForgeALineOrAScreenIsEscaped() {
        assertEquals("a\\u000d\\u000ab\\u0000\\u001b[31m", Excerpt.of("a\r\nb\0\033[31m"));
        assertEquals("\\u202e\\ud800", Excerpt.of(new String(new char[] {0x202e, 0xd800})));
        assertEquals("C:\\\\temp", Excerpt.of("C:\\temp"));
    }

    @Test
    void longTextIsCutBetweenItsCharacters() {
        assertEquals("x".repeat(61) + "...", Excerpt.of("x".repeat(65)));
        assertEquals("\\u000a".repeat(10) + "...", Excerpt.of("\n".repeat(1_000_000)));
    }
}
