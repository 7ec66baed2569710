package tickerplant.feed.iex;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tickerplant.feed.FeedSink;
import tickerplant.feed.binary.Bytes;
import tickerplant.feed.book.Book;
import tickerplant.market.Cancel;
import tickerplant.market.Decimal;
import tickerplant.market.Listed;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

/**
 * Turns the messages of TOPS and DEEP into events. Source: IEX's specifications of both, which let messages grow at their
 * end and new types appear at any time; so a longer message is read as far as it is known.
 */
final class MessageDecoder {
    private static final String VENUE = "IEX";
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int EVENT_COMPLETE = 0x01;

    private final Universe universe;
    private final FeedSink sink;
    private final Damage damage;
    private final BitSet unknownTypes = new BitSet();
    private final Map<Symbol, Book> books = new HashMap<>();

    MessageDecoder(Universe universe, FeedSink sink, Damage damage) {
        this.universe = universe;
        this.sink = sink;
        this.damage = damage;
    }

    /** The exchange begins anew: what its books held is gone. */
    void restart(long ts) throws InterruptedException {
        for (Book book : books.values()) {
            book.clear();
            tell(book, ts);
        }
    }

    /** Takes one message of that many bytes. */
    void message(Protocol protocol, byte[] bytes, int at, int length) throws InterruptedException {
        if (length == 0) {
            damage.report("a message without type");
            return;
        }
        int type = bytes[at];
        int expected = protocol.length(type);
        if (expected == 0) {
            unknown(type & 0xFF);
            return;
        }
        if (length < expected) {
            damage.report("a message '" + (char) type + "' of " + length + " bytes, expected " + expected);
            return;
        }
        switch (type) {
            case 'Q' -> quote(bytes, at);
            case '8' -> level(bytes, at, Book.Side.BID);
            case '5' -> level(bytes, at, Book.Side.ASK);
            case 'T' -> trade(bytes, at);
            case 'B' -> tradeBreak(bytes, at);
            case 'D' -> directory(bytes, at);
            case 'H' -> tradingStatus(bytes, at);
            default -> {
                // System and security events, operational halts, short sale tests, official prices, auctions: no event
                // stands for them.
            }
        }
    }

    private void unknown(int type) {
        // Once each: a type that the exchange introduced after version 1.6 may come a million times.
        if (!unknownTypes.get(type)) {
            unknownTypes.set(type);
            damage.report("messages of the unknown type 0x" + Integer.toHexString(type)
                    + " are skipped, and reported only this once");
        }
    }

    private void quote(byte[] bytes, int at) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        long bidSize = size(bytes, at + 18);
        long bid = Bytes.le64(bytes, at + 22);
        long ask = Bytes.le64(bytes, at + 30);
        long askSize = size(bytes, at + 38);
        if (symbol == null || !isSide(bid, bidSize, "bid") || !isSide(ask, askSize, "ask")) {
            return;
        }
        // Both parts of a side are zero, or neither is.
        sink.event(
                new Quote(symbol, orAbsent(bid), orAbsent(bidSize), orAbsent(ask), orAbsent(askSize), ts(bytes, at)));
    }

    private void level(byte[] bytes, int at, Book.Side side) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        long size = size(bytes, at + 18);
        long price = Bytes.le64(bytes, at + 22);
        if (symbol == null) {
            return;
        }
        if (!isPrice(price)) {
            damage.report("a price level at " + price + ", expected a positive price");
            return;
        }
        Book book = books.computeIfAbsent(symbol, Book::new);
        if (!book.set(side, price, size)) {
            damage.report("more than " + Book.MAX_LEVELS + " price levels on one side of " + symbol);
        }
        // Until the exchange has told all that one of its orders changed, the book is between two states.
        if ((bytes[at + 1] & EVENT_COMPLETE) != 0) {
            tell(book, ts(bytes, at));
        }
    }

    private void tell(Book book, long ts) throws InterruptedException {
        Optional<Quote> change = book.change(ts);
        if (change.isPresent()) {
            sink.event(change.get());
        }
    }

    private boolean isSide(long price, long size, String side) {
        if ((price == 0 && size == 0) || (isPrice(price) && size > 0)) {
            return true;
        }
        damage.report(
                "a quote with " + side + " " + price + " and size " + size + ", expected both positive, or both zero");
        return false;
    }

    private static long orAbsent(long number) {
        return number == 0 ? Decimal.ABSENT : number;
    }

    private void trade(byte[] bytes, int at) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        long size = size(bytes, at + 18);
        long price = Bytes.le64(bytes, at + 22);
        if (symbol == null) {
            return;
        }
        if (!isPrice(price) || size == 0) {
            damage.report("a trade with price " + price + " and size " + size + ", expected both positive");
            return;
        }
        sink.event(new Trade(
                symbol,
                price,
                size,
                Side.UNKNOWN,
                tradeId(bytes, at),
                VENUE,
                SaleConditions.of(bytes[at + 1]),
                ts(bytes, at)));
    }

    private void tradeBreak(byte[] bytes, int at) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        if (symbol != null) {
            sink.event(new Cancel(symbol, tradeId(bytes, at), ts(bytes, at)));
        }
    }

    private void directory(byte[] bytes, int at) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        long close = Bytes.le64(bytes, at + 22);
        if (symbol != null && isPrice(close)) {
            universe.closed(symbol, close);
        }
    }

    private void tradingStatus(byte[] bytes, int at) throws InterruptedException {
        Symbol symbol = symbol(bytes, at);
        if (symbol == null) {
            return;
        }
        Phase phase =
                switch (bytes[at + 1]) {
                    case 'T' -> Phase.OPEN;
                    // Orders are collected for the auction that ends the halt.
                    case 'O' -> Phase.AUCTION;
                    case 'H', 'P' -> Phase.HALTED;
                    default -> null;
                };
        if (phase == null) {
            damage.report("trading status 0x" + Integer.toHexString(bytes[at + 1] & 0xFF) + ", expected H, O, P or T");
            return;
        }
        sink.event(new Status(symbol, phase, Universe.ascii(Bytes.le32(bytes, at + 18), 4), ts(bytes, at)));
    }

    /** Type and flags take a byte each, then come time and symbol, in every message that has one. Null if damaged. */
    private Symbol symbol(byte[] bytes, int at) throws InterruptedException {
        if (Bytes.le64(bytes, at + 2) < 0) {
            damage.report("a time before 1970");
            return null;
        }
        long raw = Bytes.le64(bytes, at + 10);
        Symbol symbol = universe.find(raw);
        if (symbol != null) {
            return symbol;
        }
        Optional<Listed> listed = universe.add(raw, ts(bytes, at));
        if (listed.isEmpty()) {
            damage.report("symbol '" + Universe.text(raw) + "', expected " + Symbol.EXPECTED);
            return null;
        }
        sink.event(listed.get());
        return listed.get().symbol();
    }

    private static long ts(byte[] bytes, int at) {
        return Bytes.le64(bytes, at + 2) / NANOS_PER_MICRO;
    }

    private static long size(byte[] bytes, int at) {
        return Integer.toUnsignedLong(Bytes.le32(bytes, at));
    }

    private static boolean isPrice(long price) {
        return price > 0 && price < Decimal.LIMIT;
    }

    private static String tradeId(byte[] bytes, int at) {
        return Long.toString(Bytes.le64(bytes, at + 30));
    }
}
