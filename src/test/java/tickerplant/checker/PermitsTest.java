package tickerplant.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PermitsTest extends Talk {
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
