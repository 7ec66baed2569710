package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;

class JsonBytesTest {
    private static final long SEED = 20_260_101;
    private static final JsonProvider PROVIDER = JsonProvider.provider();

    private static String text(JsonBytes json) {
        return new String(json.toArray(), StandardCharsets.UTF_8);
    }

    private static String decimal(long steps, int decimals) {
        return text(new JsonBytes(1).decimal(steps, decimals));
    }

    private static String plain(long steps, int decimals) {
        BigDecimal value = BigDecimal.valueOf(steps, decimals).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }

    private static String parsed(String json) {
        try (JsonReader reader = PROVIDER.createReader(new StringReader("[" + json + "]"))) {
            return ((JsonString) reader.readArray().get(0)).getString();
        }
    }

    @Test
    void everyDecimalIsThatOfBigDecimalWithoutTrailingZeros() {
        List<Long> values = new ArrayList<>(
                List.of(0L, 1L, -1L, 9L, 10L, -10L, 99L, 100L, 101L, Long.MAX_VALUE, Long.MIN_VALUE, -Long.MAX_VALUE));
        for (long power = 1; power <= 1_000_000_000_000_000_000L / 10; power *= 10) {
            values.addAll(List.of(power, -power, power - 1, power + 1, 5 * power, 189 * (power / 10)));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            values.add(random.nextLong() >> random.nextInt(64));
            values.add(random.nextLong(1_000_000) * (long) Math.pow(10, random.nextInt(13)));
        }
        for (int decimals = 0; decimals <= Instrument.MAX_DECIMALS; decimals++) {
            for (long value : values) {
                assertEquals(plain(value, decimals), decimal(value, decimals), value + " with " + decimals);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "18930, 2, 189.3",
        "18900, 2, 189",
        "-5, 2, -0.05",
        "-500, 2, -5",
        "0, 12, 0",
        "1, 12, 0.000000000001",
        "-9223372036854775808, 12, -9223372.036854775808",
        "-9223372036854775808, 0, -9223372036854775808",
        "9223372036854775807, 1, 922337203685477580.7"
    })
    void aDecimalHasNoExponentNoTrailingZerosAndNoNegativeZero(long steps, int decimals, String expected) {
        assertEquals(expected, decimal(steps, decimals));
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600120482, 1767225600120.482",
        "1767225600120400, 1767225600120.4",
        "1767225600120000, 1767225600120",
        "1, 0.001",
        "0, 0",
        "-1500, -1.5"
    })
    void aTimeIsMillisecondsWithUpToThreeDecimals(long micros, String expected) {
        assertEquals("{\"ts\":" + expected, text(new JsonBytes(1).open('{').time("ts", micros)));
    }

    @Test
    void aWholeNumberIsWhatJavaWrites() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertEquals(Long.toString(value), text(new JsonBytes(1).value(value)));
        }
        assertEquals("-9223372036854775808", text(new JsonBytes(1).value(Long.MIN_VALUE)));
    }

    @Test
    void anAbsentNumberIsNull() {
        JsonBytes json = new JsonBytes(1).open('{').decimalOrNull("last", Decimal.ABSENT, 2);
        assertEquals("{\"last\":null,\"bid\":0.01", text(json.decimalOrNull("bid", 1, 2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "quote \" backslash \\ slash /",
                "\b\f\n\r\t\0\u0001\u001f\u007f",
                "</script><b>&",
                "Zürich, Ελλάδα, 日本",
                "\u2028\u2029\ufeff\uffff",
                "astral \ud83d\ude00 end"
            })
    void aStringComesBackFromAnotherParserAsItWas(String value) {
        String json = text(new JsonBytes(1).value(value));
        assertEquals(value, parsed(json));
        assertTrue(json.chars().allMatch(c -> c >= 0x20 && c < 0x7f), json);
    }

    @Test
    void everySingleCharacterComesBackEvenHalfOfAPair() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String value = "a" + (char) c + "b";
            assertEquals(value, parsed(text(new JsonBytes(1).value(value))));
        }
    }

    @Test
    void generatedStringsComeBackFromAnotherParser() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                value.append((char) random.nextInt(1 << (1 + random.nextInt(16))));
            }
            assertEquals(value.toString(), parsed(text(new JsonBytes(1).value(value.toString()))));
        }
    }

    @Test
    void commasStandBetweenThingsAndNowhereElse() {
        JsonBytes json = new JsonBytes(1).open('{').field("a", 1).name("b").open('[');
        json.value("x,").value("[").value(-1).open('{').close('}').literal("null");
        json.close(']').name("c").encoded("{\"d\":{}}".getBytes(StandardCharsets.UTF_8));
        json.field("e", "").close('}');
        assertEquals("{\"a\":1,\"b\":[\"x,\",\"[\",-1,{},null],\"c\":{\"d\":{}},\"e\":\"\"}", text(json));
        assertEquals(json.toArray().length, json.length());
    }
}
