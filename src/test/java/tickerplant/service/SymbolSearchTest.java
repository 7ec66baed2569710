package tickerplant.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Market;
import tickerplant.market.Symbol;

class SymbolSearchTest {
    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {});
    private final SymbolSearch search = new SymbolSearch(hub);

    SymbolSearchTest() {
        Market market = new Market(hub, 100);
        String[][] all = {
            {"PEAR", "Apple of Another Tree"},
            {"AAPL", "Apple Inc."},
            {"APP", "AppLovin Corporation"},
            {"SNAP", "Snap Inc."},
            {"BRK.B", "Berkshire Hathaway (B)"},
            {"MSFT", "Microsoft Corporation"},
            {"ZAP", ""}
        };
        for (String[] each : all) {
            Instrument instrument = new Instrument(new Symbol(each[0]), each[1], "USD", "TEST", 2, 0, ZoneOffset.UTC);
            market.apply(new Listed(instrument, "test", Decimal.ABSENT, 1));
        }
    }

    private List<String> find(String query, int limit) {
        return search.find(query, limit).stream()
                .map(instrument -> instrument.symbol().name())
                .toList();
    }

    @Test
    void symbolsThatBeginLikeItComeBeforeNamesWithAWordThatDoes() {
        assertEquals(List.of("APP", "AAPL", "PEAR"), find("app", 20));
    }

    @Test
    void aWordInTheMiddleOfANameIsFoundAndAPartOfAWordIsNot() {
        assertEquals(List.of("BRK.B"), find("hath", 20));
        assertEquals(List.of("BRK.B"), find("(b", 20));
        assertEquals(List.of(), find("soft", 20));
    }

    @Test
    void anInstrumentIsFoundOnce() {
        assertEquals(List.of("SNAP"), find("Snap", 20));
    }

    @Test
    void nothingTypedMatchesEverythingInTheOrderOfSymbols() {
        assertEquals(List.of("AAPL", "APP", "BRK.B", "MSFT", "PEAR", "SNAP", "ZAP"), find("", 20));
        assertEquals(List.of("AAPL", "APP", "BRK.B", "MSFT", "PEAR", "SNAP", "ZAP"), find("  ", 20));
    }

    @Test
    void noMoreAreFoundThanAreWanted() {
        assertEquals(List.of("APP", "AAPL"), find("app", 2));
        assertEquals(List.of("APP"), find("app", 1));
        assertEquals(List.of("AAPL"), find("", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "../", "<b>", "\0", "\ud800", "${jndi:ldap://x}", ".*", "'; drop", "\u0410"})
    void whatMakesNoSenseFindsNothing(String query) {
        assertEquals(List.of(), find(query, 20));
        assertEquals(List.of(), find(query.repeat(1_000), 20));
    }
}
