package tickerplant.market;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything that a market tells. */
public final class RecordingListener implements Market.Listener {
    final List<Symbol> listed = new ArrayList<>();
    final List<Update> updates = new ArrayList<>();
    final List<Update> standing = new ArrayList<>();
    final List<Event> refused = new ArrayList<>();
    /** Whether it hears bars. */
    boolean hearsBars;

    @Override
    public void listed(Listing listing) {
        listed.add(listing.instrument().symbol());
    }

    @Override
    public void updated(Listing listing, Update update, Update nowStanding) {
        updates.add(update);
        standing.add(nowStanding);
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        return hearsBars;
    }

    @Override
    public void refused(Event event, String reason) {
        refused.add(event);
    }

    /** What was told of the ticker channel. */
    public List<TickerUpdate> tickers() {
        return updates.stream()
                .filter(TickerUpdate.class::isInstance)
                .map(TickerUpdate.class::cast)
                .toList();
    }

    List<BarUpdate> bars(Interval interval) {
        return updates.stream()
                .filter(update -> update.channel() == Channel.bars(interval))
                .map(BarUpdate.class::cast)
                .toList();
    }

    List<Update> trades() {
        return updates.stream()
                .filter(update -> update.channel() == Channel.TRADES)
                .toList();
    }
}
