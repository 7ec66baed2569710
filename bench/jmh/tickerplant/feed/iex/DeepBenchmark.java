package tickerplant.feed.iex;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tickerplant.feed.Unpacked;

/** A capture of IEX DEEP, unpacked in memory, to events: one that is generated, and a real one where it lies beside the project. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DeepBenchmark {
    private static final int PACKETS = 20_000;
    private static final int SYMBOLS = 20;

    @Param({"generated", "recorded"})
    public String capture;

    private byte[] bytes;
    private long messages;
    private IexCapture reader;

    /** Reads or writes the capture and its symbols. */
    @Setup
    public void prepare() throws IOException {
        bytes = capture.equals("recorded") ? Unpacked.bytes("iex", "DEEP10.pcap.gz") : generated();
        messages = messages(bytes);
        reader = new IexCapture(() -> new ByteArrayInputStream(bytes), "f", "");
        reader.instruments();
    }

    /** Ten messages a packet: a trade, and levels that come and go near a price that wanders. */
    private static byte[] generated() {
        Random random = new Random(1);
        CaptureBytes file = CaptureBytes.pcap();
        long ts = 1_767_225_600_000_000_000L;
        long number = 1;
        for (int packet = 0; packet < PACKETS; packet++) {
            Tops tops = Tops.from(number).protocol(0x8004).sent(ts);
            String symbol = "SYM" + random.nextInt(SYMBOLS);
            long price = 1_000_000 + 100L * random.nextInt(50);
            tops.trade(0, ts, symbol, 100, price, number);
            for (int i = 1; i < 10; i++) {
                boolean buy = random.nextBoolean();
                long level = price + (buy ? -100L : 100L) * random.nextInt(20);
                tops.level(buy ? '8' : '5', random.nextBoolean(), ts, symbol, 100 * random.nextInt(4), level);
            }
            file.packet(tops);
            number += 10;
            ts += 50_000;
        }
        return file.bytes();
    }

    /** How many messages there are, by the packets' own counts. */
    private static long messages(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long count = 0;
        for (int at = 24; at + 16 + in.getInt(at + 8) <= file.length; at += 16 + in.getInt(at + 8)) {
            count += in.getShort(at + 16 + 42 + 14) & 0xFFFF;
            if (at + 16 + in.getInt(at + 8) + 16 > file.length) {
                break;
            }
        }
        return count;
    }

    @Benchmark
    public long decode(Decoded decoded) throws IOException, InterruptedException {
        reader.play(decoded);
        decoded.messages += messages;
        return decoded.messages;
    }
}
