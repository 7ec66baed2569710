package tickerplant.feed.replay;

import tickerplant.market.Cancel;
import tickerplant.market.DayRoll;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.News;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Trade;

/**
 * One time through a recording.
 *
 * @param number from 0
 * @param shift what is added to the recorded times, in microseconds
 */
record Lap(int number, long shift) {
    static final Lap FIRST = new Lap(0, 0);

    /** The event as it happens in this lap: later, and a trade under a name of its own. */
    Event of(Event event) {
        if (number == 0) {
            return event;
        }
        long ts = event.ts() + shift;
        if (event instanceof Quote q) {
            return new Quote(q.symbol(), q.bidPrice(), q.bidSize(), q.askPrice(), q.askSize(), ts);
        }
        if (event instanceof Trade t) {
            return new Trade(t.symbol(), t.price(), t.size(), t.side(), id(t.id()), t.venue(), t.conditions(), ts);
        }
        if (event instanceof Status s) {
            return new Status(s.symbol(), s.phase(), s.reason(), ts);
        }
        if (event instanceof News n) {
            return new News(n.symbol(), n.headline(), n.url(), n.source(), ts);
        }
        if (event instanceof Cancel c) {
            return new Cancel(c.symbol(), id(c.tradeId()), ts);
        }
        if (event instanceof DayRoll d) {
            return new DayRoll(d.symbol(), ts);
        }
        Listed l = (Listed) event;
        return new Listed(l.instrument(), l.feed(), l.prevClose(), ts);
    }

    private String id(String recorded) {
        return recorded.isEmpty() ? recorded : recorded + "~" + number;
    }
}
