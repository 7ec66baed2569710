package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;
import tickerplant.market.Listed;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/**
 * Requests that make no sense, on the real service: each is answered with the right error, the connection goes on as if
 * nothing had been said, and a neighbour's stream stays clean.
 */
@Timeout(120)
class SenselessRequestsTest {
    private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"id\":8,\"channel\":\"ticker\",\"symbols\":";

    private final Observatory observatory = new Observatory();
    private Play play;
    private TestService service;
    private TestClient neighbour;
    private TestClient client;
    private long price = 18_800;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        serve(Map.of(), listed("AAPL", 18_800), listed("MSFT", 40_000));
    }

    private void serve(Map<Setting, String> settings, Listed... instruments) throws IOException, InterruptedException {
        play = new Play(observatory, instruments);
        service = TestService.with(settings, play.feed());
        neighbour = connect("neighbour");
        neighbour.request("""
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["*"]}""");
        client = connect("client");
        client.hears("""
            {"type":"welcome"}""");
    }

    private TestClient connect(String name) throws IOException {
        return TestClient.dial(service.ticker())
                .checkedBy(observatory.checker(name))
                .connect();
    }

    @AfterEach
    void theNeighbourHasNoticedNothing() {
        tick("AAPL", neighbour);
        assertEquals(List.of(), observatory.verdict(System.nanoTime()));
        end();
    }

    private void end() {
        client.close();
        neighbour.close();
        service.close();
    }

    /** Plays a trade at a price of its own, and waits until the client has heard it. */
    private void tick(String symbol, TestClient who) {
        price++;
        play.plays(trade(symbol, price, 100, price));
        String last = "\"last\":"
                + new BigDecimal(price).movePointLeft(2).stripTrailingZeros().toPlainString();
        who.await(
                last,
                message -> message.type().equals("update") && message.text().contains(last + ","));
    }

    /** Nothing is followed, and what is asked for now is done. */
    private void assertGoesOn() {
        Message subscriptions = client.request("""
            {"type":"subscriptions","id":"still here"}""");
        assertEquals("{\"type\":\"subscriptions\",\"id\":\"still here\",\"data\":[]}", subscriptions.text());
        client.request("""
            {"type":"subscribe","id":"and well","channel":"ticker","symbols":["MSFT"]}""");
        client.hears("""
            {"type":"snapshot","channel":"ticker","data":[{"symbol":"MSFT"}]}""");
        tick("MSFT", client);
    }

    private Message refuses(String text, String reason) {
        client.says(text);
        Message error = client.hears("{\"type\":\"error\",\"reason\":\"" + reason + "\",\"retry\":false}");
        assertEquals(1, service.tickerplant().sessions().count() - 1);
        return error;
    }

    private void refusesWithoutId(String text, String reason) {
        assertFalse(refuses(text, reason).members().containsKey("id"), "there was no id to echo");
        assertGoesOn();
    }

    private void refusesField(String text, String field, String id) {
        Message error = refuses(text, "invalid_field");
        assertEquals(field, error.members().get("field"));
        assertTrue(error.text().contains("\"id\":" + id + ","), error.text());
        assertGoesOn();
    }

    private void refusesId(String id) {
        Message error = refuses("{\"type\":\"ping\",\"id\":" + id + "}", "invalid_field");
        assertEquals("id", error.members().get("field"));
        assertFalse(error.members().containsKey("id"), error.text());
        assertGoesOn();
    }

    private void rejects(String symbolInJson, String echoInJson) {
        client.says(SUBSCRIBE + "[\"" + symbolInJson + "\"]}");
        Message answer = client.hears("{\"type\":\"subscribed\",\"id\":8,\"symbols\":[],\"total\":0}");
        assertTrue(
                answer.text().contains("\"rejected\":[{\"symbol\":\"" + echoInJson + "\",\"code\":4"), answer.text());
        assertGoesOn();
    }

    @Test
    void anOpeningBrace() {
        refusesWithoutId("{", "malformed_json");
    }

    @Test
    void nothingAtAll() {
        refusesWithoutId("", "malformed_json");
    }

    @Test
    void textAfterTheDocument() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":1} trailing", "malformed_json");
    }

    @Test
    void twoDocuments() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":1}{\"type\":\"ping\",\"id\":2}", "malformed_json");
    }

    @Test
    void aByteOrderMark() {
        refusesWithoutId("\ufeff{\"type\":\"ping\",\"id\":1}", "malformed_json");
    }

    @Test
    void sixtyThousandOpeningBrackets() {
        refusesWithoutId("[".repeat(60_000), "malformed_json");
    }

    @Test
    void aHundredThousandOpeningBracketsWhereMessagesMayBeThatLong() throws IOException, InterruptedException {
        end();
        serve(Map.of(Setting.MESSAGE_BYTES, "1000000"), listed("AAPL", 18_800), listed("MSFT", 40_000));
        refusesWithoutId("[".repeat(100_000), "malformed_json");
    }

    @Test
    void duplicateKeys() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":1,\"id\":1}", "malformed_json");
    }

    @Test
    void duplicateKeysInsideAnUnknownField() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":1,\"x\":{\"a\":1,\"a\":2}}", "malformed_json");
    }

    @Test
    void aListInsteadOfAnObject() {
        refusesWithoutId("[{\"type\":\"ping\"}]", "invalid_message");
    }

    @Test
    void anIdOfHugeExponent() {
        refusesId("1e999");
    }

    @Test
    void anIdOfTinyExponent() {
        refusesId("1e-999999999");
    }

    @Test
    void anIdOfTenThousandDigits() {
        refusesId("7".repeat(10_000));
    }

    @Test
    void anIdOfTenKilobytes() {
        refusesId("\"" + "x".repeat(10_240) + "\"");
    }

    @Test
    void anIdThatIsAnObject() {
        refusesId("{}");
    }

    @Test
    void anIdThatIsNotANumber() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":NaN}", "malformed_json");
    }

    @Test
    void anIdWithALeadingZero() {
        refusesWithoutId("{\"type\":\"ping\",\"id\":01}", "malformed_json");
    }

    @Test
    void anIdThatIsAbsentOrNull() {
        for (String text : List.of("{\"type\":\"nonsense\"}", "{\"type\":\"nonsense\",\"id\":null}")) {
            assertFalse(refuses(text, "unknown_type").members().containsKey("id"));
        }
        assertGoesOn();
    }

    @Test
    void anIdThatNoDoubleCanHoldIsEchoedExactly() {
        Message error = refuses("{\"type\":\"nonsense\",\"id\":9007199254740993}", "unknown_type");
        assertTrue(error.text().contains("\"id\":9007199254740993,"), error.text());
        assertGoesOn();
    }

    @Test
    void aTypeThatIsMissing() {
        Message error = refuses("{\"id\":5}", "invalid_message");
        assertTrue(error.text().contains("\"id\":5,"), error.text());
        assertEquals("type", error.members().get("field"));
        assertGoesOn();
    }

    @Test
    void aTypeThatIsANumber() {
        refusesField("{\"id\":5,\"type\":5}", "type", "5");
    }

    @Test
    void aTypeOfSixtyKilobytes() {
        Message error = refuses("{\"id\":5,\"type\":\"" + "T".repeat(60_000) + "\"}", "unknown_type");
        assertTrue(error.text().contains("\"id\":5,") && error.text().length() < 400, error.text());
        assertGoesOn();
    }

    @Test
    void aTypeOfAMegabyteWhereMessagesMayBeThatLong() throws IOException, InterruptedException {
        end();
        serve(Map.of(Setting.MESSAGE_BYTES, "4194304"), listed("AAPL", 18_800), listed("MSFT", 40_000));
        Message error = refuses("{\"id\":5,\"type\":\"" + "T".repeat(1 << 20) + "\"}", "unknown_type");
        assertTrue(error.text().contains("\"id\":5,") && error.text().length() < 400, error.text());
        assertGoesOn();
    }

    @Test
    void symbolsThatAreAString() {
        refusesField(SUBSCRIBE + "\"AAPL\"}", "symbols", "8");
    }

    @Test
    void symbolsThatAreAnObject() {
        refusesField(SUBSCRIBE + "{\"AAPL\":1}}", "symbols", "8");
    }

    @Test
    void symbolsThatAreNull() {
        refusesField(SUBSCRIBE + "null}", "symbols", "8");
    }

    @Test
    void symbolsThatAreNumbers() {
        refusesField(SUBSCRIBE + "[1,2]}", "symbols", "8");
    }

    @Test
    void symbolsThatAreNested() {
        refusesField(SUBSCRIBE + "[[\"AAPL\"]]}", "symbols", "8");
    }

    @Test
    void symbolsThatAreNone() {
        refusesField(SUBSCRIBE + "[]}", "symbols", "8");
    }

    @Test
    void aChannelThatNobodyKnows() {
        client.says("{\"type\":\"subscribe\",\"id\":8,\"channel\":\"<b>\\r\\n\",\"symbols\":[\"AAPL\"]}");
        Message error = client.hears(
                """
            {"type":"error","id":8,"code":404,"reason":"unknown_channel","field":"channel"}""");
        assertTrue(error.text().contains("\\u000d\\u000a"), error.text());
        assertGoesOn();
    }

    @Test
    void anUnknownSymbolAmongGoodOnes() {
        client.says(SUBSCRIBE + "[\"AAPL\",\"APPL\",\"MSFT\"]}");
        client.hears(
                """
            {"type":"subscribed","id":8,"symbols":["AAPL","MSFT"],"total":2,
             "rejected":[{"symbol":"APPL","code":404,"reason":"unknown_symbol"}]}""");
        client.hears("""
            {"type":"snapshot","end":true,"data":[{"symbol":"AAPL"},{"symbol":"MSFT"}]}""");
        tick("AAPL", client);
    }

    @Test
    void aSymbolThatIsAPath() {
        rejects("../../etc/passwd", "../../ETC/PASSWD");
    }

    @Test
    void aSymbolThatIsMarkup() {
        rejects("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>");
    }

    @Test
    void aSymbolThatALoggerWouldLookUp() {
        rejects("${jndi:ldap://x}", "${jndi:ldap://x}");
    }

    @Test
    void aSymbolWithALineBreak() {
        rejects("A\\r\\nB", "A\\u000d\\u000aB");
    }

    @Test
    void aSymbolWithANul() {
        rejects("AAPL\\u0000", "AAPL\\u0000");
    }

    @Test
    void aSymbolThatIsHalfOfAPair() {
        rejects("\\ud800", "\\ud800");
    }

    @Test
    void aSymbolThatLooksLikeAnother() {
        rejects("\u0410APL", "\\u0410APL");
    }

    @Test
    void aSymbolWhoseUpperCaseIsAnother() {
        // that of the long s is S
        rejects("M\u017fFT", "M\\u017fFT");
    }

    @Test
    void aPrefixWhoseUpperCaseIsAnother() {
        rejects("M\u017f*", "M\\u017f*");
    }

    @Test
    void aSymbolOfTenKilobytesComesBackCut() {
        rejects("x".repeat(10_240), "x".repeat(64));
    }

    @Test
    void anEmptySymbol() {
        rejects("", "");
    }

    @Test
    void starsInTheWrongPlaces() {
        rejects("**", "**");
    }

    @Test
    void fiveThousandSymbolsAtOnce() {
        String symbols =
                IntStream.range(0, 5_000).mapToObj(i -> "\"X" + i + "\"").collect(Collectors.joining(","));
        client.says(SUBSCRIBE + "[" + symbols + ",\"AAPL\"]}");
        Message answer = client.hears("{\"type\":\"subscribed\",\"id\":8,\"symbols\":[\"AAPL\"],\"total\":1}");
        assertEquals(5_000, ((List<?>) answer.members().get("rejected")).size());
        tick("AAPL", client);
    }

    @Test
    void aHundredThousandSymbolsAtOnceWhereMessagesMayBeThatLong() throws IOException, InterruptedException {
        end();
        serve(Map.of(Setting.MESSAGE_BYTES, "4194304"), listed("AAPL", 18_800), listed("MSFT", 40_000));
        String symbols =
                IntStream.range(0, 100_000).mapToObj(i -> "\"X" + i + "\"").collect(Collectors.joining(","));
        client.says(SUBSCRIBE + "[" + symbols + ",\"AAPL\"]}");
        client.says("{\"type\":\"ping\",\"id\":\"behind it\"}");
        Message answer = client.hears("{\"type\":\"subscribed\",\"id\":8,\"symbols\":[\"AAPL\"],\"total\":1}");
        assertEquals(100_000, ((List<?>) answer.members().get("rejected")).size());
        client.hears("{\"type\":\"snapshot\",\"end\":true,\"data\":[{\"symbol\":\"AAPL\"}]}");
        client.hears("{\"type\":\"pong\",\"id\":\"behind it\"}");
        tick("AAPL", client);
    }

    @Test
    void theLimitReachedByAThousandSmallRequests() throws IOException, InterruptedException {
        end();
        Listed[] many =
                IntStream.range(0, 1_000).mapToObj(i -> listed("S" + i, 10_000)).toArray(Listed[]::new);
        Listed[] all = Arrays.copyOf(many, 1_002);
        all[1_000] = listed("AAPL", 18_800);
        all[1_001] = listed("MSFT", 40_000);
        serve(Map.of(Setting.SYMBOL_LIMIT, "300"), all);
        for (int i = 0; i < 1_000; i++) {
            Message answer = client.request(
                    "{\"type\":\"subscribe\",\"id\":" + i + ",\"channel\":\"trades\",\"symbol\":\"S" + i + "\"}");
            String expected = i < 300
                    ? "\"symbols\":[\"S" + i + "\"],\"total\":" + (i + 1) + "}"
                    : "\"symbols\":[],\"total\":300,\"rejected\":[{\"symbol\":\"S" + i
                            + "\",\"code\":422,\"reason\":\"symbol_limit\"}]}";
            assertTrue(answer.text().endsWith(expected), answer.text());
        }
        Message wildcard =
                client.request("""
            {"type":"subscribe","id":"all","channel":"trades","symbols":["*"]}""");
        assertTrue(wildcard.text().contains("{\"symbol\":\"*\",\"code\":422,\"reason\":\"symbol_limit\"}"));
        client.request("""
            {"type":"unsubscribe","id":"none","channel":"trades"}""");
        assertGoesOn();
        // the neighbour may not follow all of them either
        neighbour.request("""
            {"type":"subscribe","id":2,"channel":"ticker","symbols":["AAPL"]}""");
    }

    @Test
    void theSameSubscriptionTwice() {
        for (int i = 0; i < 2; i++) {
            Message answer = client.request(SUBSCRIBE + "[\"AAPL\",\"aapl\"]}");
            assertTrue(answer.text().endsWith("\"symbols\":[\"AAPL\"],\"total\":1}"), answer.text());
            client.hears("""
                {"type":"snapshot","end":true,"data":[{"symbol":"AAPL"}]}""");
        }
        tick("AAPL", client);
        client.request("""
            {"type":"ping","id":"after it"}""");
        assertEquals(
                1,
                client.heard().stream()
                        .filter(message -> message.type().equals("update"))
                        .count());
        client.request("""
            {"type":"unsubscribe","id":9,"channel":"ticker","symbols":["AAPL"]}""");
        assertGoesOn();
    }

    @Test
    void whatIsNotFollowedUnsubscribed() {
        Message answer = client.request(
                """
            {"type":"unsubscribe","id":9,"channel":"ticker","symbols":["AAPL","\\u0000","NOBODY","*"]}""");
        assertTrue(answer.text().endsWith("\"symbols\":[],\"total\":0}"), answer.text());
        assertGoesOn();
    }

    @Test
    void tenThousandSubscriptionsTakenBack() {
        int batch = 200;
        for (int i = 0; i < 10_000 / batch; i++) {
            for (int j = 1; j < batch; j++) {
                client.says("{\"type\":\"subscribe\",\"channel\":\"trades\",\"symbols\":[\"*\"]}");
                client.says("{\"type\":\"unsubscribe\",\"channel\":\"trades\",\"symbols\":[\"*\"]}");
            }
            play.plays(trade("AAPL", ++price, 100, price));
            client.request("{\"type\":\"subscribe\",\"id\":\"s" + i + "\",\"channel\":\"trades\",\"symbols\":[\"*\"]}");
            client.request("{\"type\":\"unsubscribe\",\"id\":\"u" + i + "\",\"channel\":\"trades\"}");
        }
        int heard = client.heard().size();
        tick("AAPL", neighbour);
        tick("MSFT", neighbour);
        client.request("""
            {"type":"ping","id":"after it"}""");
        List<Message> after = client.heard().subList(heard, client.heard().size());
        assertTrue(after.stream().noneMatch(message -> message.type().equals("update")), after.toString());
        assertGoesOn();
    }

    @Test
    void aThousandRequestsInASecond() throws IOException, InterruptedException {
        end();
        serve(Map.of(Setting.REQUESTS_PER_S, "20"), listed("AAPL", 18_800), listed("MSFT", 40_000));
        for (int i = 0; i < 1_000; i++) {
            client.says("{\"type\":\"ping\",\"id\":" + i + "}");
        }
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            Message answer = client.hears("{\"id\":" + i + "}");
            if (answer.type().equals("error")) {
                refused++;
                assertTrue(answer.text().contains("\"code\":429,\"reason\":\"rate_limited\","), answer.text());
                assertTrue(answer.text().endsWith("\"retry\":true}"), answer.text());
            }
        }
        assertTrue(refused > 500, refused + " were refused");
        Message answer = client.request("""
            {"type":"ping","id":"again"}""");
        while (answer.type().equals("error")) {
            answer = client.request("""
                {"type":"ping","id":"again"}""");
        }
        assertEquals("pong", answer.type());
    }

    @Test
    void tenSenselessRequestsAreForgivenAndTheEleventhIsAnsweredAndEndsTheConnection() {
        for (int i = 0; i < 10; i++) {
            refuses("{", "malformed_json");
        }
        client.request("""
            {"type":"ping","id":"still here"}""");
        client.says("{\"id\":11}");
        client.hears("""
            {"type":"error","id":11,"reason":"invalid_message"}""");
        assertEquals(1008, client.awaitClosing().code());
    }

    @Test
    void binaryIsAnsweredAndEndsTheConnection() {
        client.saysBinary(new byte[] {1, 2, 3});
        client.hears("""
            {"type":"error","code":415,"reason":"unsupported_data"}""");
        assertEquals(1003, client.awaitClosing().code());
    }

    @Test
    void ofACutSymbolNoCharacterIsHalved() {
        rejects("x".repeat(63) + "\ud83d\ude00", "x".repeat(63));
    }

    @Test
    void aMessageOfFiveMebibytesEndsTheConnectionWithTheRightCode() throws IOException {
        client.says("x".repeat(5 << 20));
        assertEquals(1009, client.awaitClosing().code());
    }
}
