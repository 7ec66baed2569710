package tickerplant.bus.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tickerplant.bus.Mark;
import tickerplant.bus.Snapshot;
import tickerplant.journal.Unpacked;
import tickerplant.market.Clock;
import tickerplant.market.Remembered;

/** Reads the compacted topic to its end: what of each key came last. */
final class LastTopic {
    /** What a key of a mark begins with; no symbol has a blank. */
    private static final String MARK = "mark ";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Clock clock;

    LastTopic(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    static byte[] key(int lane) {
        return (MARK + lane).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] key(Remembered remembered) {
        return remembered.symbol().name().getBytes(StandardCharsets.UTF_8);
    }

    /** What was kept last of this epoch; empty where nothing was. */
    Optional<Snapshot> read(String epoch, int lanes) throws IOException {
        Properties client = cluster.client("tickerplant-last");
        client.setProperty("enable.auto.commit", "false");
        client.setProperty("isolation.level", "read_committed");
        client.setProperty("fetch.max.wait.ms", "50");
        Map<String, Mark> marks = new HashMap<>();
        Map<String, Remembered> listings = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                cluster.complete(client), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition only = new TopicPartition(cluster.last(), 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            long end = consumer.endOffsets(List.of(only)).get(only);
            long until = clock.nanos() + PATIENCE.toNanos();
            while (consumer.position(only) < end) {
                if (clock.nanos() > until) {
                    throw new IOException("the topic " + cluster.last() + " can't be read to its end in "
                            + PATIENCE.toSeconds() + " s");
                }
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    String key = new String(each.key(), StandardCharsets.UTF_8);
                    Optional<Unpacked> value = Memories.of(epoch, each.value());
                    if (value.isPresent() && key.startsWith(MARK)) {
                        marks.put(key, Memories.mark(value.get()));
                    } else if (value.isPresent()) {
                        listings.put(key, Memories.remembered(value.get()));
                    }
                }
            }
        } catch (KafkaException e) {
            throw new IOException("the topic " + cluster.last() + " can't be read: " + e.getMessage(), e);
        }
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        Mark[] inOrder = new Mark[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            inOrder[lane] = marks.getOrDefault(MARK + lane, Mark.START);
        }
        return Optional.of(new Snapshot(List.of(inOrder), List.copyOf(listings.values())));
    }
}
