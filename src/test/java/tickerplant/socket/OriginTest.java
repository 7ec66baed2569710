package tickerplant.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    private static final Set<String> NONE = Set.of();

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            http://host:8080,              host:8080, true
            https://host:8080,             host:8080, true
            http://host,                   host,      true
            http://host,                   host:80,   true
            http://host:80,                host,      true
            https://host,                  host:443,  true
            https://host:443,              host,      true
            HTTP://HOST:8080,              host:8080, true
            http://host:8080,              HOST:8080, true
            http://[::1]:8080,             [::1]:8080, true
            http://[::1],                  [::1],     true
            http://host:8081,              host:8080, false
            http://host,                   host:8080, false
            http://host,                   host:443,  false
            https://host,                  host:80,   false
            http://host.evil.example:8080, host:8080, false
            http://evil.example/host:8080, host:8080, false
            http://evil.example#host:8080, host:8080, false
            http://host:8080@evil.example, host:8080, false
            http://evil@host:8080,         host:8080, false
            http://evil@host:8080,         evil@host:8080, false
            http://host:8080.,             host:8080, false
            http://host.:8080,             host:8080, false
            http://host:8080/,             host:8080, false
            http://[::2]:8080,             [::1]:8080, false
            http://[::1:8080,              [::1:8080, false
            http://::1:8080,               ::1:8080,  false
            file://host:8080,              host:8080, false
            ws://host:8080,                host:8080, false
            chrome-extension://host:8080,  host:8080, false
            'http://host:8080, http://host:8080', host:8080, false
            http://,                       '',        false
            http://:8080,                  :8080,     false
            //host:8080,                   host:8080, false
            host:8080,                     host:8080, false
            null,                          null,      false
            '',                            '',        false
            """)
    void aPageOfTheHostThatItAsksForMayConnect(String origin, String host, boolean admitted) {
        assertEquals(admitted, Origin.admits(List.of(origin), List.of(host), NONE));
    }

    @Test
    void whoComesFromNoPageMayConnect() {
        assertTrue(Origin.admits(List.of(), List.of("host"), NONE));
    }

    @Test
    void whoIsListedMayConnectExactlyAsListed() {
        Set<String> listed = Set.of("https://a.example", "http://b.example:81");
        assertTrue(Origin.admits(List.of("https://a.example"), List.of("host"), listed));
        assertTrue(Origin.admits(List.of("https://A.example"), List.of("host"), listed));
        assertTrue(Origin.admits(List.of("http://b.example:81"), List.of("host"), listed));
        assertFalse(Origin.admits(List.of("http://a.example"), List.of("host"), listed));
        assertFalse(Origin.admits(List.of("https://a.example:81"), List.of("host"), listed));
        assertFalse(Origin.admits(List.of("https://a.example.evil"), List.of("host"), listed));
    }

    @Test
    void twoOriginsOrTwoHostsAreNoneThatCouldBeTrusted() {
        assertFalse(Origin.admits(List.of("http://host", "http://host"), List.of("host"), NONE));
        assertFalse(Origin.admits(List.of("http://host"), List.of("host", "host"), NONE));
        assertFalse(Origin.admits(List.of("http://host"), List.of(), NONE));
    }
}
