package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void everyKindOfValueIsRead() {
        Map<String, Object> members = Json.parse(
                """
                {"s":"a\\u00e9\\"\\ud83d\\ude00","n":-0.5,"t":true,"f":false,"z":null,"a":[1,[],{}],"o":{"k":9007199254740993}}""");
        assertEquals("a\u00e9\"\ud83d\ude00", members.get("s"));
        assertEquals(new BigDecimal("-0.5"), members.get("n"));
        assertEquals(true, members.get("t"));
        assertEquals(false, members.get("f"));
        assertTrue(members.containsKey("z"));
        assertEquals(List.of(new BigDecimal("1"), List.of(), Map.of()), members.get("a"));
        assertEquals(Map.of("k", new BigDecimal("9007199254740993")), members.get("o"));
        assertEquals(List.of("s", "n", "t", "f", "z", "a", "o"), List.copyOf(members.keySet()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "1",
                "\"a\"",
                "null",
                "{} {}",
                "{}x",
                "{},",
                "{}]",
                "\ufeff{}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":1e99999999999}",
                "{\"a\":1}//"
            })
    void whatIsNotOneObjectIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1.0}",
                "{\"a\":189.30}",
                "{\"a\":1e3}",
                "{\"a\":1E3}",
                "{\"a\":-0}",
                "{\"a\":0.0}",
                "{\"a\":-0.0}",
                "{\"a\":{\"b\":[1,2.50]}}",
                "{\"a\":1,\"a\":1}",
                "{\"o\":{\"b\":1,\"b\":2}}",
                "{\"\\u0061\":1,\"a\":2}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}"
            })
    void whatIsReadableButBadFormIsAFault(String text) {
        assertEquals(1, Json.read(text).faults().size());
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10", "1000000", "0.5", "-0.25", "189.3", "1767225600120.482"})
    void canonicalNumbersAreNoFault(String number) {
        assertEquals(
                new BigDecimal(number).stripTrailingZeros(),
                Json.parse("{\"a\":" + number + "}").get("a"));
    }

    @Test
    void ofAKeyThatComesTwiceTheFirstCounts() {
        assertEquals(Map.of("a", BigDecimal.ONE), Json.read("{\"a\":1,\"a\":2}").members());
    }

    @Test
    void depthIsBounded() {
        assertEquals(1, Json.parse(nested(Json.DEPTH)).size());
        assertThrows(IllegalArgumentException.class, () -> Json.parse(nested(Json.DEPTH + 1)));
        assertThrows(IllegalArgumentException.class, () -> Json.read("{\"a\":" + "[".repeat(100_000)));
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void whatIsWrittenReadsTheSame() {
        String text =
                """
                {"s":"a\\"\\\\\\u000a","n":1203400,"z":null,"a":[1.5,[],{}],"o":{"t":true}}""";
        assertEquals(text, Json.write(Json.parse(text)));
    }

    @Test
    void anExpectationIsAPartOfWhatCame() {
        Map<String, Object> came =
                Json.parse("{\"type\":\"update\",\"data\":[{\"seq\":1,\"last\":2.5},{\"seq\":2}],\"x\":null}");
        assertTrue(Json.has(came, Json.parse("{\"data\":[{\"last\":2.5},{}]}")));
        assertTrue(Json.has(came, Json.parse("{\"x\":null}")));
        assertFalse(Json.has(came, Json.parse("{\"y\":null}")));
        assertFalse(Json.has(came, Json.parse("{\"data\":[{\"last\":2.5}]}")));
        assertFalse(Json.has(came, Json.parse("{\"data\":[{\"seq\":2},{}]}")));
        assertTrue(Json.has(Arrays.asList(1, null), Arrays.asList(1, null)));
    }
}
