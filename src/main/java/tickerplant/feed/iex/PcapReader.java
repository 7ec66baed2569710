package tickerplant.feed.iex;

import java.io.IOException;
import java.util.Optional;
import tickerplant.feed.binary.ByteWindow;
import tickerplant.feed.binary.Bytes;

/**
 * Reads the classic pcap form: a header of 24 bytes, then records with a header of 16. Nothing in it says where a record
 * begins, so after a broken header the next place is searched at which two headers in a row make sense.
 */
final class PcapReader implements PacketReader {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;

    /** An IP header and a UDP header; a record that holds less is no landmark. */
    private static final int SMALLEST_DATAGRAM = 28;

    /** The exchange is younger than the year 2010. */
    private static final int EARLIEST_SECONDS = 1_262_304_000;

    private static final long DAY_SECONDS = 86_400;

    /** Byte order and resolution, which the magic number tells. */
    enum Form {
        LITTLE_MICROS(0xA1B2C3D4, true, 1_000_000),
        LITTLE_NANOS(0xA1B23C4D, true, 1_000_000_000),
        BIG_MICROS(0xD4C3B2A1, false, 1_000_000),
        BIG_NANOS(0x4D3CB2A1, false, 1_000_000_000);

        private final int magic;
        private final boolean little;
        private final int fractions;

        Form(int magic, boolean little, int fractions) {
            this.magic = magic;
            this.little = little;
            this.fractions = fractions;
        }

        /** The form of a magic number that was read as little-endian. */
        static Optional<Form> of(int magic) {
            for (Form form : values()) {
                if (form.magic == magic) {
                    return Optional.of(form);
                }
            }
            return Optional.empty();
        }
    }

    private final ByteWindow in;
    private final Form form;
    private boolean begun;
    private int linkType;
    private long lastSeconds = -1;

    PcapReader(ByteWindow in, Form form) {
        this.in = in;
        this.form = form;
    }

    @Override
    public boolean next(Packet packet, Damage damage) throws IOException {
        if (!begun && !begin(packet, damage)) {
            return false;
        }
        if (!in.has(RECORD_HEADER)) {
            if (in.rest() > 0 || in.broken()) {
                packet.begin(in.offset());
                damage.report(in.ending() + " inside a record header");
            }
            return false;
        }
        packet.begin(in.offset());
        if (!isPossible(in.at())) {
            damage.report("a record of " + unsigned(in.at() + 8) + " bytes with " + unsigned(in.at() + 4)
                    + " fractions of a second, expected at most " + ByteWindow.MAX_RECORD + " and fewer than "
                    + form.fractions);
            if (!search()) {
                return false;
            }
            packet.begin(in.offset());
        } else if (!in.has(RECORD_HEADER + length(in.at()))) {
            damage.report(in.ending() + " inside a record of " + length(in.at()) + " bytes");
            // Either the end is missing or the length is wrong; in the second case there is more to be found.
            if (!search()) {
                return false;
            }
            packet.begin(in.offset());
        }
        int at = in.at();
        int length = length(at);
        lastSeconds = unsigned(at);
        packet.holds(linkType, in.window(), at + RECORD_HEADER, at + RECORD_HEADER + length);
        in.skip(RECORD_HEADER + length);
        return true;
    }

    private boolean begin(Packet packet, Damage damage) throws IOException {
        begun = true;
        if (!in.has(FILE_HEADER)) {
            packet.begin(in.offset());
            damage.report(in.ending() + " inside the file header");
            return false;
        }
        // The upper half may say how long the frame check sequence is.
        linkType = int32(in.at() + 20) & 0xFFFF;
        in.skip(FILE_HEADER);
        return true;
    }

    private boolean search() throws IOException {
        do {
            in.skip(1);
            if (!in.has(RECORD_HEADER)) {
                return false;
            }
        } while (!isLikely(in.at()) || !continues());
        return true;
    }

    /** Whether the record here is followed by another, or by the end. */
    private boolean continues() throws IOException {
        int record = RECORD_HEADER + length(in.at());
        if (!in.has(record)) {
            return false;
        }
        if (in.has(record + RECORD_HEADER)) {
            return isLikely(in.at() + record);
        }
        return in.rest() == record;
    }

    private boolean isPossible(int at) {
        return unsigned(at + 8) <= ByteWindow.MAX_RECORD && unsigned(at + 4) < form.fractions;
    }

    private boolean isLikely(int at) {
        return isPossible(at)
                && unsigned(at + 8) >= SMALLEST_DATAGRAM
                && unsigned(at + 8) <= unsigned(at + 12)
                && unsigned(at + 12) <= ByteWindow.MAX_RECORD
                && (lastSeconds < 0
                        ? int32(at) >= EARLIEST_SECONDS
                        : Math.abs(unsigned(at) - lastSeconds) <= DAY_SECONDS);
    }

    private int length(int at) {
        return int32(at + 8);
    }

    private long unsigned(int at) {
        return Integer.toUnsignedLong(int32(at));
    }

    private int int32(int at) {
        return form.little ? Bytes.le32(in.window(), at) : Bytes.be32(in.window(), at);
    }
}
