package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
        "2001:db8:1:2::9, 2001:db8:1:2:0:0:0:0",
        "[2001:db8:1:2::9], 2001:db8:1:2:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:0",
        "::ffff:203.0.113.7, 203.0.113.7",
        "unknown, unknown",
        "abc.de, abc.de",
        "203.0.113.7:4711, 203.0.113.7:4711",
        "'', ''"
    })
    void anAddressCountsForItsNetworkAndANameForItself(String written, String counted) {
        assertEquals(counted, ClientNetwork.of(written));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7", "2001:db8:1:2:3:4:5:6", "::1"})
    void itDoesNotMatterWhoWroteItDown(String address) throws UnknownHostException {
        assertEquals(ClientNetwork.of(address), ClientNetwork.of(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.3.2.1, true",
        "::1, true",
        "0:0:0:0:0:0:0:1, true",
        "[::1], true",
        "::1%lo, true",
        "::ffff:127.0.0.1, true",
        "192.0.2.1, false",
        "::2, false",
        "fe80::1%eth0, false",
        "localhost, false",
        "127.0.0.1.example.org, false",
        "127.0.0.1:4711, false",
        "999.0.0.1, false",
        "'', false"
    })
    void onlyAnAddressOfThisMachineIsOne(String written, boolean ours) {
        assertEquals(ours, ClientNetwork.isLoopback(written));
    }
}
