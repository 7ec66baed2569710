package tickerplant.feed.simulated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tickerplant.market.Decimal;
import tickerplant.market.Symbol;

/**
 * The companies of the simulation, the most actively traded first: several hundred that everybody knows, then as many
 * invented ones as are asked for, {@code SIM00001} and on.
 */
final class Catalogue {
    private static final String FILE = "instruments.csv";
    private static final int FIELDS = 5;
    private static final Sector[] SECTORS = Sector.values();

    private Catalogue() {}

    /** The first so many companies. */
    static List<Company> companies(int count) {
        List<Company> known = known();
        List<Company> companies = new ArrayList<>(known.subList(0, Math.min(count, known.size())));
        for (int number = 1; companies.size() < count; number++) {
            companies.add(invented(number));
        }
        return companies;
    }

    /** The companies that exist. Their prices were right once, and need be no more than plausible. */
    static List<Company> known() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Catalogue.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(Catalogue::company).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Company company(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalStateException(FILE + ": '" + line + "', expected " + FIELDS + " fields");
        }
        return new Company(
                new Symbol(fields[0]),
                fields[1],
                fields[2],
                Sector.valueOf(fields[3].toUpperCase(Locale.ROOT)),
                Decimal.steps(new BigDecimal(fields[4]), StockBook.PRICE_DECIMALS));
    }

    private static Company invented(int number) {
        String digits = String.format(Locale.ROOT, "%05d", number);
        // Any spread of prices from 5 to 500 dollars will do; multiplying by a prime scatters neighbours.
        long cents = 500 + (number * 7919L) % 49_500;
        return new Company(
                new Symbol("SIM" + digits),
                "Simulated Company " + digits,
                number % 2 == 0 ? "NASDAQ" : "NYSE",
                SECTORS[number % SECTORS.length],
                cents);
    }
}
