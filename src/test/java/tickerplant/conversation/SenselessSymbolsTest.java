package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Message;
import tickerplant.market.Listed;
import tickerplant.service.Setting;

/** Symbols that make no sense, or are too many, on the real service; what is good beside them is followed. */
@Timeout(120)
class SenselessSymbolsTest extends SenselessConversation {
    private void rejects(String symbolInJson, String echoInJson) {
        client.says(SUBSCRIBE + "[\"" + symbolInJson + "\"]}");
        Message answer = client.hears("{\"type\":\"subscribed\",\"id\":8,\"symbols\":[],\"total\":0}");
        assertTrue(
                answer.text().contains("\"rejected\":[{\"symbol\":\"" + echoInJson + "\",\"code\":4"), answer.text());
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
    void ofACutSymbolNoCharacterIsHalved() {
        rejects("x".repeat(63) + "\ud83d\ude00", "x".repeat(63));
    }
}
