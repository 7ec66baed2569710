package tickerplant.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Loss;
import tickerplant.market.News;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Trade;

/**
 * What an event must be like to enter the log, apart from its symbol being listed.
 *
 * <ul>
 *   <li>Its time is after 1970 and before 2200. A listing may have none, which is 0: a file of instruments alone tells none.
 *   <li>A trade's price and size are positive and below {@link Decimal#LIMIT}.
 *   <li>Each side of a quote is absent, or has a positive price below the limit and a size that is not negative and below
 *       it. A crossed quote is valid: venues do have them.
 *   <li>A cancel names a trade. A listing names the feed that it came from, and its previous close is absent or a price.
 *   <li>Names, ids and reasons are at most {@value #MAX_TEXT} characters.
 *   <li>A headline is 1 to {@value News#MAX_HEADLINE} characters, its address {@code http} or {@code https} with a host and at
 *       most {@value News#MAX_URL} characters, or empty; control characters stand in neither, nor in the source.
 *   <li>Of the whole market there are phases and news, nothing else.
 *   <li>A day roll is none of a feed's business: {@link FeedRunner} makes it from the events' times.
 * </ul>
 */
final class EventValidator {
    /** The longest text in an event, in characters. */
    static final int MAX_TEXT = 256;

    /** The first moment that is too late, in microseconds since the epoch. */
    static final long TIME_LIMIT = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));

    private final String feed;

    EventValidator(String feed) {
        this.feed = feed;
    }

    /** What is wrong with the event and what was expected; empty where it is valid. */
    Optional<String> problem(Event event) {
        long earliest = event instanceof Listed ? 0 : 1;
        if (event.ts() < earliest || event.ts() >= TIME_LIMIT) {
            return expected("ts", event.ts(), "microseconds between 1970 and 2200");
        }
        if (event.symbol().isWholeMarket() && !(event instanceof Status) && !(event instanceof News)) {
            return Optional.of("symbol is *, expected an instrument");
        }
        if (event instanceof Quote quote) {
            return problem(quote);
        }
        if (event instanceof Trade trade) {
            return problem(trade);
        }
        if (event instanceof Listed listed) {
            return problem(listed);
        }
        if (event instanceof Cancel cancel) {
            return cancel.tradeId().isEmpty() ? Optional.of("tradeId is empty") : text("tradeId", cancel.tradeId());
        }
        if (event instanceof Status status) {
            return text("reason", status.reason());
        }
        if (event instanceof News news) {
            return problem(news);
        }
        if (event instanceof Loss) {
            return Optional.empty();
        }
        return Optional.of("not an event that a feed may tell");
    }

    private static Optional<String> problem(Trade trade) {
        if (!isPrice(trade.price())) {
            return expected("price", trade.price(), "a positive price");
        }
        if (trade.size() <= 0 || trade.size() >= Decimal.LIMIT) {
            return expected("size", trade.size(), "a positive size");
        }
        Optional<String> problem = text("id", trade.id());
        return problem.isPresent() ? problem : text("venue", trade.venue());
    }

    private static Optional<String> problem(Quote quote) {
        if (!isSide(quote.bidPrice(), quote.bidSize())) {
            return side("bid", quote.bidPrice(), quote.bidSize());
        }
        if (!isSide(quote.askPrice(), quote.askSize())) {
            return side("ask", quote.askPrice(), quote.askSize());
        }
        return Optional.empty();
    }

    private Optional<String> problem(Listed listed) {
        if (!listed.feed().equals(feed)) {
            return Optional.of("feed is '" + Excerpt.of(listed.feed()) + "', expected '" + Excerpt.of(feed) + "'");
        }
        if (listed.prevClose() != Decimal.ABSENT && !isPrice(listed.prevClose())) {
            return expected("prevClose", listed.prevClose(), "a positive price or none");
        }
        Optional<String> problem = text("name", listed.instrument().name());
        if (problem.isEmpty()) {
            problem = text("currency", listed.instrument().currency());
        }
        return problem.isPresent()
                ? problem
                : text("exchange", listed.instrument().exchange());
    }

    private static Optional<String> problem(News news) {
        if (news.headline().isBlank() || !isPrintable(news.headline(), News.MAX_HEADLINE)) {
            return Optional.of("headline is '" + Excerpt.of(news.headline()) + "', expected 1 to " + News.MAX_HEADLINE
                    + " printable characters");
        }
        if (!news.url().isEmpty() && !isAddress(news.url())) {
            return Optional.of("url is '" + Excerpt.of(news.url()) + "', expected an http or https address of at most "
                    + News.MAX_URL + " characters");
        }
        return isPrintable(news.source(), MAX_TEXT)
                ? Optional.empty()
                : Optional.of("source is '" + Excerpt.of(news.source()) + "', expected at most " + MAX_TEXT
                        + " printable characters");
    }

    private static boolean isPrintable(String text, int longest) {
        return text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
    }

    /** What a page may make a link of: nothing that a browser would run. */
    private static boolean isAddress(String url) {
        if (url.length() > News.MAX_URL) {
            return false;
        }
        try {
            URI address = new URI(url);
            return ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && address.getRawAuthority() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isPrice(long price) {
        return price > 0 && price < Decimal.LIMIT;
    }

    private static boolean isSide(long price, long size) {
        return price == Decimal.ABSENT ? size == Decimal.ABSENT : isPrice(price) && size >= 0 && size < Decimal.LIMIT;
    }

    private static Optional<String> side(String side, long price, long size) {
        return Optional.of(side + " is " + steps(price) + " for " + steps(size)
                + " steps, expected both absent, or a positive price and a size of at least 0");
    }

    private static String steps(long steps) {
        return steps == Decimal.ABSENT ? "absent" : Long.toString(steps);
    }

    private static Optional<String> text(String field, String text) {
        return text.length() <= MAX_TEXT
                ? Optional.empty()
                : expected(field, text.length() + " characters", "at most " + MAX_TEXT);
    }

    private static Optional<String> expected(String field, Object value, String expected) {
        return Optional.of(field + " is " + value + ", expected " + expected);
    }
}
