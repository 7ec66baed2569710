package tickerplant.message;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Symbol;

/**
 * Which symbols a client shows to somebody at the moment. Immutable.
 *
 * @param symbols those, in the order in which they were named; absent where it has not said so, which means all
 */
public record Visible(Optional<Set<Symbol>> symbols) {
    /** All symbols. */
    public static final Visible ALL = new Visible(Optional.empty());

    /** These symbols and no others. */
    public static Visible only(Collection<Symbol> symbols) {
        return new Visible(Optional.of(new LinkedHashSet<>(symbols)));
    }

    /** Whether a symbol is not among them. */
    public boolean hides(Symbol symbol) {
        return symbols.isPresent() && !symbols.get().contains(symbol);
    }

    /** Their names; absent where all are visible. */
    public Optional<List<String>> names() {
        return symbols.map(all -> all.stream().map(Symbol::name).toList());
    }
}
