package tickerplant.service;

import tickerplant.hub.Hub;
import tickerplant.journal.Journal;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.Update;

/** Lets the journal hear what the hub hears, after it: what is told to clients does not wait for what is written down. */
record Recorded(Hub hub, Journal journal) implements Market.Listener {
    @Override
    public void listed(Listing listing) {
        hub.listed(listing);
        journal.listed(listing);
    }

    @Override
    public void updated(Listing listing, Update update, Update standing) {
        hub.updated(listing, update, standing);
        journal.updated(listing, update);
    }

    @Override
    public void closed(Listing listing, BarUpdate update) {
        journal.closed(listing, update);
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
