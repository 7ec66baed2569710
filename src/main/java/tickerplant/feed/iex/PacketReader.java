package tickerplant.feed.iex;

import java.io.IOException;
import java.util.Optional;
import tickerplant.feed.binary.ByteWindow;
import tickerplant.feed.binary.Bytes;

/** Takes a capture apart into packets. Records that make no sense are reported, and passed over. */
interface PacketReader {
    /** Finds the next packet; false at the end of the capture. */
    boolean next(Packet packet, Damage damage) throws IOException;

    /** The reader that a capture's first bytes, its magic number, ask for; empty where it is no capture. */
    static Optional<PacketReader> of(ByteWindow in) throws IOException {
        if (!in.has(4)) {
            return Optional.empty();
        }
        int magic = Bytes.le32(in.window(), in.at());
        if (magic == PcapNgReader.SECTION) {
            return Optional.of(new PcapNgReader(in));
        }
        return PcapReader.Form.of(magic).map(form -> new PcapReader(in, form));
    }

    /** Whether a file that begins with these bytes is a capture. */
    static boolean isCapture(byte[] head) {
        if (head.length < 4) {
            return false;
        }
        int magic = Bytes.le32(head, 0);
        return magic == PcapNgReader.SECTION || PcapReader.Form.of(magic).isPresent();
    }
}
