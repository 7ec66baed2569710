package tickerplant.feed.itch;

import java.util.Optional;
import java.util.Set;
import tickerplant.feed.FeedSink;
import tickerplant.feed.binary.Bytes;
import tickerplant.feed.book.Book;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/**
 * Turns the messages of ITCH 5.0 into events. Each message has the length of its type. Source: Nasdaq TotalView-ITCH 5.0
 * specification.
 */
final class MessageDecoder {
    private static final String VENUE = "XNAS";
    private static final int NANOS_PER_MICRO = 1_000;

    private final Stocks stocks;
    private final FeedSink sink;
    private final Place place;
    /** Midnight in New York, in microseconds since the epoch. */
    private final long midnight;

    private final Orders orders = new Orders();
    private final Session session = new Session();

    MessageDecoder(Stocks stocks, FeedSink sink, Place place, long midnight) {
        this.stocks = stocks;
        this.sink = sink;
        this.place = place;
        this.midnight = midnight;
    }

    void message(byte[] bytes, int at) throws InterruptedException {
        switch (bytes[at]) {
            case 'A', 'F' -> added(bytes, at);
            case 'E' -> executed(bytes, at);
            case 'C' -> executedWithPrice(bytes, at);
            case 'X' -> reduced(bytes, at);
            case 'D' -> deleted(bytes, at);
            case 'U' -> replaced(bytes, at);
            case 'P' -> hiddenTrade(bytes, at);
            case 'Q' -> cross(bytes, at);
            case 'B' -> broken(bytes, at);
            case 'R' -> directory(bytes, at);
            case 'H' -> tradingAction(bytes, at);
            case 'S' -> systemEvent(bytes, at);
            default -> {
                // Market makers, imbalances, price bands, retail interest: no event stands for them.
            }
        }
    }

    private void added(byte[] bytes, int at) throws InterruptedException {
        Stock stock = stock(bytes, at, at + 24);
        int shares = Bytes.be32(bytes, at + 20);
        int price = Bytes.be32(bytes, at + 32);
        long number = Bytes.be64(bytes, at + 11);
        Book.Side side = side(bytes[at + 19]);
        if (stock == null) {
            return;
        }
        if (shares == 0 || price == 0 || side == null) {
            place.report("an order to '" + (char) (bytes[at + 19] & 0xFF) + "' " + Integer.toUnsignedString(shares)
                    + " shares at " + Integer.toUnsignedString(price) + ", expected B or S and both positive");
            return;
        }
        add(number, Form.locate(bytes, at), side, price, shares, ts(bytes, at));
    }

    private void add(long number, int locate, Book.Side side, int price, int shares, long ts)
            throws InterruptedException {
        if (orders.find(number) >= 0) {
            place.report("order " + Long.toUnsignedString(number) + " comes a second time");
            return;
        }
        if (!orders.add(number, locate, side, price, shares)) {
            place.report("more than " + Orders.MAX + " orders at once");
            return;
        }
        Stock stock = stocks.at(locate);
        change(stock, side, Integer.toUnsignedLong(price), Integer.toUnsignedLong(shares));
        tell(stock, ts);
    }

    private void executed(byte[] bytes, int at) throws InterruptedException {
        int order = order(bytes, at);
        long shares = shares(bytes, at, order);
        if (shares > 0) {
            long price = orders.price(order);
            take(bytes, at, order, shares, price, true);
        }
    }

    private void executedWithPrice(byte[] bytes, int at) throws InterruptedException {
        int order = order(bytes, at);
        long shares = shares(bytes, at, order);
        long price = Integer.toUnsignedLong(Bytes.be32(bytes, at + 32));
        if (shares > 0) {
            // Not printable: the shares are told again as part of a cross.
            take(bytes, at, order, shares, price, bytes[at + 31] == 'Y' && price > 0);
        }
    }

