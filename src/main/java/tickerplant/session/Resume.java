package tickerplant.session;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Symbol;

/**
 * Up to where a client knows what it asks for, because it was connected before.
 *
 * @param epoch the log that its sequences count in
 * @param seqs the sequence of each symbol that it knows; {@link #INVALID} where what it said can't be one
 */
public record Resume(String epoch, Map<Symbol, Long> seqs) {
    /** What stands for something that is no sequence. */
    public static final long INVALID = -1;

    /** Nothing is known. */
    public static final Resume NOTHING = new Resume("", Map.of());

    public Resume {
        seqs = Map.copyOf(seqs);
    }

    OptionalLong seq(Symbol symbol) {
        return Optional.ofNullable(seqs.get(symbol)).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
