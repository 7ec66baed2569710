package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PermitsTest {
    private static final String WELCOME =
            """
            {"type":"welcome","protocol":"tickerplant.v1","server":"s/1","session":"s-1","epoch":"e","ts":1,"heartbeat_ms":5000,\
            "auth":"none","channels":["ticker"],"intervals":["1m"],"limits":{"frame_bytes":1000}}""";
    private static final String SUBSCRIBE =
            """
            {"type":"subscribe","id":1,"channel":"ticker","symbols":["AAPL"]}""";
    private static final String SUBSCRIBED =
            """
            {"type":"subscribed","id":1,"channel":"ticker","symbols":["AAPL"],"total":1}""";
    private static final String SNAPSHOT =
            """
            {"type":"snapshot","channel":"ticker","ts":1,"end":true,"data":[{"symbol":"AAPL","seq":5,"last":10,"volume":7,"ts":1}]}""";

    private final Observatory observatory = new Observatory();
    private final Checker checker = observatory.observer("client");
    private long now;

    private void says(String text) {
        checker.said(now, text);
    }

    private void hears(String text) {
        checker.heard(now, text);
    }

    private List<Assertion> broken() {
        return observatory.verdict(now).stream().map(Violation::assertion).toList();
    }

    /** A token with these claims; who signed it is the server's business. */
    private static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
    }

    @Test
    void whatATokenDoesNotCoverIsForeign() {
        checker.shows(token("{\"scope\":\"ticker\",\"symbols\":[\"AA*\",\"MSFT\"]}"));
        hears(WELCOME.replace("\"none\"", "\"ok\""));
        says(SUBSCRIBE);
        hears(SUBSCRIBED);
        hears(SNAPSHOT);
        assertEquals(List.of(), broken());
        says("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"A*\",\"MSFT\"]}");
        hears("{\"type\":\"subscribed\",\"id\":2,\"channel\":\"ticker\",\"symbols\":[\"A*\"],\"total\":2,\"rejected\":"
                + "[{\"symbol\":\"MSFT\",\"code\":403,\"reason\":\"forbidden\"}]}");
        says("{\"type\":\"subscribe\",\"id\":3,\"channel\":\"status\",\"symbols\":[\"MSFT\"]}");
        hears("{\"type\":\"subscribed\",\"id\":3,\"channel\":\"status\",\"symbols\":[\"MSFT\"],\"total\":1}");
        assertEquals(List.of(Assertion.NOTHING_FOREIGN, Assertion.ONE_REPLY, Assertion.NOTHING_FOREIGN), broken());
    }

    @Test
    void aNewTokenCoversWhatIsFollowedAndHoldsAsLongAsItSays() {
        hears(WELCOME.replace("\"none\"", "\"required\""));
        says("{\"type\":\"auth\",\"id\":7,\"token\":\"" + token("{\"scope\":\"*\",\"exp\":9}") + "\"}");
        hears("{\"type\":\"authenticated\",\"id\":7,\"expires\":9000}");
        says(SUBSCRIBE);
        hears(SUBSCRIBED);
        hears(SNAPSHOT);
        assertEquals(List.of(), broken());
        says("{\"type\":\"auth\",\"id\":8,\"token\":\"" + token("{\"scope\":\"trades\",\"exp\":9}") + "\"}");
        hears("{\"type\":\"authenticated\",\"id\":8,\"expires\":9001}");
        assertEquals(List.of(Assertion.NOTHING_FOREIGN, Assertion.ONE_REPLY), broken());
    }
}
