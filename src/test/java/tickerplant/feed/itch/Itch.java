package tickerplant.feed.itch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds an ITCH 5.0 file. Times are nanoseconds since midnight, prices counts of 0.0001. */
final class Itch {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> starts = new ArrayList<>();
    private final boolean lengths;

    /** @param lengths whether each message stands behind its length, or behind a zero */
    Itch(boolean lengths) {
        this.lengths = lengths;
    }

    /** Where each message begins. */
    List<Integer> starts() {
        return starts;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    Itch system(long ts, char event) {
        return put(head('S', 0, ts, 12).put((byte) event));
    }

    Itch directory(int locate, long ts, String symbol, char category, int roundLot) {
        return put(head('R', locate, ts, 39)
                .put(text(symbol, 8))
                .put((byte) category)
                .put((byte) 'N')
                .putInt(roundLot));
    }

    Itch action(int locate, long ts, String symbol, char state, String reason) {
        return put(head('H', locate, ts, 25)
                .put(text(symbol, 8))
                .put((byte) state)
                .put((byte) ' ')
                .put(text(reason, 4)));
    }

    Itch add(int locate, long ts, long order, char side, int shares, String symbol, int price) {
        return put(order('A', 36, locate, ts, order, side, shares, symbol, price));
    }

    Itch addNamed(int locate, long ts, long order, char side, int shares, String symbol, int price) {
        return put(
                order('F', 40, locate, ts, order, side, shares, symbol, price).put(text("VIRT", 4)));
    }

    Itch trade(int locate, long ts, int shares, String symbol, int price, long match) {
        return put(order('P', 44, locate, ts, 0, 'B', shares, symbol, price).putLong(match));
    }

    Itch executed(int locate, long ts, long order, int shares, long match) {
        return put(head('E', locate, ts, 31).putLong(order).putInt(shares).putLong(match));
    }

    Itch executedAt(int locate, long ts, long order, int shares, long match, char printable, int price) {
        return put(head('C', locate, ts, 36)
                .putLong(order)
                .putInt(shares)
                .putLong(match)
                .put((byte) printable)
                .putInt(price));
    }

    Itch reduced(int locate, long ts, long order, int shares) {
        return put(head('X', locate, ts, 23).putLong(order).putInt(shares));
    }

    Itch deleted(int locate, long ts, long order) {
        return put(head('D', locate, ts, 19).putLong(order));
    }

    Itch replaced(int locate, long ts, long order, long by, int shares, int price) {
        return put(head('U', locate, ts, 35)
                .putLong(order)
                .putLong(by)
                .putInt(shares)
                .putInt(price));
    }

    Itch cross(int locate, long ts, long shares, String symbol, int price, long match) {
        return put(head('Q', locate, ts, 40)
                .putLong(shares)
                .put(text(symbol, 8))
                .putInt(price)
                .putLong(match)
                .put((byte) 'O'));
    }

    Itch broken(int locate, long ts, long match) {
        return put(head('B', locate, ts, 19).putLong(match));
    }

    /** A message that is all zero behind its head. */
    Itch other(char type, int locate, long ts, int length) {
        return put(head(type, locate, ts, length));
    }

    Itch raw(byte... bytes) {
        starts.add(out.size());
        out.writeBytes(bytes);
        return this;
    }

    private static ByteBuffer order(
            char type, int length, int locate, long ts, long order, char side, int shares, String symbol, int price) {
        return head(type, locate, ts, length)
                .putLong(order)
                .put((byte) side)
                .putInt(shares)
                .put(text(symbol, 8))
                .putInt(price);
    }

    private static ByteBuffer head(char type, int locate, long ts, int length) {
        return ByteBuffer.allocate(length)
                .put((byte) type)
                .putShort((short) locate)
                .putShort((short) 0)
                .putShort((short) (ts >>> 32))
                .putInt((int) ts);
    }

    private Itch put(ByteBuffer message) {
        starts.add(out.size());
        int length = message.capacity();
        out.write(lengths ? length >> 8 : 0);
        out.write(lengths ? length : 0);
        byte[] bytes = new byte[length];
        message.clear().get(bytes);
        out.writeBytes(bytes);
        return this;
    }

    private static byte[] text(String text, int length) {
        return (text + " ".repeat(length)).substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
