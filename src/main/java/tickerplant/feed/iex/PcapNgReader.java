package tickerplant.feed.iex;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tickerplant.feed.binary.ByteWindow;
import tickerplant.feed.binary.Bytes;

/**
 * Reads the pcap-ng form: blocks that carry their length at both ends, in sections with a byte order of their own. After
 * a broken block the next place is searched at which a block's two lengths agree. When a packet was captured is of no
 * use to anybody, the messages carry their own time; so the interfaces' clock options are passed over.
 */
final class PcapNgReader implements PacketReader {
    /** The type of a section header, the same in both byte orders. */
    static final int SECTION = 0x0A0D0D0A;

    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int SMALLEST_BLOCK = 12;
    private static final int MAX_INTERFACES = 65_536;

    private record Interface(int linkType, long snapLength) {}

    private final ByteWindow in;
    private final List<Interface> interfaces = new ArrayList<>();
    private boolean little = true;

    PcapNgReader(ByteWindow in) {
        this.in = in;
    }

    @Override
    public boolean next(Packet packet, Damage damage) throws IOException {
        while (true) {
            if (!in.has(SMALLEST_BLOCK)) {
                if (in.rest() > 0 || in.broken()) {
                    packet.begin(in.offset());
                    damage.report(in.ending() + " inside a block header");
                }
                return false;
            }
            String fault = fault();
            if (!fault.isEmpty()) {
                packet.begin(in.offset());
                damage.report(fault);
                if (!search()) {
                    return false;
                }
            }
            if (block(packet, damage)) {
                return true;
            }
        }
    }

    /** What is wrong with the block here; empty where nothing is. */
    private String fault() throws IOException {
        boolean before = little;
        String fault = check();
        if (!fault.isEmpty()) {
            little = before;
        }
        return fault;
    }

    private String check() throws IOException {
        if (int32(in.at()) == SECTION && !takeByteOrder()) {
            return "a section without byte order mark";
        }
        long length = unsigned(in.at() + 4);
        if (length < SMALLEST_BLOCK || length % 4 != 0 || length > ByteWindow.MAX_RECORD) {
            return "a block of " + length + " bytes, expected a multiple of 4 between " + SMALLEST_BLOCK + " and "
                    + ByteWindow.MAX_RECORD;
        }
        if (!in.has((int) length)) {
            return in.ending() + " inside a block of " + length + " bytes";
        }
        long again = unsigned(in.at() + (int) length - 4);
        return again == length ? "" : "a block of " + length + " bytes that ends with the length " + again;
    }

    private boolean takeByteOrder() {
        int mark = Bytes.le32(in.window(), in.at() + 8);
        if (mark != BYTE_ORDER && mark != Integer.reverseBytes(BYTE_ORDER)) {
            return false;
        }
        little = mark == BYTE_ORDER;
        return true;
    }

    private boolean search() throws IOException {
        do {
            in.skip(4);
            if (!in.has(SMALLEST_BLOCK)) {
                return false;
            }
        } while (!isKnown(int32(in.at())) || !fault().isEmpty());
        return true;
    }

    private static boolean isKnown(int type) {
        return type == SECTION || (type >= INTERFACE && type <= ENHANCED_PACKET);
    }

    /** Takes the block here; true where it gave a packet. */
    private boolean block(Packet packet, Damage damage) {
        int at = in.at();
        int length = int32(at + 4);
        long offset = in.offset();
        in.skip(length);
        switch (int32(at)) {
            case SECTION -> interfaces.clear();
            case INTERFACE -> takeInterface(at, length);
            case ENHANCED_PACKET -> {
                return takePacket(packet, damage, offset, at, length, unsigned(at + 8));
            }
            case OLD_PACKET -> {
                return takePacket(packet, damage, offset, at, length, uint16(at + 8));
            }
            case SIMPLE_PACKET -> {
                return takeSimple(packet, damage, offset, at, length);
            }
            default -> {
                // Names, statistics, comments: nothing to replay in them.
            }
        }
        return false;
    }

    private void takeInterface(int at, int length) {
        if (length >= 20 && interfaces.size() < MAX_INTERFACES) {
            interfaces.add(new Interface(uint16(at + 8), unsigned(at + 12)));
        }
    }

    private boolean takePacket(Packet packet, Damage damage, long offset, int at, int length, long number) {
        packet.begin(offset);
        if (length < 32 || unsigned(at + 20) > length - 32) {
            damage.report("a packet that is longer than its block of " + length + " bytes");
            return false;
        }
        return holds(packet, damage, number, at + 28, int32(at + 20));
    }

    private boolean takeSimple(Packet packet, Damage damage, long offset, int at, int length) {
        packet.begin(offset);
        if (length < 16) {
            damage.report("a simple packet block of " + length + " bytes, expected 16 or more");
            return false;
        }
        long captured = Math.min(unsigned(at + 8), length - 16);
        if (!interfaces.isEmpty() && interfaces.get(0).snapLength() > 0) {
            captured = Math.min(captured, interfaces.get(0).snapLength());
        }
        return holds(packet, damage, 0, at + 12, (int) captured);
    }

    private boolean holds(Packet packet, Damage damage, long number, int from, int captured) {
        if (number >= interfaces.size()) {
            damage.report("a packet of interface " + number + ", of which the section says nothing");
            return false;
        }
        packet.holds(interfaces.get((int) number).linkType(), in.window(), from, from + captured);
        return true;
    }

    private int uint16(int at) {
        return little ? Bytes.le16(in.window(), at) : Bytes.be16(in.window(), at);
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(int32(at));
    }

    private int int32(int at) {
        return little ? Bytes.le32(in.window(), at) : Bytes.be32(in.window(), at);
    }
}
