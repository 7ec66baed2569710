package tickerplant.service;

import java.util.function.Consumer;
import tickerplant.hub.Hub;
import tickerplant.journal.Journal;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.Update;

/**
 * Lets the journal hear what the hub hears, after it: what is told to clients does not wait for what is written down.
 *
 * @param listed hears of every new symbol
 * @param changed hears of every symbol that has changed
 */
public record Recorded(Hub hub, Journal journal, Consumer<Listing> listed, Consumer<Listing> changed)
        implements Market.Listener {
    @Override
    public void listed(Listing listing) {
        hub.listed(listing);
        journal.listed(listing);
        listed.accept(listing);
    }

    @Override
    public void updated(Listing listing, Update update, Update standing) {
        hub.updated(listing, update, standing);
        journal.updated(listing, update);
        changed.accept(listing);
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        journal.closed(listing, update);
        changed.accept(listing);
    }

    /** The journal takes open bars from the listing when it needs them. */
    @Override
    public boolean hears(Listing listing, Channel channel) {
        return hub.hears(listing, channel);
    }

    @Override
    public void refused(Event event, String reason) {
        hub.refused(event, reason);
    }
}
