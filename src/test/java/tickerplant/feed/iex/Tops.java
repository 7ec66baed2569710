package tickerplant.feed.iex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds an IEX-TP payload of TOPS 1.6 messages, or of DEEP 1.0. Times are nanoseconds, prices counts of 0.0001. */
public final class Tops {
    private final List<byte[]> messages = new ArrayList<>();
    private int version = 1;
    private int protocol = 0x8003;
    private int session = 7;
    private long first = 1;
    private int surplusCount;
    private long sent;

    public static Tops from(long first) {
        Tops tops = new Tops();
        tops.first = first;
        return tops;
    }

    public Tops version(int version) {
        this.version = version;
        return this;
    }

    public Tops protocol(int protocol) {
        this.protocol = protocol;
        return this;
    }

    public Tops session(int session) {
        this.session = session;
        return this;
    }

    /** When the exchange sent it, in nanoseconds. */
    public Tops sent(long sent) {
        this.sent = sent;
        return this;
    }

    /** A price level of DEEP; {@code last} where it ends what one order has changed. */
    public Tops level(char side, boolean last, long ts, String symbol, int size, long price) {
        return raw(head(side, last ? 1 : 0, ts, symbol, 30)
                .putInt(size)
                .putLong(price)
                .array());
    }

    /** Lets the header count more messages than there are. */
    public Tops surplusCount(int surplusCount) {
        this.surplusCount = surplusCount;
        return this;
    }

    public Tops quote(long ts, String symbol, int bidSize, long bid, long ask, int askSize) {
        return raw(head('Q', 0x40, ts, symbol, 42)
                .putInt(bidSize)
                .putLong(bid)
                .putLong(ask)
                .putInt(askSize)
                .array());
    }

    public Tops trade(int flags, long ts, String symbol, int size, long price, long id) {
        return raw(head('T', flags, ts, symbol, 38)
                .putInt(size)
                .putLong(price)
                .putLong(id)
                .array());
    }

    public Tops tradeBreak(long ts, String symbol, int size, long price, long id) {
        return raw(head('B', 0, ts, symbol, 38)
                .putInt(size)
                .putLong(price)
                .putLong(id)
                .array());
    }

    public Tops directory(long ts, String symbol, int roundLot, long close) {
        return raw(head('D', 0, ts, symbol, 31)
                .putInt(roundLot)
                .putLong(close)
                .put((byte) 1)
                .array());
    }

    public Tops tradingStatus(char status, long ts, String symbol, String reason) {
        return raw(head('H', status, ts, symbol, 22).put(text(reason, 4)).array());
    }

    public Tops officialPrice(long ts, String symbol, long price) {
        return raw(head('X', 'Q', ts, symbol, 26).putLong(price).array());
    }

    /** A message that is all zero behind its head. */
    public Tops other(char type, int flags, long ts, String symbol, int length) {
        return raw(head(type, flags, ts, symbol, length).array());
    }

    public Tops systemEvent(char event, long ts) {
        return raw(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 'S')
                .put((byte) event)
                .putLong(ts)
                .array());
    }

    public Tops raw(byte[] message) {
        messages.add(message);
        return this;
    }

    public byte[] bytes() {
        int length = messages.stream().mapToInt(m -> 2 + m.length).sum();
        ByteBuffer packet = ByteBuffer.allocate(40 + length).order(ByteOrder.LITTLE_ENDIAN);
        packet.put((byte) version)
                .put((byte) 0)
                .putShort((short) protocol)
                .putInt(1)
                .putInt(session);
        packet.putShort((short) length).putShort((short) (messages.size() + surplusCount));
        packet.putLong(0).putLong(first).putLong(sent);
        messages.forEach(m -> packet.putShort((short) m.length).put(m));
        return packet.array();
    }

    private static ByteBuffer head(char type, int flags, long ts, String symbol, int length) {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) type)
                .put((byte) flags)
                .putLong(ts)
                .put(text(symbol, 8));
    }

    private static byte[] text(String text, int length) {
        return (text + " ".repeat(length)).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
