package tickerplant.message;

import java.util.List;
import tickerplant.market.Instrument;

/**
 * The answer to {@code symbols}.
 *
 * @param id of the request
 * @param instruments what was found, best first
 */
public record SymbolsFound(RequestId id, List<Instrument> instruments) implements Message {
    @Override
    public int weight() {
        return 128 + 128 * instruments.size();
    }
}
