package tickerplant.bus.kafka;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import tickerplant.market.Clock;

/** The two topics: made where they are missing, else held against what they must be. Any thread that may wait. */
final class Topics implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Topics.class.getName());
    private static final long PATIENCE_MILLIS = 30_000;
    private static final String CLEANUP = "cleanup.policy";

    private final Cluster cluster;
    private final Clock clock;
    private final Admin admin;
    private String epoch = "";
    private int partitions;

    Topics(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        admin = Admin.create(cluster.complete(cluster.client("tickerplant-topics")));
    }

    /**
     * Makes sure that both are there and as they must be.
     *
     * @throws IOException naming what is otherwise and what was expected, in one line
     */
    void prepare() throws IOException, InterruptedException {
        if (!exists(cluster.ticks())) {
            make(
                    cluster.ticks(),
                    cluster.partitions(),
                    Map.of(
                            CLEANUP,
                            "delete",
                            "retention.ms",
                            Long.toString(cluster.retention().toMillis())));
        }
        if (!exists(cluster.last())) {
            make(
                    cluster.last(),
                    1,
                    Map.of(
                            CLEANUP,
                            "compact",
                            "segment.bytes",
                            Integer.toString(32 << 20),
                            "segment.ms",
                            "600000",
                            "min.cleanable.dirty.ratio",
                            "0.2"));
        }
        TopicDescription ticks = described(cluster.ticks());
        check(cluster.ticks(), CLEANUP, "delete");
        check(cluster.last(), CLEANUP, "compact");
        if (described(cluster.last()).partitions().size() != 1) {
            throw new IOException("the topic " + cluster.last() + " has "
                    + described(cluster.last()).partitions().size() + " partitions, expected 1");
        }
        epoch = "k-" + ticks.topicId();
        partitions = ticks.partitions().size();
    }

    /** The name of the log: that of the topic's life, so a topic that is deleted and made anew is another log. */
    String epoch() {
        return epoch;
    }

    int partitions() {
        return partitions;
    }

    private boolean exists(String topic) throws IOException, InterruptedException {
        return await(admin.listTopics().names()).contains(topic);
    }

    private TopicDescription described(String topic) throws IOException, InterruptedException {
        return untilKnown(
                () -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    /** A topic that was just made may be unknown to some broker for a moment. */
    private <T> T untilKnown(Supplier<KafkaFuture<T>> question) throws IOException, InterruptedException {
        long until = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            try {
                return await(question.get());
            } catch (IOException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || clock.nanos() > until) {
                    throw e;
                }
                clock.sleepUntil(clock.nanos() + TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private void make(String topic, int count, Map<String, String> configs) throws IOException, InterruptedException {
        NewTopic wanted = new NewTopic(topic, Optional.of(count), Optional.empty()).configs(configs);
        try {
            admin.createTopics(List.of(wanted)).all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            LOG.log(Level.INFO, "made the topic " + topic + ", partitions=" + count + " " + configs);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // another node was quicker
                throw failed(e.getCause());
            }
        } catch (TimeoutException e) {
            throw failed(e);
        }
    }

    private void check(String topic, String key, String expected) throws IOException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = untilKnown(
                () -> admin.describeConfigs(List.of(resource)).values().get(resource));
        String value = config.get(key).value();
        if (!value.equals(expected)) {
            throw new IOException("the topic " + topic + " has " + key + "=" + value + ", expected " + key + "="
                    + expected + "; set it with kafka-configs, or choose another kafka.prefix");
        }
    }

    /** The place after the last entry of each partition of ticks. */
    Map<Integer, Long> ends() throws IOException, InterruptedException {
        return offsets(OffsetSpec.latest());
    }

    /** The place of the oldest entry of each partition of ticks that is still there. */
    Map<Integer, Long> beginnings() throws IOException, InterruptedException {
        return offsets(OffsetSpec.earliest());
    }

    private Map<Integer, Long> offsets(OffsetSpec spec) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(cluster.ticks(), partition), spec);
        }
        Map<Integer, Long> offsets = new LinkedHashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                untilKnown(() -> admin.listOffsets(asked).all()).entrySet()) {
            offsets.put(found.getKey().partition(), found.getValue().offset());
        }
        return offsets;
    }

    /** The place after the last record of the compacted topic. */
    long lastEnd() throws IOException, InterruptedException {
        TopicPartition only = new TopicPartition(cluster.last(), 0);
        return await(admin.listOffsets(Map.of(only, OffsetSpec.latest())).partitionResult(only))
                .offset();
    }

    private <T> T await(KafkaFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        }
    }

    private IOException failed(Throwable cause) {
        String reason = cause instanceof TimeoutException
                ? "no answer in " + PATIENCE_MILLIS / 1_000 + " s"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new IOException("Kafka at " + cluster.bootstrap() + " can't be asked, " + reason, cause);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
