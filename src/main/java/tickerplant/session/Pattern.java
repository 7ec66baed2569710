package tickerplant.session;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tickerplant.hub.Hub;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;

/**
 * An entry of a subscription: an exact symbol, or with a {@code *} at its end every symbol that begins like that.
 *
 * @param text as clients see it, in upper case
 */
public record Pattern(String text) {
    /** What a pattern may look like, for messages to people. */
    public static final String EXPECTED = "a symbol (" + Symbol.EXPECTED + "), a prefix followed by *, or *";

    /** The pattern that covers whatever there is. */
    static final Pattern EVERY_SYMBOL = new Pattern("*");

    /** The pattern that a client wrote, in whatever case; empty where it can't be one. */
    public static Optional<Pattern> parse(String text) {
        // letters of other alphabets may have an upper case among ours: that of U+017F is S
        if (text.length() > Symbol.MAX_LENGTH || !text.chars().allMatch(c -> c < 0x80)) {
            return Optional.empty();
        }
        Pattern pattern = new Pattern(text.toUpperCase(Locale.ROOT));
        String stem = pattern.stem();
        return Symbol.isName(stem) || (pattern.isWildcard() && stem.isEmpty())
                ? Optional.of(pattern)
                : Optional.empty();
    }

    static Pattern exactly(Symbol symbol) {
        return new Pattern(symbol.name());
    }

    /** Whether it covers symbols that nobody knows yet. */
    boolean isWildcard() {
        return text.endsWith("*");
    }

    boolean covers(Symbol symbol) {
        return isWildcard() ? symbol.name().startsWith(stem()) : symbol.name().equals(text);
    }

    /** Whether it covers all that the other does, symbols that nobody knows yet included. */
    boolean covers(Pattern other) {
        return isWildcard() ? other.stem().startsWith(stem()) : equals(other);
    }

    /** The topics that it covers now. */
    Collection<Topic> topics(Hub hub, Channel channel) {
        return isWildcard()
                ? hub.topics(channel, stem())
                : hub.topic(channel, new Symbol(text)).map(List::of).orElse(List.of());
    }

    private String stem() {
        return isWildcard() ? text.substring(0, text.length() - 1) : text;
    }
}
