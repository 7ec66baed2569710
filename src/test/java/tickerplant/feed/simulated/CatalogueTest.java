package tickerplant.feed.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tickerplant.market.Symbol;

class CatalogueTest {
    @Test
    void severalHundredKnownCompaniesHaveANameAPriceAndAnExchange() {
        List<Company> known = Catalogue.known();

        assertTrue(known.size() >= 400, "only " + known.size());
        assertEquals(known.size(), symbols(known).size());
        for (Company company : known) {
            assertFalse(company.name().isBlank(), company.toString());
            assertTrue(company.cents() >= 100 && company.cents() < 1_000_000, company.toString());
            assertTrue(Set.of("NASDAQ", "NYSE").contains(company.exchange()), company.toString());
        }
        assertEquals(
                Set.of(Sector.values()), known.stream().map(Company::sector).collect(Collectors.toSet()));
    }

    @Test
    void theBestKnownComeFirst() {
        assertEquals(
                Set.of("AAPL", "MSFT", "NVDA", "AMZN"),
                Catalogue.companies(4).stream().map(c -> c.symbol().name()).collect(Collectors.toSet()));
    }

    @Test
    void inventedCompaniesFollowWhenMoreAreAskedFor() {
        int known = Catalogue.known().size();
        List<Company> companies = Catalogue.companies(100_000);

        assertEquals(100_000, symbols(companies).size());
        assertEquals("SIM00001", companies.get(known).symbol().name());
        assertEquals("Simulated Company 00001", companies.get(known).name());
        assertTrue(companies.stream().allMatch(c -> c.cents() >= 100 && c.cents() < 1_000_000));
    }

    private static Set<Symbol> symbols(List<Company> companies) {
        return companies.stream().map(Company::symbol).collect(Collectors.toSet());
    }
}
