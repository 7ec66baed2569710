package tickerplant.feed.iex;

import java.util.HashMap;
import java.util.Map;
import tickerplant.feed.binary.Bytes;

/**
 * Takes IEX-TP version 1 apart: a header of 40 bytes, then message blocks, each behind its length of 2 bytes. All
 * numbers are little-endian. Source: IEX Transport Protocol specification.
 */
final class Transport {
    private static final int HEADER = 40;
    private static final int VERSION = 1;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MAX_SESSIONS = 256;

    /** One direction of one session: numbers count within it. */
    private record Stream(int session, int channel) {}

    private final Map<Stream, Sequence> sequences = new HashMap<>();
    private final MessageDecoder decoder;
    private final Damage damage;
    private Stream lastStream = new Stream(0, 0);
    private long packets;
    /** When the newest packet was sent, in nanoseconds since the epoch. */
    private long lastSent;

    Transport(MessageDecoder decoder, Damage damage) {
        this.decoder = decoder;
        this.damage = damage;
    }

    /** How many packets were of a known protocol, whole or not. */
    long packets() {
        return packets;
    }

    /** Takes a datagram's payload, which lies between the two places. */
    void datagram(byte[] bytes, int from, int to) throws InterruptedException {
        if (to - from < HEADER) {
            damage.report((to - from) + " bytes, expected an IEX-TP header of " + HEADER);
            return;
        }
        int version = bytes[from] & 0xFF;
        if (version != VERSION) {
            damage.report("IEX-TP version " + version + ", expected " + VERSION);
            return;
        }
        int number = Bytes.le16(bytes, from + 2);
        Protocol protocol = Protocol.of(number);
        if (protocol == null) {
            damage.report("message protocol 0x" + Integer.toHexString(number) + ", expected " + Protocol.expected());
            return;
        }
        packets++;
        int length = Bytes.le16(bytes, from + 12);
        int count = Bytes.le16(bytes, from + 14);
        long first = Bytes.le64(bytes, from + 24);
        if (first < 0 || first > Long.MAX_VALUE - 0xFFFF || count * 2 > length) {
            damage.report(count + " messages from number " + first + " in " + length + " bytes");
            return;
        }
        // Heartbeats have no messages and nothing to number.
        int passed = count == 0 ? 0 : passed(bytes, from, first, count);
        if (length > to - from - HEADER) {
            damage.report("truncated: " + (to - from - HEADER) + " bytes of a payload of " + length);
            return;
        }
        messages(protocol, bytes, from + HEADER, from + HEADER + length, count, passed);
    }

    /** How many messages at the packet's head have passed before. */
    private int passed(byte[] bytes, int from, long first, int count) throws InterruptedException {
        int channel = Bytes.le32(bytes, from + 4);
        int session = Bytes.le32(bytes, from + 8);
        if (lastStream.session() != session || lastStream.channel() != channel) {
            lastStream = new Stream(session, channel);
        }
        Sequence sequence = sequences.get(lastStream);
        if (sequence == null) {
            if (sequences.size() == MAX_SESSIONS) {
                sequences.clear();
            }
            sequence = new Sequence(first);
            sequences.put(lastStream, sequence);
        }
        long expected = sequence.next();
        long sent = Bytes.le64(bytes, from + 32);
        if (first == 1 && expected > 1 && Bytes.le64(bytes, from + 16) == 0 && sent > lastSent) {
            // Numbered from the start again and sent later than all before: no repetition, the exchange has restarted.
            damage.report(name() + " begins anew after message " + (expected - 1));
            decoder.restart(sent / NANOS_PER_MICRO);
            sequence = new Sequence(first);
            sequences.put(lastStream, sequence);
            expected = first;
        }
        lastSent = Math.max(lastSent, sent);
        switch (sequence.take(first, count)) {
            case AFTER_GAP -> {
                damage.report("messages " + expected + " to " + (first - 1) + " of " + name() + " are missing");
                return 0;
            }
            case REPEATED -> {
                int repeated = sequence.repeated(first, count);
                damage.report("messages " + first + " to " + (first + repeated - 1) + " of " + name()
                        + " come again, expected " + expected);
                return repeated;
            }
            default -> {
                return 0;
            }
        }
    }

    private String name() {
        return "session " + Integer.toUnsignedString(lastStream.session()) + " channel "
                + Integer.toUnsignedString(lastStream.channel());
    }

    private void messages(Protocol protocol, byte[] bytes, int from, int to, int count, int passed)
            throws InterruptedException {
        int at = from;
        int number = 0;
        while (at < to && number < count) {
            if (to - at < 2 || Bytes.le16(bytes, at) > to - at - 2) {
                damage.report(
                        "message " + (number + 1) + " of " + count + " is longer than what is left of the" + " packet");
                return;
            }
            int length = Bytes.le16(bytes, at);
            if (number >= passed) {
                decoder.message(protocol, bytes, at + 2, length);
            }
            at += 2 + length;
            number++;
        }
        if (number < count || at < to) {
            damage.report("the header counts " + count + " messages, the payload holds "
                    + (number < count ? "only " + number : "more"));
        }
    }
}
