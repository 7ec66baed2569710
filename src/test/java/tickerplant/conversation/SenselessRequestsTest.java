package tickerplant.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.Message;
import tickerplant.service.Setting;

/**
 * Requests that make no sense, on the real service: each is answered with the right error, the connection goes on as if
 * nothing had been said, and a neighbour's stream stays clean.
 */
@Timeout(120)
class SenselessRequestsTest extends SenselessConversation {
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
    void aChannelThatNobodyKnows() {
        client.says("{\"type\":\"subscribe\",\"id\":8,\"channel\":\"<b>\\r\\n\",\"symbols\":[\"AAPL\"]}");
        Message error = client.hears(
                """
            {"type":"error","id":8,"code":404,"reason":"unknown_channel","field":"channel"}""");
        assertTrue(error.text().contains("\\u000d\\u000a"), error.text());
        assertGoesOn();
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
    void aMessageOfFiveMebibytesEndsTheConnectionWithTheRightCode() throws IOException {
        client.says("x".repeat(5 << 20));
        assertEquals(1009, client.awaitClosing().code());
    }
}
