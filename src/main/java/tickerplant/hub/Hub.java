package tickerplant.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import tickerplant.bus.Counts;
import tickerplant.market.Channel;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Extremes;
import tickerplant.market.Interval;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.NothingYet;
import tickerplant.market.Phase;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Symbol;
import tickerplant.market.Ticker;
import tickerplant.market.TickerUpdate;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/**
 * Fans every change of the market out to those who follow it. Changed by the market thread alone; topics may be looked up by
 * any thread. What concerns the whole market has topics of its own, which no pattern finds.
 */
public final class Hub implements Market.Listener {
    /** Somebody who wants to hear of symbols that are yet to come. Called by the market thread. */
    public interface Watcher {
        /** A symbol is new, and has a topic in every channel. */
        void appeared(Symbol symbol);

        /** What concerns the whole market has begun in a channel, which is to be told first. */
        void begun(Topic marketWide);
    }

    /** Hears which symbols anybody follows, in whatever channel. Called by the market thread, which must not be kept waiting. */
    public interface Demand {
        /** Nobody cares. */
        Demand NOBODY = new Demand() {
            @Override
            public void wanted(Listing listing) {
                // nobody cares
            }

            @Override
            public void released(Listing listing) {
                // nobody cares
            }
        };

        /** Somebody follows it, and nobody did. */
        void wanted(Listing listing);

        /** Nobody follows it any more. */
        void released(Listing listing);
    }

    /** Hears of events that make no sense in the state that the market is in. Called by the market thread. */
    public interface Refusals {
        /** The event was refused for this reason. */
        void refused(Event event, String reason);
    }

    /** Prices that are remembered as extremes in all; each takes 16 bytes. */
    private static final int HISTORY_PRICES = 1_000_000;

    /** For so many bytes of what is remembered one event of a ticker is, too, which takes about a fifth of them. */
    private static final int BYTES_PER_STEP = 1_024;

    private static final Channel[] CHANNELS = Channel.values();

    /** The topics of every channel but those of bars, in the order of symbols. */
    private final Map<Channel, NavigableMap<Symbol, Topic>> topics = new EnumMap<>(Channel.class);
    /** The topics of each symbol, in the order of channels: any thread's way to one of them. */
    private final Map<Symbol, Topic[]> bySymbol = new ConcurrentHashMap<>();
    /** The topics of each listing by its index, in the order of channels: the market thread's way to them. */
    private final List<Topic[]> byIndex = new ArrayList<>();

    private final Map<Channel, Topic> marketWide = new ConcurrentHashMap<>();
    private final Interest interest = new Interest();
    private final SymbolSearch symbols = new SymbolSearch();
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Counts<Channel> told = new Counts<>(Channel.class);
    private final Counts<Channel> subscriptions = new Counts<>(Channel.class);
    private final RowEncoder encoder;
    private final Refusals refusals;
    private final RowHistory.Room historyRoom;
    private final Extremes.Room pricesRoom = new Extremes.Room(HISTORY_PRICES);
    private final Trail trail;
    /** When that was published what the market does now comes of. */
    private long published;

    /**
     * A hub without topics that remembers so many rows, whatever they take.
     *
     * @param historyRows how many rows that can't be merged are remembered in all
     */
    public Hub(RowEncoder encoder, Refusals refusals, int historyRows) {
        this(encoder, refusals, historyRows, Long.MAX_VALUE);
    }

    /**
     * A hub without topics.
     *
     * @param historyRows how many rows that can't be merged are remembered in all
     * @param historyBytes about how many bytes they may take
     */
    public Hub(RowEncoder encoder, Refusals refusals, int historyRows, long historyBytes) {
        this.historyRoom = new RowHistory.Room(historyRows, historyBytes);
        this.trail = new Trail((int) Math.min(historyRows, historyBytes / BYTES_PER_STEP));
        this.encoder = encoder;
        this.refusals = refusals;
        for (Channel channel : CHANNELS) {
            if (!channel.isBars()) {
                topics.put(channel, new ConcurrentSkipListMap<>());
            }
        }
    }

    /** The topic of a symbol, where it is known. Any thread; in a channel of bars the market thread alone. */
    public Optional<Topic> topic(Channel channel, Symbol symbol) {
        Topic[] ofSymbol = bySymbol.get(symbol);
        if (ofSymbol == null) {
            return Optional.empty();
        }
        return Optional.of(
                channel.isBars() ? bars(channel, ofSymbol[place(Channel.TICKER)].listing()) : ofSymbol[place(channel)]);
    }

    /**
     * Every topic of a channel whose symbol begins like that, in the order of symbols. Any thread; in a channel of bars the
     * market thread alone.
     */
    public Collection<Topic> topics(Channel channel, String prefix) {
        if (channel.isBars()) {
            return topics(Channel.TICKER, prefix).stream()
                    .map(ticker -> bars(channel, ticker.listing()))
                    .toList();
        }
        NavigableMap<Symbol, Topic> all = topics.get(channel);
        return prefix.isEmpty()
                ? all.values()
                : all.subMap(new Symbol(prefix), true, lastWith(prefix), true).values();
    }

    /** Topics of bars are made when they are first looked for: six for every symbol would be a waste. */
    private Topic bars(Channel channel, Listing listing) {
        Interval interval = channel.interval().orElseThrow();
        Topic[] ofListing = byIndex.get(listing.index());
        Topic topic = ofListing[place(channel)];
        if (topic == null) {
            History history = new BarHistory(listing, interval, encoder);
            topic = new Topic(channel, listing, listing.standingBar(interval), encoder, history, interest);
            ofListing[place(channel)] = topic;
        } else if (!topic.isFollowed()) {
            topic.catchUp(listing.standingBar(interval));
        }
        return topic;
    }

