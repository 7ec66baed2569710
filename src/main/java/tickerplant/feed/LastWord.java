package tickerplant.feed;

import java.util.Optional;
import tickerplant.market.Instrument;
import tickerplant.market.Phase;
import tickerplant.market.Trade;

/**
 * What was told last of a symbol of a feed.
 *
 * @param instrument the symbol, and the steps that it is counted in
 * @param trade the last trade that stands
 * @param isQuoted whether there is a quote
 * @param phase what trading was doing, where anything was told of it
 * @param ts when its last event was, in microseconds since the epoch; {@link tickerplant.market.Decimal#ABSENT} where there was none
 */
public record LastWord(
        Instrument instrument, Optional<Trade> trade, boolean isQuoted, Optional<Phase> phase, long ts) {}
