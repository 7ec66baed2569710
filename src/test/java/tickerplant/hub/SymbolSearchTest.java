package tickerplant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.market.Instrument;
import tickerplant.market.Symbol;

class SymbolSearchTest {
    private final SymbolSearch search = new SymbolSearch();

    private void list(String symbol, String name) {
        search.add(new Instrument(new Symbol(symbol), name, "USD", "XNAS", 2, 0, ZoneOffset.UTC));
    }

    private List<String> find(String typed) {
        return find(typed, 20);
    }

    private List<String> find(String typed, int limit) {
        return search.find(typed, limit).stream()
                .map(instrument -> instrument.symbol().name())
                .toList();
    }

    private List<String> near(String text) {
        return search.near(text, 3).stream().map(Symbol::name).toList();
    }

    private void listSome() {
        list("AAPL", "Apple Inc.");
        list("APP", "AppLovin Corp.");
        list("APPN", "Appian Corporation");
        list("AMAT", "Applied Materials");
        list("MSFT", "Microsoft Corporation");
        list("PZZA", "Papa John's");
        list("NESN", "Nestlé S.A.");
        list("T", "AT&T Inc.");
        list("GRAPE", "The Grapple Company");
    }

    @Test
    void theVerySymbolComesFirstThenSymbolsThenNamesThenNearMisses() {
        listSome();

        assertEquals(List.of("APP", "APPN", "AAPL", "AMAT"), find("app"));
        assertEquals(List.of("GRAPE"), find("grape", 1));
        list("GRAP", "");
        assertEquals(List.of("GRAPE", "GRAP"), find("grape"));
    }

    @Test
    void aWordInTheMiddleOfANameIsFoundAndTheMiddleOfAWordIsNot() {
        listSome();

        assertEquals(List.of("AMAT"), find("mater"));
        assertEquals(List.of("GRAPE"), find("grapple c"));
        assertEquals(List.of(), find("soft"));
    }

    @Test
    void severalWordsAreFoundInTheirOrderWhateverStandsBetweenThem() {
        listSome();

        assertEquals(List.of("AAPL"), find("apple, in"));
        assertEquals(List.of("T"), find("at&t"));
        assertEquals(List.of("T"), find("AT T inc"));
        assertEquals(List.of("PZZA"), find("papa johns"));
        assertEquals(List.of(), find("inc apple"));
    }

    @Test
    void accentsAndCaseDoNotMatter() {
        listSome();

        assertEquals(List.of("NESN"), find("nestle"));
        assertEquals(List.of("NESN"), find(" NESTLÉ "));
    }

    @Test
    void nearMissesAreOneEditForShortQueriesAndTwoForLongerOnes() {
        listSome();

        assertEquals(List.of("MSFT"), find("mstf"));
        assertEquals(List.of("MSFT"), find("mircosfot"), "two neighbours swapped, twice");
        assertEquals(List.of("AAPL"), find("aplle").subList(0, 1));
        assertEquals(List.of(), find("mtsf"), "two edits in four characters");
        assertEquals(List.of(), find("q"));
    }

    @Test
    void aCommonWordThatIsNearDoesNotHideTheOthers() {
        for (int i = 0; i < 300; i++) {
            list("X" + i, "Common " + i);
        }
        list("CMN", "Commom");

        assertEquals(List.of("CMN", "X0", "X1"), find("commom", 3));
        assertEquals("CMN", find("comnom", 400).get(0));
    }

    @Test
    void anEmptyQueryMatchesEverythingInTheOrderOfSymbols() {
        listSome();

        assertEquals(List.of("AAPL", "AMAT", "APP"), find("", 3));
        assertEquals(List.of("AAPL", "AMAT", "APP"), find("  ", 3));
    }

    @Test
    void whatMeansNothingFindsNothing() {
        listSome();

        assertEquals(List.of(), find("&"));
        assertEquals(List.of(), find("\u0000\uD800"));
        assertEquals(List.of(), find("X".repeat(64)));
    }

    @Test
    void theLimitHoldsAndNobodyIsFoundTwice() {
        list("ABC", "Abc Abc Abc");
        list("ABD", "Abd Abc");

        assertEquals(List.of("ABC", "ABD"), find("abc"));
        assertEquals(List.of("ABC"), find("abc", 1));
        assertEquals(List.of("ABC", "ABD"), find("ab"));
    }

    @Test
    void whatIsListedLaterIsFoundAmongTheRestHoweverManyThereAre() {
        List<String> expected = new ArrayList<>();
        for (int i = 100; i < 400; i++) {
            for (int j = 0; j < 10; j++) {
                list("S" + i + "X" + j, "");
            }
            list("B" + i, "Bond " + i);
            expected.add("B" + i);
            assertEquals(expected, find("bond", 1_000));
        }
        assertEquals(List.of("B250"), find("bond 250", 1));
    }

    @Test
    void aSymbolThatIsNotKnownHasNearOnes() {
        listSome();

        assertEquals(List.of("AAPL", "APPN", "APP"), near("appl"));
        assertEquals(List.of("MSFT"), near("MSTF"));
        assertEquals(List.of(), near("ZZZZ"));
        assertEquals(List.of(), near("<script>"));
        assertEquals(List.of(), near(""));
    }
}
