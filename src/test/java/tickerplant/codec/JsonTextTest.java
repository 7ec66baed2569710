package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static String refusal(String text) {
        return assertThrows(JsonText.Malformed.class, () -> JsonText.parse(text), text)
                .getMessage();
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    @Test
    void everyKindOfValueIsRead() throws JsonText.Malformed {
        assertEquals(
                Map.of(
                        "a",
                        List.of("x", new JsonText.Literal("1"), true, false, JsonText.NULL),
                        "b",
                        Map.of(),
                        "",
                        List.of()),
                JsonText.parse(" {\"a\":[\"x\",1,true,false,null],\t\"b\":{},\r\n\"\":[]} "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "[}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{,}",
                "[1,]",
                "[,1]",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "\"",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "\"\0\"",
                "tru",
                "True",
                "nul",
                "undefined",
                "NaN",
                "Infinity",
                "-Infinity",
                "[NaN]",
                "01",
                "-01",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "-",
                "0x10",
                "1_000",
                "// comment\n{}",
                "{}/* comment */",
                "hello",
                "<html>",
                "\0",
                "\ufeff{}",
                "{\"a\":1}\ufeff"
            })
    void whatIsNotJsonIsRefused(String text) {
        refusal(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} x", "{}{}", "{} {}", "[] []", "{},", "{}]", "1 2", "\"a\" \"b\"", "{}\0", "null null"})
    void nothingMayFollowTheDocument(String text) {
        refusal(text);
    }

    @Test
    void blanksMayFollowTheDocument() throws JsonText.Malformed {
        assertEquals(Map.of(), JsonText.parse("{} \t\r\n"));
    }

    @Test
    void thirtyTwoLevelsAreReadAndOneMoreIsNot() throws JsonText.Malformed {
        Object value = JsonText.parse(nested(32));
        int depth = 0;
        for (; value instanceof List<?> list; value = list.isEmpty() ? "" : list.get(0)) {
            depth++;
        }
        assertEquals(32, depth);
        assertEquals("the message is nested more than 32 levels deep", refusal(nested(33)));
        JsonText.parse("{\"a\":".repeat(32) + "1" + "}".repeat(32));
        refusal("{\"a\":".repeat(33) + "1" + "}".repeat(33));
    }

    /** How long it takes when the machine has nothing else to do, which it has not every time. */
    private static long shortest(int times, Runnable what) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            what.run();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":", "[[],"})
    void aHundredThousandLevelsAreRefusedAtOnce(String opening) {
        String text = opening.repeat(100_000);
        refusal(text); // classes are loaded now
        assertTrue(shortest(20, () -> refusal(text)) < TimeUnit.MILLISECONDS.toNanos(50));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"b\":2,\"a\":1}}",
                "[[{\"a\":1,\"a\":1}]]",
                "{\"\":1,\"\":1}"
            })
    void aNameMayStandOnceInAnObject(String text) {
        assertEquals("a field stands twice in one object", refusal(text));
    }

    @Test
    void theSameNameMayStandInDifferentObjects() throws JsonText.Malformed {
        assertEquals(
                Map.of("a", Map.of("a", true), "b", List.of(Map.of("a", true), Map.of("a", true))),
                JsonText.parse("{\"a\":{\"a\":true},\"b\":[{\"a\":true},{\"a\":true}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1e999",
                "1E+999",
                "1e-999999999",
                "1e999999999",
                "1e99999999999999999999",
                "9007199254740993",
                "9223372036854775808",
                "1.50",
                "0.1e1"
            })
    void aNumberIsKeptDigitForDigitAndNeverWrittenOut(String digits) throws JsonText.Malformed {
        assertEquals(new JsonText.Literal(digits), JsonText.parse(digits));
        assertEquals(List.of(new JsonText.Literal(digits)), JsonText.parse("[" + digits + "]"));
    }

    @Test
    void tenThousandDigitsAreKeptAsDigits() throws JsonText.Malformed {
        String digits = "7".repeat(10_000);
        assertEquals(List.of(new JsonText.Literal(digits)), JsonText.parse("[" + digits + "]"));
    }

    @Test
    void strangeCharactersOfStringsAreReadAsTheyAre() throws JsonText.Malformed {
        assertEquals("\ud800", JsonText.parse("\"\\ud800\""));
        assertEquals("\0\r\n", JsonText.parse("\"\\u0000\\r\\n\""));
        assertEquals("\ud83d\ude00", JsonText.parse("\"\\ud83d\\ude00\""));
        String long10K = "x".repeat(10_240);
        assertTrue(long10K.equals(JsonText.parse('"' + long10K + '"')));
    }
}
