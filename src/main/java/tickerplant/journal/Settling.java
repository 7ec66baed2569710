package tickerplant.journal;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tickerplant.market.BarState;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Interval;
import tickerplant.market.ListingState;
import tickerplant.market.SeriesState;

/**
 * Brings what is on the shelf to its place, together with what the symbol is by then.
 *
 * @param shelf where it is
 * @param eid the epoch that it is of
 */
record Settling(Shelf shelf, long eid) {
    void settle(Store places, int sid, ListingState state) throws SQLException {
        for (Channel channel : Codes.CHANNELS) {
            places.shelve(sid, channel, eid, shelf.events(sid, channel));
        }
        Map<Channel, Map<Long, BarUpdate>> bars = new EnumMap<>(Channel.class);
        for (Channel channel : List.of(Channel.BARS_1M, Channel.BARS_1D)) {
            Map<Long, BarUpdate> ofChannel = bars.computeIfAbsent(channel, each -> new LinkedHashMap<>());
            shelf.bars(sid, channel).forEach(bar -> ofChannel.put(bar.bar().start(), bar));
        }
        for (SeriesState series : state.bars()) {
            if (series.interval() == Interval.MINUTE || series.interval() == Interval.DAY) {
                open(state, series, bars.get(Channel.bars(series.interval())));
            }
        }
        for (Map<Long, BarUpdate> ofChannel : bars.values()) {
            for (BarUpdate bar : ofChannel.values()) {
                places.bar(sid, eid, bar);
            }
        }
        places.symbol(sid, state);
    }

    /** The newest bar as it is, unless it was told again since. */
    private static void open(ListingState state, SeriesState series, Map<Long, BarUpdate> bars) {
        for (BarState each : series.bars()) {
            BarUpdate told = bars.get(each.bar().start());
            if (each.toldSeq() > 0 && (told == null || told.seq() < each.toldSeq())) {
                bars.put(
                        each.bar().start(),
                        new BarUpdate(
                                state.instrument(), Channel.bars(series.interval()), each.toldSeq(), 1, each.bar()));
            }
        }
    }
}
