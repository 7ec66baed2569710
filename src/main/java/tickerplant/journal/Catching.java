package tickerplant.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tickerplant.market.BarUpdate;
import tickerplant.market.Cancel;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.DayRoll;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Listing;
import tickerplant.market.ListingState;
import tickerplant.market.Loss;
import tickerplant.market.LossUpdate;
import tickerplant.market.Market;
import tickerplant.market.NewsUpdate;
import tickerplant.market.StatusUpdate;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/**
 * After a crash: what the log has beyond what symbols were when they were last captured happens to them again, and
 * finds its place in the tables. A market of its own does it, so that figures and bars come out as they would have.
 */
final class Catching implements Market.Listener {
    private static final int TRADES = 1_000_000;

    private final Found found;
    private final long eid;
    private final Shelf shelf = new Shelf();
    private final Market market = new Market(this, TRADES);
    private final Map<String, TradeUpdate> trades = new HashMap<>();

    /**
     * What is to be caught up with.
     *
     * @param eid the epoch that it happened in
     */
    Catching(Found found, long eid) {
        this.found = found;
        this.eid = eid;
    }

    /** Catches up, and writes down what came of it. */
    void on(Store store) throws SQLException {
        Set<Integer> touched = new LinkedHashSet<>(found.named.keySet());
        found.log.forEach(entry -> touched.add(sid(entry)));
        List<ListingState> states = new ArrayList<>();
        for (int sid : touched) {
            found.state(sid).ifPresent(states::add);
        }
        market.restore(states);
        found.named
                .values()
                .forEach(named -> market.apply(new Listed(named.instrument(), named.feed(), Decimal.ABSENT, 0)));
        market.listRestored();
        found.log.forEach(this::again);
        Settling settling = new Settling(shelf, eid);
        for (int sid : touched) {
            Instrument instrument = found.instrument(sid).orElseThrow();
            Listing listing = market.listing(instrument.symbol()).orElseThrow();
            ListingState state = listing.state();
            found.states.put(sid, state);
            settling.settle(store, sid, state);
        }
        found.named.clear();
        store.forget(found.logId, 0);
    }

    private static int sid(Entry entry) {
        return entry instanceof Entry.Told told ? told.sid() : ((Entry.Missing) entry).sid();
    }

    private void again(Entry entry) {
        if (entry instanceof Entry.Missing missing) {
            shelf.put(missing.sid(), missing.channel(), missing);
        } else if (entry instanceof Entry.Told told) {
            shelf.put(told.sid(), told.update().channel(), told);
            Update update = told.update();
            if (update instanceof TradeUpdate trade) {
                trades.put(told.sid() + "/" + trade.seq(), trade);
            }
            if (update.seq()
                    > found.state(told.sid())
                            .map(before -> seq(before, update.channel()))
                            .orElse(Long.MIN_VALUE)) {
                happen(told.sid(), update);
            }
        }
    }

    private static long seq(ListingState state, Channel channel) {
        return switch (channel) {
            case TRADES -> state.trade().seq();
            case STATUS -> state.status().seq();
            default -> state.news().seq();
        };
    }

    private void happen(int sid, Update update) {
        if (update instanceof TradeUpdate trade) {
            roll(trade);
            market.apply(trade.trade());
        } else if (update instanceof CancelUpdate cancel) {
            TradeUpdate trade = trades.get(sid + "/" + cancel.cancels());
            if (trade != null) {
                market.apply(
                        new Cancel(trade.instrument().symbol(), trade.trade().id(), cancel.ts()));
            }
        } else if (update instanceof LossUpdate loss) {
            market.apply(new Loss(loss.instrument().symbol(), loss.ts()));
        } else if (update instanceof StatusUpdate status) {
            market.apply(status.status());
        } else if (update instanceof NewsUpdate news) {
            market.apply(news.news());
        }
    }

    /** The log does not have the beginnings of days. */
    private void roll(TradeUpdate trade) {
        Instrument instrument = trade.instrument();
        long before = market.listing(instrument.symbol())
                .orElseThrow()
                .ticker()
                .ticker()
                .ts();
        if (before != Decimal.ABSENT && date(trade.trade().ts(), instrument).isAfter(date(before, instrument))) {
            market.apply(new DayRoll(instrument.symbol(), trade.trade().ts()));
        }
    }

    private static LocalDate date(long ts, Instrument instrument) {
        return Instant.EPOCH
                .plus(ts, ChronoUnit.MICROS)
                .atZone(instrument.zone())
                .toLocalDate();
    }

    @Override
    public void listed(Listing listing) {
        // it was before
    }

    @Override
    public void updated(Listing listing, Update update, Update standing) {
        // it has its place in the log
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        return false;
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        if (update.channel() == Channel.BARS_1M || update.channel() == Channel.BARS_1D) {
            shelf.put(found.sids.get(listing.instrument().symbol()), update);
        }
    }

    @Override
    public void refused(Event event, String reason) {
        // it was taken before: a cancel of a trade that nothing but its sequence is known of
    }
}
