package tickerplant.feed.iex;

import tickerplant.feed.binary.Bytes;

/**
 * Finds what a UDP datagram carries inside a captured frame: Ethernet with or without VLAN tags, Linux cooked, or raw
 * IPv4. Other traffic in the same capture is none of our business and is passed over in silence.
 */
final class UdpPayload {
    private static final int LINK_ETHERNET = 1;
    private static final int LINK_COOKED = 113;
    private static final int LINK_COOKED_2 = 276;
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;

    private int from;
    private int to;

    int from() {
        return from;
    }

    /** Where it ends, or where the capture cut it. */
    int to() {
        return to;
    }

    /** Looks for it; false where there is none, or none that can be read, which is reported. */
    boolean find(Packet packet, Damage damage) {
        byte[] bytes = packet.bytes();
        int end = packet.to();
        int at = network(packet, damage);
        if (at < 0) {
            return false;
        }
        if (end - at < 20) {
            damage.report("truncated in its IP header");
            return false;
        }
        if (bytes[at] >> 4 != 4 || bytes[at + 9] != UDP) {
            return false;
        }
        int header = (bytes[at] & 0x0F) * 4;
        int total = Bytes.be16(bytes, at + 2);
        if (header < 20 || total < header + 8) {
            damage.report("an IP packet of " + total + " bytes with a header of " + header);
            return false;
        }
        if ((Bytes.be16(bytes, at + 6) & 0x3FFF) != 0) {
            damage.report("a fragment of an IP packet, expected a whole one");
            return false;
        }
        int udp = at + header;
        if (end - udp < 8) {
            damage.report("truncated in its UDP header");
            return false;
        }
        int length = Bytes.be16(bytes, udp + 4);
        if (length < 8 || length > total - header) {
            damage.report("a UDP datagram of " + length + " bytes in " + (total - header));
            return false;
        }
        from = udp + 8;
        to = Math.min(udp + length, end);
        return true;
    }

    /** Where the IPv4 header begins; -1 where there is none. */
    private static int network(Packet packet, Damage damage) {
        return switch (packet.linkType()) {
            case LINK_ETHERNET -> ethernet(packet, damage);
            case LINK_COOKED -> typed(packet, damage, 14, 16);
            case LINK_COOKED_2 -> typed(packet, damage, 0, 20);
            // Raw IP has several numbers, by the system that captured it.
            case 12, 14, 101, 228 -> packet.from();
            default -> {
                damage.report("link type " + packet.linkType() + ", expected Ethernet (1), Linux cooked (113, 276) or"
                        + " raw IP (101, 228)");
                yield -1;
            }
        };
    }

    private static int ethernet(Packet packet, Damage damage) {
        int at = packet.from();
        int type = 12;
        while (packet.to() - at >= type + 2 && isVlan(Bytes.be16(packet.bytes(), at + type))) {
            type += 4;
        }
        return typed(packet, damage, type, type + 2);
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88A8 || type == 0x9100;
    }

    private static int typed(Packet packet, Damage damage, int type, int header) {
        if (packet.to() - packet.from() < header) {
            damage.report("truncated in its link header");
            return -1;
        }
        return Bytes.be16(packet.bytes(), packet.from() + type) == IPV4 ? packet.from() + header : -1;
    }
}
