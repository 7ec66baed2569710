package tickerplant.conversation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import tickerplant.checker.FeedRecord;
import tickerplant.checker.Observatory;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.ScriptedFeed;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Listed;
import tickerplant.market.Loss;
import tickerplant.market.News;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Trade;

/**
 * A feed that plays what a test tells it to, event by event, and writes every one into the checkers' record first. Safe for
 * any thread; events are played in the order of the calls.
 */
final class Play {
    private static final long DAY_MICROS = 24 * 3_600_000_000L;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Object taken = new Object();
    private final ScriptedFeed feed;
    private final FeedRecord record;
    /** The end of the trading day that each symbol is in, in microseconds since the epoch. */
    private final Map<String, Long> dayEnds = new HashMap<>();

    private volatile long played;
    private long takenCount;

    Play(Observatory observatory, Listed... instruments) {
        this(observatory, ScriptedFeed.live("test", instruments), instruments);
    }

    private Play(Observatory observatory, ScriptedFeed feed, Listed... instruments) {
        this.record = observatory.feed();
        for (Listed listed : instruments) {
            record.known(listed.symbol().name(), price(listed.prevClose()));
        }
        this.feed = feed.does(this::run);
    }

    /** A play in which time passes as the events say. */
    static Play ofOldTimes(Observatory observatory, Listed... instruments) {
        return new Play(observatory, ScriptedFeed.replay("test", instruments), instruments);
    }

    Feed feed() {
        return feed;
    }

    /** A feed that goes on with the play in another service, once the one before has stopped. */
    Feed feedAgain() {
        return ScriptedFeed.live(feed.name(), feed.instruments().toArray(Listed[]::new))
                .does(this::run);
    }

    synchronized void plays(Event... some) {
        for (Event event : some) {
            note(event);
            events.add(event);
            played++;
        }
    }

    /** Plays events that must be refused: none of them takes a sequence, and no price of theirs may ever be told. */
    synchronized void playsRefused(Event... some) {
        for (Event event : some) {
            if (event instanceof Cancel) {
                roll(event); // a trade that there isn't is the market's finding, after the day has begun
            }
            events.add(event);
            played++;
        }
    }

    /** Lists another instrument. */
    synchronized void lists(Listed listed) {
        record.known(listed.symbol().name(), price(listed.prevClose()));
        playsRefused(listed);
    }

    /** Returns when every event played so far has been handed to the service; a request made then is answered after them. */
    void awaitTaken() throws InterruptedException {
        synchronized (taken) {
            while (takenCount < played) {
                taken.wait();
            }
        }
    }

    private void run(FeedSink sink) throws InterruptedException {
        while (true) {
            sink.event(events.take());
            synchronized (taken) {
                takenCount++;
                taken.notifyAll();
            }
        }
    }

    /** When the trading day ends that the symbol is in, in microseconds since the epoch; 0 before its first event. */
    synchronized long dayEnd(String symbol) {
        return dayEnds.getOrDefault(symbol, 0L);
    }

    /** The instruments of the tests have their days in UTC. The first one begins without a word. */
    private void roll(Event event) {
        String symbol = event.symbol().name();
        if (event.symbol().isWholeMarket() || event.ts() < dayEnd(symbol)) {
            return;
        }
        if (dayEnds.put(symbol, event.ts() - Math.floorMod(event.ts(), DAY_MICROS) + DAY_MICROS) != null) {
            record.other(symbol);
        }
    }

    private void note(Event event) {
        roll(event);
        String symbol = event.symbol().name();
        if (event instanceof Trade trade) {
            record.trade(symbol, price(trade.price()), Long.toString(trade.size()));
        } else if (event instanceof Quote quote) {
            record.quote(symbol, price(quote.bidPrice()), price(quote.askPrice()));
        } else if (event instanceof Cancel) {
            record.cancel(symbol);
        } else if (event instanceof Loss) {
            record.loss(symbol);
        } else if (event instanceof News news) {
            record.news(symbol, news.headline());
        } else if (!(event instanceof Status)) {
            record.other(symbol);
        }
    }

    /** The instruments of the tests have two decimals. */
    private static String price(long steps) {
        return steps == Decimal.ABSENT ? "0" : Decimal.value(steps, 2).toPlainString();
    }
}
