package tickerplant.feed.iex;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Builds the bytes of a capture file, pcap or pcap-ng, around given payloads. */
public final class CaptureBytes {
    public static final int ETHERNET = 1;
    public static final int RAW_IP = 101;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> starts = new ArrayList<>();
    private final ByteOrder order;
    private final boolean nextGeneration;

    private CaptureBytes(ByteOrder order, boolean nextGeneration) {
        this.order = order;
        this.nextGeneration = nextGeneration;
    }

    public static CaptureBytes pcap(ByteOrder order, int magic, int linkType) {
        CaptureBytes capture = new CaptureBytes(order, false);
        ByteBuffer header = capture.buffer(24);
        header.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        header.putInt(65_535).putInt(linkType);
        capture.write(header);
        return capture;
    }

    public static CaptureBytes pcap() {
        return pcap(ByteOrder.LITTLE_ENDIAN, 0xA1B2C3D4, ETHERNET);
    }

    public static CaptureBytes pcapNg(ByteOrder order) {
        CaptureBytes capture = new CaptureBytes(order, true);
        capture.section();
        return capture;
    }

    public CaptureBytes section() {
        block(0x0A0D0D0A, buffer(16).putInt(0x1A2B3C4D).putInt(1).putLong(-1));
        return this;
    }

    /** An interface whose clock counts nanoseconds. */
    public CaptureBytes linkType(int linkType) {
        ByteBuffer block =
                buffer(20).putShort((short) linkType).putShort((short) 0).putInt(65_535);
        block.putShort((short) 9)
                .putShort((short) 1)
                .put((byte) 9)
                .put(new byte[3])
                .putInt(0);
        block(1, block);
        return this;
    }

    public CaptureBytes block(int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        write(buffer(length).putInt(type).putInt(length).put(body.clear()).putInt(length));
        return this;
    }

    /** A datagram in the usual frame: Ethernet. */
    public CaptureBytes packet(Tops tops) {
        return frame(ethernet(tops.bytes()));
    }

    public CaptureBytes frame(byte[] frame) {
        return frame(frame, frame.length);
    }

    /** A frame of which less was captured than there was. */
    public CaptureBytes frame(byte[] frame, int originalLength) {
        starts.add(out.size());
        int padded = (frame.length + 3) / 4 * 4;
        if (nextGeneration) {
            ByteBuffer body = buffer(20 + padded).putInt(0).putInt(1).putInt(2);
            block(6, body.putInt(frame.length).putInt(originalLength).put(frame));
        } else {
            write(buffer(16 + frame.length)
                    .putInt(1_500_000_000 + starts.size())
                    .putInt(5)
                    .putInt(frame.length)
                    .putInt(originalLength)
                    .put(frame));
        }
        return this;
    }

    public CaptureBytes simple(byte[] frame) {
        starts.add(out.size());
        block(3, buffer(4 + (frame.length + 3) / 4 * 4).putInt(frame.length).put(frame));
        return this;
    }

    /** Where each packet's record begins. */
    public List<Integer> starts() {
        return starts;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static byte[] ethernet(byte[] payload, int... vlans) {
        byte[] ip = ip(payload);
        ByteBuffer frame =
                ByteBuffer.allocate(14 + 4 * vlans.length + ip.length).put(new byte[12]);
        for (int vlan : vlans) {
            frame.putShort((short) 0x8100).putShort((short) vlan);
        }
        return frame.putShort((short) 0x0800).put(ip).array();
    }

    public static byte[] ip(byte[] payload) {
        ByteBuffer ip = ByteBuffer.allocate(28 + payload.length);
        ip.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (28 + payload.length))
                .putInt(0x4000);
        ip.put((byte) 64).put((byte) 17).putShort((short) 0).putInt(0).putInt(0);
        ip.putShort((short) 1)
                .putShort((short) 2)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0);
        return ip.put(payload).array();
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    private void write(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.clear().get(bytes);
        out.writeBytes(bytes);
    }
}
