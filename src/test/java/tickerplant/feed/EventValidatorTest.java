package tickerplant.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Decimal.ABSENT;
import static tickerplant.market.Decimal.LIMIT;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.market.Cancel;
import tickerplant.market.DayRoll;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class EventValidatorTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final long TS = 1_767_225_600_120_482L;

    private final EventValidator validator = new EventValidator("venue");

    @ParameterizedTest
    @CsvSource({
        "18931, 100, 18933, 200",
        "18933, 100, 18931, 200",
        "18931, 0, 18933, 0",
        "-, -, 18933, 200",
        "18931, 100, -, -",
        "-, -, -, -"
    })
    void aQuotesSidesAreAbsentOrPricedAndMayCross(String bid, String bidSize, String ask, String askSize) {
        assertEquals(Optional.empty(), validator.problem(quote(bid, bidSize, ask, askSize)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 18933, 200, bid is 0 for 0",
        "-1, 100, 18933, 200, bid is -1 for 100",
        "18931, -1, 18933, 200, bid is 18931 for -1",
        "-, 100, 18933, 200, bid is absent for 100",
        "18931, -, 18933, 200, bid is 18931 for absent",
        "18931, 100, 1000000000000000000, 200, ask is 1000000000000000000 for 200",
        "18931, 100, 18933, 1000000000000000000, ask is 18933 for 1000000000000000000"
    })
    void aQuoteWithABadSideIsRefused(String bid, String bidSize, String ask, String askSize, String message) {
        String problem = validator.problem(quote(bid, bidSize, ask, askSize)).orElseThrow();
        assertTrue(problem.startsWith(message), problem);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, LIMIT, Long.MAX_VALUE})
    void aTradesPriceAndSizeArePositiveAndBounded(long bad) {
        assertEquals("price is " + bad + ", expected a positive price", problem(trade(bad, 1, "", TS)));
        assertEquals("size is " + bad + ", expected a positive size", problem(trade(1, bad, "", TS)));
        assertEquals(Optional.empty(), validator.problem(trade(LIMIT - 1, LIMIT - 1, "", TS)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 7_258_118_400_000_000L, Long.MAX_VALUE})
    void everyTimeIsBetween1970And2200(long bad) {
        assertEquals("ts is " + bad + ", expected microseconds between 1970 and 2200", problem(trade(1, 1, "", bad)));
        assertEquals(
                "ts is " + bad + ", expected microseconds between 1970 and 2200",
                problem(new Status(AAPL, Phase.OPEN, "", bad)));
        assertEquals(Optional.empty(), validator.problem(trade(1, 1, "", 7_258_118_399_999_999L)));
    }

    @Test
    void aCancelNamesItsTrade() {
        assertEquals(Optional.empty(), validator.problem(new Cancel(AAPL, "1", TS)));
        assertEquals("tradeId is empty", problem(new Cancel(AAPL, "", TS)));
    }

    @Test
    void textIsBounded() {
        String longest = "x".repeat(EventValidator.MAX_TEXT);
        assertEquals(Optional.empty(), validator.problem(trade(1, 1, longest, TS)));
        assertEquals("id is 257 characters, expected at most 256", problem(trade(1, 1, longest + "x", TS)));
        assertEquals(
                "reason is 257 characters, expected at most 256",
                problem(new Status(AAPL, Phase.OPEN, longest + "x", TS)));
    }

    @Test
    void aListingIsOfThisFeedAndItsPreviousCloseIsAPriceOrAbsent() {
        assertEquals(Optional.empty(), validator.problem(listed("venue", ABSENT)));
        assertEquals(Optional.empty(), validator.problem(listed("venue", 1)));
        assertEquals("prevClose is 0, expected a positive price or none", problem(listed("venue", 0)));
        assertEquals("feed is 'other', expected 'venue'", problem(listed("other", 1)));
    }

    @Test
    void aListingAloneMayHaveNoTime() {
        Instrument instrument = new Instrument(AAPL, "", "", "", 2, 0, ZoneId.of("UTC"));
        assertEquals(Optional.empty(), validator.problem(new Listed(instrument, "venue", ABSENT, 0)));
        assertEquals(
                "ts is -1, expected microseconds between 1970 and 2200",
                problem(new Listed(instrument, "venue", ABSENT, -1)));
    }

    @Test
    void aHeadlineIsPrintableAndBounded() {
        assertEquals(Optional.empty(), validator.problem(news("x".repeat(512), "", "Newswire")));
        for (String bad : List.of("", "  ", "x".repeat(513), "two\nlines", "bell\u0007", "\u0085")) {
            String problem = problem(news(bad, "", ""));
            assertTrue(problem.startsWith("headline is '"), problem);
            assertTrue(problem.endsWith("expected 1 to 512 printable characters"), problem);
        }
        assertTrue(problem(news("x", "", "a\tb")).startsWith("source is '"));
        assertTrue(problem(news("x", "", "x".repeat(257))).startsWith("source is '"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org", "https://example.org/a?b=c#d", "HTTPS://example.org/\u00e9"})
    void theAddressOfNewsIsHttpOrHttps(String good) {
        assertEquals(Optional.empty(), validator.problem(news("x", good, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "java\nscript:alert(1)",
                " https://example.org",
                "https:",
                "https:///path",
                "//example.org",
                "ftp://example.org",
                "data:text/html,x",
                "https://example.org/a b",
                "https://example.org/\u0000"
            })
    void anAddressThatIsNoSafeLinkIsRefused(String bad) {
        assertTrue(problem(news("x", bad, "")).startsWith("url is '"), bad);
    }

    @Test
    void anAddressIsBounded() {
        String longest = "https://example.org/" + "x".repeat(2048 - "https://example.org/".length());
        assertEquals(Optional.empty(), validator.problem(news("x", longest, "")));
        assertTrue(problem(news("x", longest + "x", "")).startsWith("url is '"));
    }

    @Test
    void ofTheWholeMarketThereArePhasesAndNewsAlone() {
        Symbol all = Symbol.WHOLE_MARKET;
        assertEquals(Optional.empty(), validator.problem(new Status(all, Phase.OPEN, "", TS)));
        assertEquals(Optional.empty(), validator.problem(new News(all, "x", "", "", TS)));
        assertEquals(
                "symbol is *, expected an instrument",
                problem(new Trade(all, 1, 1, Side.UNKNOWN, "", "", Set.of(), TS)));
        assertEquals(
                "symbol is *, expected an instrument",
                problem(new Listed(Instrument.WHOLE_MARKET, "venue", ABSENT, TS)));
    }

    private static News news(String headline, String url, String source) {
        return new News(AAPL, headline, url, source, TS);
    }

    @Test
    void aDayRollIsNotForFeedsToTell() {
        assertEquals("not an event that a feed may tell", problem(new DayRoll(AAPL, TS)));
    }

    private String problem(Event event) {
        return validator.problem(event).orElseThrow();
    }

    private static Trade trade(long price, long size, String id, long ts) {
        return new Trade(AAPL, price, size, Side.UNKNOWN, id, "", Set.of(), ts);
    }

    private static Quote quote(String bid, String bidSize, String ask, String askSize) {
        return new Quote(AAPL, steps(bid), steps(bidSize), steps(ask), steps(askSize), TS);
    }

    private static long steps(String text) {
        return text.equals("-") ? ABSENT : Long.parseLong(text);
    }

    private static Listed listed(String feed, long prevClose) {
        return new Listed(new Instrument(AAPL, "", "", "", 2, 0, ZoneId.of("UTC")), feed, prevClose, TS);
    }
}
