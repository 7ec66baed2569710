package tickerplant.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head of a frame, as RFC 6455 has it in section 5.2. */
class FrameTest {
    @ParameterizedTest
    @CsvSource({
        "0, 81 00",
        "125, 81 7d",
        "126, 81 7e 00 7e",
        "65535, 81 7e ff ff",
        "65536, 81 7f 00 00 00 00 00 01 00 00",
    })
    void theHeadTellsTheLength(int length, String head) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        Frame frame = new Frame(text);

        byte[] expected = HexFormat.ofDelimiter(" ").parseHex(head);
        assertArrayEquals(expected, Arrays.copyOf(frame.bytes(), expected.length));
        assertEquals(expected.length + length, frame.bytes().length);
        assertEquals(length, frame.length());
        assertEquals("x".repeat(length), frame.text());
    }

    @Test
    void onlyTheBeginningIsTaken() {
        byte[] buffer = "{}rubbish".getBytes(StandardCharsets.US_ASCII);

        assertEquals("{}", new Frame(buffer, 2).text());
    }
}