    /** An order is executed; whoever came to it took the initiative. */
    private void take(byte[] bytes, int at, int order, long shares, long price, boolean printed)
            throws InterruptedException {
        Stock stock = stocks.at(orders.locate(order));
        Side taker = orders.side(order) == Book.Side.BID ? Side.SELL : Side.BUY;
        change(stock, orders.side(order), orders.price(order), -shares);
        orders.reduce(order, shares);
        if (printed) {
            trade(
                    stock,
                    price,
                    shares,
                    taker,
                    Bytes.be64(bytes, at + 23),
                    ts(bytes, at),
                    session.conditions(stock, shares));
        }
        tell(stock, ts(bytes, at));
    }

    private void reduced(byte[] bytes, int at) throws InterruptedException {
        int order = order(bytes, at);
        long shares = shares(bytes, at, order);
        if (shares > 0) {
            Stock stock = stocks.at(orders.locate(order));
            change(stock, orders.side(order), orders.price(order), -shares);
            orders.reduce(order, shares);
            tell(stock, ts(bytes, at));
        }
    }

    private void deleted(byte[] bytes, int at) throws InterruptedException {
        int order = order(bytes, at);
        if (order >= 0) {
            Stock stock = stocks.at(orders.locate(order));
            change(stock, orders.side(order), orders.price(order), -orders.size(order));
            orders.remove(order);
            tell(stock, ts(bytes, at));
        }
    }

    private void replaced(byte[] bytes, int at) throws InterruptedException {
        int order = order(bytes, at);
        int shares = Bytes.be32(bytes, at + 27);
        int price = Bytes.be32(bytes, at + 31);
        if (order < 0) {
            return;
        }
        int locate = orders.locate(order);
        Stock stock = stocks.at(locate);
        Book.Side side = orders.side(order);
        change(stock, side, orders.price(order), -orders.size(order));
        orders.remove(order);
        if (shares == 0 || price == 0) {
            place.report("a replacement of " + Integer.toUnsignedString(shares) + " shares at "
                    + Integer.toUnsignedString(price) + ", expected both positive");
            tell(stock, ts(bytes, at));
            return;
        }
        add(Bytes.be64(bytes, at + 19), locate, side, price, shares, ts(bytes, at));
    }

    private void hiddenTrade(byte[] bytes, int at) throws InterruptedException {
        Stock stock = stock(bytes, at, at + 24);
        long shares = Integer.toUnsignedLong(Bytes.be32(bytes, at + 20));
        long price = Integer.toUnsignedLong(Bytes.be32(bytes, at + 32));
        if (stock == null) {
            return;
        }
        if (shares == 0 || price == 0) {
            place.report("a trade with price " + price + " and size " + shares + ", expected both positive");
            return;
        }
        // The message names a side, but since 2014 it is always the same one and means nothing.
        trade(
                stock,
                price,
                shares,
                Side.UNKNOWN,
                Bytes.be64(bytes, at + 36),
                ts(bytes, at),
                session.conditions(stock, shares));
    }

    private void cross(byte[] bytes, int at) throws InterruptedException {
        Stock stock = stock(bytes, at, at + 19);
        long shares = Bytes.be64(bytes, at + 11);
        long price = Integer.toUnsignedLong(Bytes.be32(bytes, at + 27));
        // A cross in which nothing was traded is told as well, with no shares.
        if (stock == null || shares == 0) {
            return;
        }
        if (shares < 0 || shares >= Decimal.LIMIT || price == 0) {
            place.report("a cross with price " + price + " and size " + shares + ", expected both positive");
        } else {
            trade(
                    stock,
                    price,
                    shares,
                    Side.UNKNOWN,
                    Bytes.be64(bytes, at + 31),
                    ts(bytes, at),
                    Set.of(Condition.SINGLE_PRICE_CROSS));
        }
    }

    private void broken(byte[] bytes, int at) throws InterruptedException {
        Stock stock = stocks.at(Form.locate(bytes, at));
        if (stock == null) {
            place.report("a broken trade of the instrument " + Form.locate(bytes, at) + ", which was not named before");
            return;
        }
        sink.event(new Cancel(stock.symbol(), Long.toUnsignedString(Bytes.be64(bytes, at + 11)), ts(bytes, at)));
    }

