package tickerplant.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;

/**
 * A part of what is remembered of one key.
 *
 * @param channel {@code trades}, or one of bars
 * @param symbol whose
 * @param rows trades and cancels in the order of their sequences, bars in that of their start
 * @param following the first row that was asked for and has no place any more
 * @param wholeAfter up to where rows that were asked for may be forgotten: a sequence of trades, the start of a bar in
 *     microseconds since the epoch; empty where nothing can be missing
 */
public record HistoryPage(
        Channel channel, Symbol symbol, List<Row> rows, Optional<Row> following, OptionalLong wholeAfter) {}
