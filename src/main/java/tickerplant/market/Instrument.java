package tickerplant.market;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What is traded under a symbol. Prices and sizes of its events are whole numbers of its own smallest steps, so they are
 * exact. Immutable.
 *
 * @param symbol its name
 * @param name what people call it; may be empty
 * @param currency what its prices are in, such as {@code USD}; may be empty
 * @param exchange where it is listed; may be empty
 * @param priceDecimals decimals of a price, 0 to 12: a price of 18932 with 2 decimals is 189.32
 * @param sizeDecimals decimals of a size, 0 to 12
 * @param zone the time zone whose midnight ends its trading day
 */
public record Instrument(
        Symbol symbol,
        String name,
        String currency,
        String exchange,
        int priceDecimals,
        int sizeDecimals,
        ZoneId zone) {
    /** The most decimals that a price or a size may have. */
    public static final int MAX_DECIMALS = 12;

    /** What market-wide phases and news are about. */
    public static final Instrument WHOLE_MARKET = new Instrument(Symbol.WHOLE_MARKET, "", "", "", 0, 0, ZoneOffset.UTC);

    public Instrument {
        if (priceDecimals < 0 || priceDecimals > MAX_DECIMALS || sizeDecimals < 0 || sizeDecimals > MAX_DECIMALS) {
            throw new IllegalArgumentException(symbol + ": decimals must be between 0 and " + MAX_DECIMALS);
        }
    }

    /** The same instrument counted in steps of so many decimals. */
    public Instrument in(int decimalsOfPrices, int decimalsOfSizes) {
        return decimalsOfPrices == priceDecimals && decimalsOfSizes == sizeDecimals
                ? this
                : new Instrument(symbol, name, currency, exchange, decimalsOfPrices, decimalsOfSizes, zone);
    }

    /** How many decimals a step of such a field has. */
    public int decimals(TickerField.Kind kind) {
        return switch (kind) {
            case PRICE -> priceDecimals;
            case SIZE -> sizeDecimals;
            case COUNT -> 0;
        };
    }
}
