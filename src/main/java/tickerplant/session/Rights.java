package tickerplant.session;

import java.util.List;
import java.util.Set;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;

/**
 * What one client may do. Immutable.
 *
 * @param scopes words such as {@code ticker}, {@code feed} or {@code admin}; {@code *} stands for all of them
 * @param symbols what may be followed in the channels that the scopes allow
 */
public record Rights(Set<String> scopes, List<Pattern> symbols) {
    /** The scope that stands for every other. */
    public static final String EVERYTHING = "*";

    /** Whatever there is. */
    public static final Rights ALL = new Rights(Set.of(EVERYTHING), List.of(Pattern.EVERY_SYMBOL));

    /** Nothing. */
    public static final Rights NONE = new Rights(Set.of(), List.of());

    public Rights {
        scopes = Set.copyOf(scopes);
        symbols = List.copyOf(symbols);
    }

    /** The scope that a channel is followed with: its own name. */
    public static String scope(Channel channel) {
        return channel.word();
    }

    /** Whether they contain this scope. */
    public boolean allows(String scope) {
        return scopes.contains(scope) || scopes.contains(EVERYTHING);
    }

    /** Whether they contain every symbol that this entry covers now or ever may. */
    public boolean covers(Pattern entry) {
        for (Pattern allowed : symbols) {
            if (allowed.covers(entry)) {
                return true;
            }
        }
        return false;
    }

    /** Whether they contain this symbol. */
    public boolean covers(Symbol symbol) {
        return covers(Pattern.exactly(symbol));
    }
}
