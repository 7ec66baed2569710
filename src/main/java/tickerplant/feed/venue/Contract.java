package tickerplant.feed.venue;

/**
 * An instrument, as its venue names it.
 *
 * @param code the venue's name for it
 * @param name what people call it; may be empty
 * @param currency what its prices are in; may be empty
 * @param priceDecimals decimals of a price
 * @param sizeDecimals decimals of a size
 */
record Contract(String code, String name, String currency, int priceDecimals, int sizeDecimals) {}