    private void directory(byte[] bytes, int at) throws InterruptedException {
        String exchange =
                switch (bytes[at + 19]) {
                    case 'N' -> "NYSE";
                    case 'A' -> "NYSE American";
                    case 'P' -> "NYSE Arca";
                    case 'Z' -> "Cboe BZX";
                    case 'V' -> "IEX";
                    case 'Q', 'G', 'S' -> "NASDAQ";
                    default -> "";
                };
        name(bytes, at, at + 11, exchange, Integer.toUnsignedLong(Bytes.be32(bytes, at + 21)));
    }

    private void tradingAction(byte[] bytes, int at) throws InterruptedException {
        Stock stock = stock(bytes, at, at + 11);
        Phase phase =
                switch (bytes[at + 19]) {
                    case 'T' -> Phase.OPEN;
                    // Orders are collected for the auction that ends the halt.
                    case 'Q' -> Phase.AUCTION;
                    case 'H', 'P' -> Phase.HALTED;
                    default -> null;
                };
        if (stock == null) {
            return;
        }
        if (phase == null) {
            place.report("trading state 0x" + Integer.toHexString(bytes[at + 19] & 0xFF) + ", expected H, P, Q or T");
            return;
        }
        sink.event(new Status(stock.symbol(), phase, Form.text(bytes, at + 21, 4), ts(bytes, at)));
    }

    private void systemEvent(byte[] bytes, int at) throws InterruptedException {
        Phase phase = session.event(bytes[at + 11]);
        if (phase != null) {
            sink.event(new Status(Symbol.WHOLE_MARKET, phase, "", ts(bytes, at)));
        }
    }

    /** The instrument of a message that names it, at the place given; null where the name is no symbol. */
    private Stock stock(byte[] bytes, int at, int name) throws InterruptedException {
        Stock stock = stocks.at(Form.locate(bytes, at));
        return stock == null ? name(bytes, at, name, "", 0) : stock;
    }

    private Stock name(byte[] bytes, int at, int name, String exchange, long roundLot) throws InterruptedException {
        String text = Form.text(bytes, name, 8);
        Stock stock = stocks.name(Form.locate(bytes, at), text, exchange, roundLot, ts(bytes, at));
        if (stock == null) {
            place.report("symbol '" + text + "', expected " + Symbol.EXPECTED);
        }
        return stock;
    }

    /** The order that a message is about; -1 where it is not known, which is reported. */
    private int order(byte[] bytes, int at) {
        long number = Bytes.be64(bytes, at + 11);
        int order = orders.find(number);
        if (order < 0) {
            place.report(
                    "'" + (char) bytes[at] + "' of order " + Long.toUnsignedString(number) + ", which is not known");
        }
        return order;
    }

    /** How many shares a message takes from its order; 0 where it can't, which is reported. */
    private long shares(byte[] bytes, int at, int order) {
        if (order < 0) {
            return 0;
        }
        long shares = Integer.toUnsignedLong(Bytes.be32(bytes, at + 19));
        if (shares == 0 || shares > orders.size(order)) {
            place.report("'" + (char) bytes[at] + "' of " + shares + " shares of an order of " + orders.size(order));
            return 0;
        }
        return shares;
    }

    private void change(Stock stock, Book.Side side, long price, long shares) {
        // A level that a full side has refused holds less than its orders.
        long size = Math.max(0, stock.book().size(side, price) + shares);
        if (!stock.book().set(side, price, size)) {
            place.report("more than " + Book.MAX_LEVELS + " price levels on one side of " + stock.symbol());
        }
    }

    private void trade(Stock stock, long price, long shares, Side side, long match, long ts, Set<Condition> conditions)
            throws InterruptedException {
        sink.event(new Trade(stock.symbol(), price, shares, side, Long.toUnsignedString(match), VENUE, conditions, ts));
    }

    private void tell(Stock stock, long ts) throws InterruptedException {
        Optional<Quote> change = stock.book().change(ts);
        if (change.isPresent()) {
            sink.event(change.get());
        }
    }

    private static Book.Side side(int code) {
        return code == 'B' ? Book.Side.BID : code == 'S' ? Book.Side.ASK : null;
    }

    private long ts(byte[] bytes, int at) {
        return midnight + Form.nanos(bytes, at) / NANOS_PER_MICRO;
    }
}
