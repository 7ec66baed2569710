package tickerplant.feed.simulated;

/** What a company does; companies of one sector move together. */
enum Sector {
    TECHNOLOGY,
    COMMUNICATION,
    DISCRETIONARY,
    STAPLES,
    HEALTHCARE,
    FINANCIALS,
    INDUSTRIALS,
    ENERGY,
    UTILITIES,
    MATERIALS,
    REALESTATE
}