    @SuppressWarnings("EnumOrdinal") // the place never leaves the process
    private static int place(Channel channel) {
        return channel.ordinal();
    }

    /** The topic of what concerns the whole market, where the channel has one and there was anything yet. */
    public Optional<Topic> marketWide(Channel channel) {
        return Optional.ofNullable(marketWide.get(channel));
    }

    /** The phase that the whole market is in, where it is known. */
    public Optional<Phase> phase() {
        return marketWide(Channel.STATUS)
                .map(topic -> topic.standing().update())
                .filter(StatusUpdate.class::isInstance)
                .map(update -> ((StatusUpdate) update).status().phase());
    }

    /** An update as a row of its channel. Any thread. */
    public Row row(Update update) {
        return new Row(update, encoder);
    }

    /** The search for instruments; for any thread but the market's. */
    public SymbolSearch symbols() {
        return symbols;
    }

    /** From now on this one hears which symbols anybody follows; to be said before anybody does. */
    public void demand(Demand demand) {
        interest.tell(demand);
    }

    /** The rows that were made of events, which in a channel of bars are those that anybody follows. */
    public Counts<Channel> told() {
        return told;
    }

    /** How many symbols all clients together follow. The market thread adds. */
    public Counts<Channel> subscriptions() {
        return subscriptions;
    }

    /** What is told from now on comes of something that was published then, in nanoseconds of the service's clock. */
    public void published(long nanos) {
        published = nanos;
    }

    /** From now on this watcher hears of every new symbol. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** This watcher hears of nothing more. */
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    @Override
    public void listed(Listing listing) {
        Topic[] ofListing = new Topic[CHANNELS.length];
        byIndex.add(ofListing);
        if (listing.instrument().symbol().isWholeMarket()) {
            for (Channel channel : List.of(Channel.STATUS, Channel.NEWS)) {
                if (listing.standing(channel).seq() > 0) {
                    marketWide(listing, channel).beginsAt(listing.standing(channel));
                }
            }
            return;
        }
        symbols.add(listing.instrument());
        topics.forEach((channel, inOrder) -> {
            Update standing = listing.standing(channel);
            Topic topic = new Topic(channel, listing, standing, encoder, history(channel), interest);
            topic.beginsAt(standing);
            ofListing[place(channel)] = topic;
            inOrder.put(topic.symbol(), topic);
        });
        bySymbol.put(listing.instrument().symbol(), ofListing);
        for (Watcher watcher : watchers) {
            watcher.appeared(listing.instrument().symbol());
        }
    }

    /**
     * What happened before a restart and clients that come back may have missed, told in order, before the first entry of
     * the log. For the market thread.
     *
     * @param update a trade, one taken back, or news
     * @param tickerSeq the sequence that it took in the ticker channel
     */
    public void remember(Listing listing, Update update, long tickerSeq) {
        Topic[] ofListing = byIndex.get(listing.index());
        Topic topic = ofListing[place(update.channel())];
        if (topic != null) {
            topic.remember(new Row(update, encoder));
        }
        Topic ticker = ofListing[place(Channel.TICKER)];
        if (ticker != null && update instanceof TradeUpdate trade) {
            long price = trade.trade().price();
            Ticker unknown = Ticker.starting(ticker.symbol(), Decimal.ABSENT);
            ticker.remember(
                    new Row(new TickerUpdate(trade.instrument(), tickerSeq, 1, price, price, 0, unknown), encoder));
        }
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        Topic topic = byIndex.get(listing.index())[place(channel)];
        return topic != null && topic.isFollowed();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // most updates are what stands after them, and share its text
    public void updated(Listing listing, Update update, Update standing) {
        told.add(update.channel(), 1);
        Row row = new Row(update, encoder, published);
        Row nowStanding = standing == update ? row : new Row(standing, encoder);
        Topic topic = byIndex.get(listing.index())[place(update.channel())];
        (topic == null ? marketWide(listing, update.channel()) : topic).publish(row, nowStanding);
    }

    /** Its topics begin with their first row. They are followed by who follows anything in the channel, by no pattern. */
    private Topic marketWide(Listing listing, Channel channel) {
        Topic topic = new Topic(
                channel,
                listing,
                new NothingYet(listing.instrument(), channel, 0),
                encoder,
                history(channel),
                interest);
        byIndex.get(listing.index())[place(channel)] = topic;
        marketWide.put(channel, topic);
        for (Watcher watcher : watchers) {
            watcher.begun(topic);
        }
        return topic;
    }

    private History history(Channel channel) {
        return switch (channel) {
            case TICKER -> new TickerHistory(encoder, pricesRoom, trail);
            case STATUS -> new StatusHistory(encoder);
            case TRADES, NEWS -> new RowHistory(historyRoom);
            default -> throw new IllegalArgumentException("the market remembers " + channel);
        };
    }

    @Override
    public void refused(Event event, String reason) {
        refusals.refused(event, reason);
    }

    /** The greatest name that begins like that: {@code ~} is the greatest character of a name. */
    private static Symbol lastWith(String prefix) {
        return new Symbol(prefix + "~".repeat(Symbol.MAX_LENGTH - prefix.length()));
    }
}
