package tickerplant.feed.venue;

import java.util.List;
import tickerplant.feed.FeedSpec;

/** A venue's protocol from the venue's side, as its documentation has it, for a market of two symbols. */
interface Dialect {
    /** Makes a stand-in speak it, which hands out its instruments and says yes to all that is asked. */
    void teach(StandIn standIn);

    /** The feed that speaks with it. */
    FeedSpec spec(StandIn standIn);

    /** The symbol of which is traded, in the venue's words; it has two decimals in prices and eight in sizes at least. */
    String code();

    /** A trade of that symbol. */
    String trade(long number, String price, String size);

    /** The best prices of that symbol. */
    String quote(String bid, String ask);

    /** A message that says it is there, and nothing else. */
    String heartbeat();

    /** What it says to a client that asks too often; stands in for the answer to a subscription. */
    String throttled();

    /** Whether a request asks for that symbol. */
    boolean asks(String request);

    /** Whether a request asks no more for that symbol. */
    boolean asksNoMore(String request);

    /** The name that the trade with that number has here. */
    default String id(long number) {
        return Long.toString(number);
    }

    /** Whether a hole in the numbers shows. */
    default boolean numbersTrades() {
        return true;
    }

    /** Whether it tells the best prices. */
    default boolean quotes() {
        return true;
    }

    /** Whether a subscription begins with the best prices. */
    default boolean repeatsQuotes() {
        return true;
    }

    /** One of each venue. */
    static List<Dialect> all() {
        return List.of(
                new KrakenDialect(),
                new CoinbaseDialect(),
                new BinanceDialect(),
                new AlpacaDialect(),
                new FinnhubDialect());
    }
}
