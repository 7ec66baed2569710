package tickerplant.feed.iex;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import tickerplant.feed.FeedSink;
import tickerplant.feed.Recording;
import tickerplant.feed.binary.ByteWindow;
import tickerplant.market.Listed;

/** A capture of IEX TOPS 1.6 or DEEP 1.0 packets, in pcap or pcap-ng form. */
public final class IexCapture implements Recording {
    private final Source source;
    private final Universe universe;

    /**
     * A capture that is not yet opened.
     *
     * @param feed the name of the feed that its symbols belong to
     * @param prefix put before every symbol; may be empty
     */
    public IexCapture(Source source, String feed, String prefix) {
        this.source = source;
        this.universe = new Universe(feed, prefix);
    }

    /** Whether a file that begins with these bytes is a capture. */
    public static boolean isCapture(byte[] head) {
        return PacketReader.isCapture(head);
    }

    @Override
    public List<Listed> instruments() throws IOException {
        Packet packet = new Packet();
        Damage damage = new Damage(packet, FeedSink.NOBODY);
        long packets;
        try {
            packets = read(packet, damage, FeedSink.NOBODY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (packets == 0) {
            throw new IOException("no packet of IEX TOPS 1.6 or DEEP 1.0 among " + packet.number()
                    + (damage.first().isEmpty() ? "" : "; " + damage.first()));
        }
        return universe.listed();
    }

    @Override
    public void play(FeedSink sink) throws IOException, InterruptedException {
        Packet packet = new Packet();
        read(packet, new Damage(packet, sink), sink);
    }

    /** Reads the whole capture; how many packets of IEX it held. */
    private long read(Packet packet, Damage damage, FeedSink sink) throws IOException, InterruptedException {
        try (ByteWindow in = new ByteWindow(source.open())) {
            PacketReader packets = PacketReader.of(in).orElseThrow(() -> new IOException("no longer a capture"));
            UdpPayload payload = new UdpPayload();
            Transport transport = new Transport(new MessageDecoder(universe, sink, damage), damage);
            while (packets.next(packet, damage)) {
                if (payload.find(packet, damage)) {
                    transport.datagram(packet.bytes(), payload.from(), payload.to());
                }
            }
            return transport.packets();
        }
    }
}
