package tickerplant.bus.kafka;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import tickerplant.bus.Follower;
import tickerplant.bus.Following;
import tickerplant.bus.Handover;
import tickerplant.bus.Lag;
import tickerplant.bus.Lanes;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.market.Clock;

/**
 * Reads all partitions of the topic of ticks from its own places on, with a thread of its own, and belongs to no group: every node
 * needs everything. What it has read and nobody has taken is bounded; then Kafka has to wait.
 */
final class PartitionReader implements Following {
    private static final Logger LOG = System.getLogger(PartitionReader.class.getName());
    private static final Duration POLL = Duration.ofMillis(100);
    /** How many batches may wait for the follower's thread. */
    private static final int BATCHES = 4;

    /** What stands at a place of the log. */
    private record Placed(int lane, long place, long written, Posting posting) {}

    private final Clock clock;
    private final Topics topics;
    private final Appender appender;
    private final Handover<Runnable> followers;
    private final Lanes lanes;
    private final Consumer<byte[], byte[]> consumer;
    private final Semaphore room = new Semaphore(BATCHES);
    private final Thread thread = new Thread(this::run, "log");
    private final Freshness freshness;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private volatile boolean closed;
    private volatile Optional<String> failure = Optional.empty();

    PartitionReader(
            Cluster cluster,
            Clock clock,
            Topics topics,
            Appender appender,
            Handover<Runnable> followers,
            List<Mark> from,
            Follower follower)
            throws IOException {
        this.clock = clock;
        this.topics = topics;
        this.appender = appender;
        this.followers = followers;
        this.lanes = new Lanes(from, follower);
        this.freshness = new Freshness(from.size(), clock);
        check(from);
        Properties client = cluster.client("tickerplant-log");
        client.setProperty("enable.auto.commit", "false");
        client.setProperty("auto.offset.reset", "none");
        client.setProperty("fetch.max.wait.ms", "100");
        client.setProperty("reconnect.backoff.max.ms", "500");
        consumer =
                new KafkaConsumer<>(cluster.complete(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (int lane = 0; lane < from.size(); lane++) {
            partitions.add(new TopicPartition(cluster.ticks(), lane));
        }
        consumer.assign(partitions);
        partitions.forEach(partition ->
                consumer.seek(partition, from.get(partition.partition()).next()));
        thread.setDaemon(true);
        thread.start();
    }

    /** A place that is no longer there must not be taken for one where nothing happened. */
    private void check(List<Mark> from) throws IOException {
        try {
            Map<Integer, Long> beginnings = topics.beginnings();
            Map<Integer, Long> ends = topics.ends();
            for (int lane = 0; lane < from.size(); lane++) {
                long next = from.get(lane).next();
                if (next < beginnings.get(lane) || next > ends.get(lane)) {
                    throw new IOException("partition " + lane + " has the entries from " + beginnings.get(lane)
                            + " to " + ends.get(lane) + ", expected those from " + next
                            + " on; where the topic's retention was too short, delete both topics to begin anew");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                appender.expire();
                if (!polled.isEmpty()) {
                    handOver(polled);
                }
                for (TopicPartition partition : partitions) {
                    consumer.currentLag(partition)
                            .ifPresent(
                                    lag -> freshness.ends(partition.partition(), consumer.position(partition) + lag));
                }
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            // it is to end
        } catch (KafkaException | IllegalArgumentException e) {
            String why = "the log can't be read any further: " + e.getMessage();
            failure = Optional.of(why);
            LOG.log(Level.ERROR, why + "; this node must be started anew", e);
        } finally {
            Thread.interrupted();
            consumer.close();
        }
    }

    private void handOver(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
        List<Placed> batch = new ArrayList<>(polled.count());
        for (ConsumerRecord<byte[], byte[]> each : polled) {
            batch.add(new Placed(each.partition(), each.offset(), each.timestamp(), Postings.read(each.value())));
        }
        long arrived = clock.nanos();
        room.acquire();
        followers.put(() -> {
            try {
                for (Placed each : batch) {
                    if (!closed) {
                        lanes.hear(each.lane(), each.place(), each.posting(), arrived);
                        freshness.heard(each.lane(), each.written());
                    }
                }
            } finally {
                room.release();
            }
        });
    }

    @Override
    public Mark mark(int lane) {
        return lanes.mark(lane);
    }

    @Override
    public Origin held(String source) {
        return lanes.held(source);
    }

    @Override
    public boolean catchUp(Duration patience) throws InterruptedException {
        long until = clock.nanos() + patience.toNanos();
        while (!appender.isSettled()) {
            if (!waits(until)) {
                return false;
            }
        }
        Map<Integer, Long> ends;
        try {
            ends = topics.ends();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "where the log ends can't be said: " + e.getMessage());
            return false;
        }
        while (!isAt(ends)) {
            if (failure.isPresent() || !waits(until)) {
                return false;
            }
        }
        return true;
    }

    private boolean waits(long until) throws InterruptedException {
        clock.sleepUntil(clock.nanos() + TimeUnit.MILLISECONDS.toNanos(2));
        return clock.nanos() < until;
    }

    private boolean isAt(Map<Integer, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> lanes.next(end.getKey()) >= end.getValue());
    }

    @Override
    public long repeated() {
        return lanes.repeated();
    }

    @Override
    public List<Lag> lags() {
        List<Lag> lags = new ArrayList<>();
        for (int lane = 0; lane < partitions.size(); lane++) {
            lags.add(new Lag(freshness.behind(lane, lanes.next(lane)), freshness.ageMillis(lane)));
        }
        return lags;
    }

    @Override
    public Optional<String> failure() {
        return failure;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
