package tickerplant.codec;

import static tickerplant.market.Decimal.ABSENT;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tickerplant.market.Cancel;
import tickerplant.market.Channel;
import tickerplant.market.Condition;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Listing;
import tickerplant.market.LogEntry;
import tickerplant.market.Market;
import tickerplant.market.NothingYet;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.TimePassed;
import tickerplant.market.Trade;
import tickerplant.market.Update;
import tickerplant.message.Row;

/** A minute of a market, from which the examples of the protocol's document come. Times are counted from its start. */
final class Story implements Market.Listener {
    /** 2 January 2026, 14:30 UTC, in microseconds since the epoch. */
    static final long START = 1_767_364_200_000_000L;

    static final Instrument APPLE = instrument("AAPL", "Apple Inc.");
    static final Instrument MICROSOFT = instrument("MSFT", "Microsoft Corporation");

    private static final String FEED = "story";

    private final Market market = new Market(this, 1_000);
    private final List<Update> updates = new ArrayList<>();
    private Update standing;

    Story() {
        market.apply(new Listed(APPLE, FEED, 18_800, START));
        market.apply(new Listed(MICROSOFT, FEED, 41_250, START));
        trade(18_810, 200, 1);
        trade(19_002, 100, 2);
        trade(18_790, 500, 3);
        market.apply(new Quote(APPLE.symbol(), 18_931, 300, 18_933, 200, at(40)));
        trade(18_932, 100, 5);
    }

    private static Instrument instrument(String symbol, String name) {
        return new Instrument(new Symbol(symbol), name, "USD", "NASDAQ", 2, 0, ZoneId.of("America/New_York"));
    }

    static long at(long millis) {
        return START + millis * 1_000;
    }

    private void trade(long price, long size, int number) {
        market.apply(new Trade(
                APPLE.symbol(), price, size, Side.BUY, "t" + number, "IEX", Set.of(), at(10L * number) + 482));
    }

    /** What a new subscriber is shown of Apple, whose last five events have been. */
    Row tickerStanding() {
        return row(market.listing(APPLE.symbol()).orElseThrow().ticker());
    }

    /** The same of Microsoft, about which nothing has been heard yet. */
    Row tickerOfNothing() {
        return row(market.listing(MICROSOFT.symbol()).orElseThrow().ticker());
    }

    Row tradesOfNothing() {
        return row(new NothingYet(MICROSOFT, Channel.TRADES, 0));
    }

    /** The trade after that. */
    Trade nextTrade() {
        return new Trade(APPLE.symbol(), 18_935, 50, Side.SELL, "t6", "IEX", Set.of(), at(60));
    }

    /** Three more events, of which one is an odd lot. */
    List<Event> busy() {
        return List.of(
                new Trade(APPLE.symbol(), 18_955, 300, Side.BUY, "t7", "IEX", Set.of(), at(70)),
                new Quote(APPLE.symbol(), 18_950, 100, 18_956, 400, at(71)),
                new Trade(APPLE.symbol(), 18_931, 7, Side.SELL, "t8", "IEX", Set.of(Condition.ODD_LOT), at(80)));
    }

    Event askWithdrawn() {
        return new Quote(APPLE.symbol(), 18_950, 100, ABSENT, ABSENT, at(90));
    }

    Event secondTradeTakenBack() {
        return new Cancel(APPLE.symbol(), "t2", at(100));
    }

    Event halt() {
        return new Status(APPLE.symbol(), Phase.HALTED, "T1", at(110));
    }

    /** The minute is over. */
    LogEntry minuteOver() {
        return new TimePassed(FEED, at(60_000));
    }

    /** What an entry of the log does to a channel. */
    Row after(Channel channel, LogEntry entry) {
        updates.clear();
        market.apply(entry);
        return told(channel).orElseThrow();
    }

    /** What the last event did to another channel. */
    Optional<Row> told(Channel channel) {
        return updates.stream()
                .filter(update -> update.channel() == channel)
                .map(Story::row)
                .findFirst();
    }

    /** What stands in the channel that was told of last. */
    Row standing() {
        return row(standing);
    }

    private static Row row(Update update) {
        return new Row(update, new JsonRows());
    }

    @Override
    public void listed(Listing listing) {
        // known beforehand
    }

    @Override
    public void updated(Listing listing, Update update, Update nowStanding) {
        updates.add(update);
        if (!update.channel().isBars()) {
            standing = nowStanding;
        }
    }

    @Override
    public boolean hears(Listing listing, Channel channel) {
        return channel == Channel.BARS_1M;
    }

    @Override
    public void refused(Event event, String reason) {
        throw new AssertionError(event + ": " + reason);
    }
}
