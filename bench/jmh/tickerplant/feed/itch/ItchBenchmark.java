package tickerplant.feed.itch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
import tickerplant.feed.binary.Bytes;
import tickerplant.feed.iex.Decoded;

/** A Nasdaq ITCH file, unpacked in memory, to events: one that is generated, and a real one where it lies beside the project. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ItchBenchmark {
    private static final int MESSAGES = 200_000;
    private static final int SYMBOLS = 20;
    private static final int WAITING = 20_000;

    @Param({"generated", "recorded"})
    public String file;

    private byte[] bytes;
    private long messages;
    private ItchFile reader;

    /** An order that waits. */
    private record Order(int symbol, long number, int price) {}

    /** Reads or writes the file and its symbols. */
    @Setup
    public void prepare() throws IOException {
        bytes = file.equals("recorded") ? Unpacked.bytes("itch", "ex20101224.TEST_ITCH_50.gz") : generated();
        for (int at = 0; at + 3 <= bytes.length; messages++) {
            int word = Bytes.be16(bytes, at);
            at += 2 + (word > 0 ? word : Form.length(bytes[at + 2] & 0xFF));
        }
        reader = new ItchFile(() -> new ByteArrayInputStream(bytes), "f", "", LocalDate.of(2026, 1, 2));
        reader.instruments();
    }

    /** Some 20,000 orders wait at a time; of those that don't come anew, most are deleted, some replaced or executed. */
    private static byte[] generated() {
        Random random = new Random(1);
        Itch itch = new Itch(true).system(0, 'O');
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            itch.directory(symbol + 1, 1, "SYM" + symbol, 'Q', 100);
        }
        List<Order> waiting = new ArrayList<>();
        long number = 0;
        for (int i = 0; i < MESSAGES; i++) {
            long ts = 34_200_000_000_000L + i * 10_000L;
            number++;
            if (waiting.size() < WAITING / 2 || (waiting.size() < WAITING && random.nextBoolean())) {
                int symbol = random.nextInt(SYMBOLS);
                boolean buy = random.nextBoolean();
                int price = 1_000_000 + (buy ? -100 : 100) * (1 + random.nextInt(100));
                itch.add(symbol + 1, ts, number, buy ? 'B' : 'S', 200, "SYM" + symbol, price);
                waiting.add(new Order(symbol, number, price));
                continue;
            }
            int place = random.nextInt(waiting.size());
            Order order = waiting.get(place);
            Order last = waiting.remove(waiting.size() - 1);
            if (place < waiting.size()) {
                waiting.set(place, last);
            }
            int kind = random.nextInt(10);
            if (kind < 6) {
                itch.deleted(order.symbol() + 1, ts, order.number());
            } else if (kind < 8) {
                itch.replaced(order.symbol() + 1, ts, order.number(), number, 200, order.price());
                waiting.add(new Order(order.symbol(), number, order.price()));
            } else {
                itch.executed(order.symbol() + 1, ts, order.number(), 200, number);
            }
        }
        return itch.bytes();
    }

    @Benchmark
    public long decode(Decoded decoded) throws IOException, InterruptedException {
        reader.play(decoded);
        decoded.messages += messages;
        return decoded.messages;
    }
}
