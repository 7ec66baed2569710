package tickerplant.bus.kafka;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tickerplant.bus.Bus.Wanted;
import tickerplant.bus.Mark;
import tickerplant.bus.Snapshot;
import tickerplant.market.Clock;
import tickerplant.market.Remembered;

/**
 * Writes the compacted topic, on a thread of its own. One node at a time does: all use the same transactional id, so Kafka itself
 * shuts out whoever did before. A node takes over when nobody has written for a while; it begins with everything, and never at a
 * place before those of its predecessor. A lane is written as a whole or not at all.
 */
final class Keeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Keeper.class.getName());

    /** What is to be written of a lane. */
    private record Lot(int lane, Mark mark, Collection<Remembered> listings) {}

    private final Cluster cluster;
    private final Clock clock;
    private final Topics topics;
    private final LastTopic last;
    private final BlockingQueue<Lot> lots;
    /** What each lane is to give next. */
    private final AtomicReferenceArray<Wanted> wanted;
    /** The place that each lane has to have reached. */
    private final AtomicReferenceArray<Mark> floor;

    private final Thread thread = new Thread(this::run, "last-values");
    private long seenEnd = -1;
    private long seenAt;

    Keeper(Cluster cluster, Clock clock, Topics topics, LastTopic last) {
        this.cluster = cluster;
        this.clock = clock;
        this.topics = topics;
        this.last = last;
        int lanes = topics.partitions();
        lots = new ArrayBlockingQueue<>(lanes);
        wanted = new AtomicReferenceArray<>(lanes);
        floor = new AtomicReferenceArray<>(lanes);
        wantAll(Wanted.NOTHING);
        thread.setDaemon(true);
        thread.start();
    }

    private void wantAll(Wanted what) {
        for (int lane = 0; lane < wanted.length(); lane++) {
            wanted.set(lane, what);
        }
    }

    Wanted wanted(int lane, Mark at) {
        Wanted now = wanted.get(lane);
        return now != Wanted.NOTHING && at.next() >= floor.get(lane).next() ? now : Wanted.NOTHING;
    }

    void keep(int lane, Mark mark, Collection<Remembered> listings) {
        wanted.set(lane, Wanted.NOTHING);
        lots.add(new Lot(lane, mark, List.copyOf(listings)));
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                if (isAbandoned()) {
                    keepUntilReplaced();
                }
                clock.sleepUntil(clock.nanos()
                        + Math.min(
                                TimeUnit.SECONDS.toNanos(1), cluster.takeover().toNanos() / 4));
            }
        } catch (InterruptedException e) {
            // it is to end
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "nothing is kept any more in " + cluster.last(), e);
        }
    }

    /** Whether nobody has written for a while. */
    private boolean isAbandoned() throws InterruptedException {
        try {
            long end = topics.lastEnd();
            if (end != seenEnd) {
                seenEnd = end;
                seenAt = clock.nanos();
            }
            return clock.nanos() - seenAt >= cluster.takeover().toNanos();
        } catch (IOException e) {
            seenEnd = -1; // Kafka is away: nobody can write
            return false;
        }
    }

    private void keepUntilReplaced() throws InterruptedException {
        Properties client = cluster.client("tickerplant-keeper");
        client.setProperty("transactional.id", cluster.last() + "-keeper");
        client.setProperty("acks", "all");
        client.setProperty("enable.idempotence", "true");
        client.setProperty("linger.ms", "20");
        client.setProperty("compression.type", "gzip");
        client.setProperty("max.block.ms", "10000");
        client.setProperty("transaction.timeout.ms", "30000");
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(cluster.complete(client), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            // Whoever wrote before can't any more, so this is the end of what he has written.
            Optional<Snapshot> before = last.read(topics.epoch(), topics.partitions());
            for (int lane = 0; lane < floor.length(); lane++) {
                int here = lane;
                floor.set(
                        lane, before.map(snapshot -> snapshot.marks().get(here)).orElse(Mark.START));
            }
            wantAll(Wanted.EVERYTHING);
            LOG.log(Level.INFO, "this node keeps the last values in " + cluster.last());
            while (true) {
                write(producer, lots.take());
            }
        } catch (InterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (KafkaException | IOException e) {
            LOG.log(Level.INFO, "this node keeps the last values no more: " + e.getMessage());
        } finally {
            wantAll(Wanted.NOTHING);
            lots.clear();
            seenEnd = -1;
            producer.close(Duration.ZERO);
        }
    }

    private void write(Producer<byte[], byte[]> producer, Lot lot) {
        producer.beginTransaction();
        String epoch = topics.epoch();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Remembered listing : lot.listings()) {
            records.add(
                    new ProducerRecord<>(cluster.last(), 0, LastTopic.key(listing), Memories.write(epoch, listing)));
        }
        records.add(
                new ProducerRecord<>(cluster.last(), 0, LastTopic.key(lot.lane()), Memories.write(epoch, lot.mark())));
        for (ProducerRecord<byte[], byte[]> each : records) {
            Future<RecordMetadata> unused = producer.send(each); // the commit says whether all is there
        }
        producer.commitTransaction();
        floor.set(lot.lane(), lot.mark());
        wanted.set(lot.lane(), Wanted.CHANGES);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
