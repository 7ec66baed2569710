package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.command.Command;
import tickerplant.command.ListSubscriptions;
import tickerplant.command.Ping;
import tickerplant.command.Refused;
import tickerplant.command.Subscribe;
import tickerplant.command.Unsubscribe;
import tickerplant.market.Channel;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.Wanted;

class CommandReaderTest {
    private static final CommandReader READER = new CommandReader();

    private static Command read(String text) {
        return READER.read(text);
    }

    private static ErrorMessage refusal(String text) {
        return assertInstanceOf(Refused.class, read(text), text).complaint();
    }

    private static void assertRefused(Reason reason, String field, String text) {
        ErrorMessage error = refusal(text);
        assertEquals(reason, error.reason(), text);
        assertEquals(field, error.field(), text);
    }

    private static RequestId integer(String digits) {
        return new RequestId(digits, RequestId.Kind.INTEGER);
    }

    private static RequestId string(String text) {
        return new RequestId(text, RequestId.Kind.STRING);
    }

    @Test
    void everyCommandIsRead() {
        assertEquals(
                new Subscribe(integer("1"), Channel.TICKER, Wanted.of(List.of("aapl", "M*"))),
                read("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"aapl\",\"M*\"]}"));
        assertEquals(
                new Unsubscribe(string("x"), Channel.TRADES, List.of("AAPL")),
                read("{\"type\":\"unsubscribe\",\"id\":\"x\",\"channel\":\"trades\",\"symbols\":[\"AAPL\"]}"));
        assertEquals(
                new Unsubscribe(RequestId.NONE, Channel.STATUS, List.of()),
                read("{\"type\":\"unsubscribe\",\"channel\":\"status\"}"));
        assertEquals(new ListSubscriptions(integer("2")), read("{\"type\":\"subscriptions\",\"id\":2}"));
        assertEquals(new Ping(integer("3"), "17.50"), read("{\"type\":\"ping\",\"id\":3,\"ts\":17.50}"));
        assertEquals(new Ping(RequestId.NONE, ""), read("{\"type\":\"ping\",\"ts\":null}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}{}",
                "{\"type\":\"ping\"} x",
                "\ufeff{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"x\":{\"a\":1,\"a\":1}}",
                "{\"type\":\"ping\",\"ts\":NaN}",
                "{\"type\":\"ping\",\"ts\":01}",
                "{\"type\":\"ping\",\"ts\":+1}",
                "{\"type\":\"ping\",\"ts\":.5}"
            })
    void whatIsNotOneDocumentOfJsonIsMalformed(String text) {
        assertRefused(Reason.MALFORMED_JSON, "", text);
        assertEquals(RequestId.NONE, refusal(text).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"subscribe\"", "null", "true", "[{\"type\":\"ping\"}]"})
    void whatIsNotAnObjectIsAnInvalidMessage(String text) {
        assertRefused(Reason.INVALID_MESSAGE, "", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "9007199254740993", "-0", "1234567890123456789012345678901234567890"})
    void aWholeNumberIsAnIdAndKeepsItsDigits(String digits) {
        assertEquals(
                integer(digits),
                read("{\"type\":\"ping\",\"id\":" + digits + "}").id());
        assertEquals(
                integer(digits),
                refusal("{\"type\":\"nonsense\",\"id\":" + digits + "}").id());
    }

    @Test
    void anIdMayHaveSixtyFourCharacters() {
        assertEquals(
                string("x".repeat(64)), read(ping('"' + "x".repeat(64) + '"')).id());
        assertEquals(string(""), read(ping("\"\"")).id());
        assertEquals(integer("7".repeat(64)), read(ping("7".repeat(64))).id());
        assertRefused(Reason.INVALID_FIELD, "id", ping('"' + "x".repeat(65) + '"'));
        assertRefused(Reason.INVALID_FIELD, "id", ping("7".repeat(65)));
        assertRefused(Reason.INVALID_FIELD, "id", ping('"' + "x".repeat(10_240) + '"'));
        assertRefused(Reason.INVALID_FIELD, "id", ping("7".repeat(10_000)));
    }

    private static String ping(String id) {
        return "{\"type\":\"ping\",\"id\":" + id + "}";
    }

    @Test
    void anIdThatIsAbsentOrNullIsNone() {
        assertEquals(RequestId.NONE, read("{\"type\":\"ping\"}").id());
        assertEquals(RequestId.NONE, read(ping("null")).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5", "1.0", "1e3", "1E3", "true", "{}", "[]", "[1]", "{\"a\":1}", "1e999", "1e-999999999"})
    void anythingElseIsNoIdAndIsNotEchoed(String id) {
        assertRefused(Reason.INVALID_FIELD, "id", ping(id));
        assertEquals(RequestId.NONE, refusal(ping(id)).id());
    }

    @Test
    void aRequestWithoutATypeIsAnInvalidMessage() {
        assertRefused(Reason.INVALID_MESSAGE, "type", "{}");
        assertRefused(Reason.INVALID_MESSAGE, "type", "{\"id\":5,\"channel\":\"ticker\"}");
        assertEquals(integer("5"), refusal("{\"id\":5,\"channel\":\"ticker\"}").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "{}", "[]", "[\"ping\"]"})
    void aTypeIsAString(String type) {
        assertRefused(Reason.INVALID_FIELD, "type", "{\"id\":5,\"type\":" + type + "}");
        assertEquals(integer("5"), refusal("{\"id\":5,\"type\":" + type + "}").id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ping", "ping ", "PING", "auth2", "welcome", "../ping", "\\u0000", "\\ud800"})
    void anUnknownTypeSaysWhichAreKnown(String type) {
        ErrorMessage error = refusal("{\"id\":5,\"type\":\"" + type + "\"}");
        assertEquals(Reason.UNKNOWN_TYPE, error.reason());
        assertEquals("type", error.field());
        assertEquals(integer("5"), error.id());
        assertTrue(
                error.message()
                        .contains(
                                "expected one of alert, auth, configure, history, ping, subscribe, subscriptions, symbols"),
                error.message());
    }

    @Test
    void ofATypeOfAMegabyteNoMoreThanSixtyFourCharactersComeBack() {
        ErrorMessage error = refusal("{\"id\":5,\"type\":\"" + "Q".repeat(1 << 20) + "\"}");
        assertEquals(Reason.UNKNOWN_TYPE, error.reason());
        assertEquals(64, error.message().chars().filter(c -> c == 'Q').count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "action", "method", "op"})
    void theTypeMayBeSpelledInFourWays(String name) {
        assertEquals(new Ping(integer("1"), ""), read("{\"id\":1,\"" + name + "\":\"ping\"}"));
    }

    @Test
    void theFirstOfTypeActionMethodAndOpCounts() {
        String last = "\"op\":\"subscriptions\"";
        assertInstanceOf(Ping.class, read("{" + last + ",\"method\":\"ping\"}"));
        assertInstanceOf(Ping.class, read("{" + last + ",\"method\":\"subscriptions\",\"action\":\"ping\"}"));
        assertInstanceOf(Ping.class, read("{" + last + ",\"action\":\"subscriptions\",\"type\":\"ping\"}"));
        assertRefused(Reason.UNKNOWN_TYPE, "type", "{\"action\":\"ping\",\"type\":\"nonsense\"}");
        assertRefused(Reason.UNKNOWN_TYPE, "action", "{\"op\":\"ping\",\"action\":\"nonsense\"}");
        assertRefused(Reason.INVALID_FIELD, "method", "{\"op\":\"ping\",\"method\":1}");
    }

    @Test
    void aChannelIsOneOfThoseThatThereAre() {
        assertRefused(Reason.INVALID_FIELD, "channel", "{\"type\":\"subscribe\",\"symbols\":[\"A\"]}");
        for (String wrong : List.of("1", "null", "true", "[]", "[\"ticker\"]", "{}")) {
            assertRefused(
                    Reason.INVALID_FIELD,
                    "channel",
                    "{\"type\":\"subscribe\",\"symbols\":[\"A\"],\"channel\":" + wrong + "}");
        }
        for (String unknown : List.of("", "TICKER", "tickers", "ticker ", "../ticker")) {
            assertRefused(
                    Reason.UNKNOWN_CHANNEL, "channel", "{\"type\":\"unsubscribe\",\"channel\":\"" + unknown + "\"}");
        }
        String message = refusal("{\"type\":\"subscribe\",\"channel\":\"" + "q".repeat(9_999) + "\"}")
                .message();
        assertEquals(64, message.chars().filter(c -> c == 'q').count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"AAPL\"",
                "{}",
                "{\"a\":\"AAPL\"}",
                "null",
                "1",
                "true",
                "[]",
                "[1]",
                "[\"A\",null]",
                "[[\"A\"]]",
                "[{}]",
                "[\"A\",2]"
            })
    void symbolsAreAListOfAtLeastOneString(String symbols) {
        for (String type : List.of("subscribe", "unsubscribe")) {
            String text = "{\"type\":\"" + type + "\",\"id\":8,\"channel\":\"ticker\",\"symbols\":" + symbols + "}";
            assertRefused(Reason.INVALID_FIELD, "symbols", text);
            assertEquals(integer("8"), refusal(text).id());
        }
    }

    @Test
    void aSubscriptionNeedsSymbols() {
        assertRefused(Reason.INVALID_FIELD, "symbols", "{\"type\":\"subscribe\",\"channel\":\"ticker\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"AAPL\"", "[\"AAPL\"]"})
    void symbolMayBeOneOrAList(String symbol) {
        assertEquals(
                new Subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("AAPL"))),
                read("{\"type\":\"subscribe\",\"channel\":\"ticker\",\"symbol\":" + symbol + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "1", "true", "[]", "[1]", "[[\"A\"]]"})
    void symbolIsNothingElse(String symbol) {
        assertRefused(
                Reason.INVALID_FIELD,
                "symbol",
                "{\"type\":\"subscribe\",\"channel\":\"ticker\",\"symbol\":" + symbol + "}");
    }

    @Test
    void symbolsCountBeforeSymbol() {
        assertEquals(
                new Subscribe(RequestId.NONE, Channel.TICKER, Wanted.of(List.of("A"))),
                read("{\"type\":\"subscribe\",\"channel\":\"ticker\",\"symbol\":\"B\",\"symbols\":[\"A\"]}"));
    }

    @Test
    void ofALongSymbolNoMoreThanSixtyFourCharactersAreKept() {
        Subscribe subscribe = assertInstanceOf(
                Subscribe.class,
                read("{\"type\":\"subscribe\",\"channel\":\"ticker\",\"symbols\":[\"" + "z".repeat(10_240) + "\"]}"));
        assertEquals(List.of("z".repeat(64)), subscribe.wanted().entries());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "true", "{}", "[]"})
    void theTimeOfAPingIsANumber(String ts) {
        assertRefused(Reason.INVALID_FIELD, "ts", "{\"type\":\"ping\",\"ts\":" + ts + "}");
    }

    @Test
    void theTimeOfAPingIsEchoedDigitForDigitAndNotTooLong() {
        assertEquals(new Ping(RequestId.NONE, "1e999"), read("{\"type\":\"ping\",\"ts\":1e999}"));
        assertEquals(new Ping(RequestId.NONE, "1e-999999999"), read("{\"type\":\"ping\",\"ts\":1e-999999999}"));
        assertRefused(Reason.INVALID_FIELD, "ts", "{\"type\":\"ping\",\"ts\":" + "1".repeat(10_000) + "}");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertEquals(
                new Ping(integer("1"), ""),
                read("{\"type\":\"ping\",\"id\":1,\"__proto__\":{},\"x\":[1e999,null,{\"y\":[]}],\"symbols\":7}"));
    }

    /** Whatever is cut, doubled or changed, the answer is a command, and quickly so. */
    @Test
    void spoiltRequestsNeverBreakTheReader() {
        String good =
                "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"AAPL\",\"M*\"],\"x\":1.5e3}";
        Random random = new Random(20_260_101);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setLength(Math.max(1, at));
                    case 1 -> text.deleteCharAt(Math.min(at, text.length() - 1)).append(' ');
                    case 2 -> text.insert(at, (char) random.nextInt(1 << 16));
                    default -> text.insert(at, text.substring(at));
                }
            }
            read(text.toString()).id();
        }
    }
}
