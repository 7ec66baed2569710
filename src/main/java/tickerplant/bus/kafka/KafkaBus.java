package tickerplant.bus.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import tickerplant.bus.Bus;
import tickerplant.bus.Follower;
import tickerplant.bus.Following;
import tickerplant.bus.Handover;
import tickerplant.bus.Mark;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.bus.Snapshot;
import tickerplant.market.Clock;
import tickerplant.market.Event;
import tickerplant.market.LogEntry;
import tickerplant.market.Receipt;
import tickerplant.market.Remembered;
import tickerplant.market.Symbol;

/** A log on Kafka: a symbol's lane is the partition that its name falls into, an entry's place its offset there. */
public final class KafkaBus implements Bus {
    private final Cluster cluster;
    private final Clock clock;
    private final Topics topics;
    private final Appender appender;
    private final LastTopic last;
    private final Keeper keeper;
    private final List<PartitionReader> readers = new CopyOnWriteArrayList<>();

    private KafkaBus(Cluster cluster, Clock clock, Topics topics) {
        this.cluster = cluster;
        this.clock = clock;
        this.topics = topics;
        last = new LastTopic(cluster, clock);
        appender = new Appender(cluster, clock);
        keeper = new Keeper(cluster, clock, topics, last);
    }

    /**
     * The log of a cluster, whose topics are made where they are missing.
     *
     * @throws IOException where it can't be reached, or a topic is not as it must be; the message is one line for a person
     */
    public static Bus open(Cluster cluster, Clock clock) throws IOException, InterruptedException {
        Topics topics = null;
        try {
            topics = new Topics(cluster, clock);
            topics.prepare();
            return new KafkaBus(cluster, clock, topics);
        } catch (IOException | KafkaException e) {
            if (topics != null) {
                topics.close();
            }
            throw e instanceof IOException unreachable
                    ? unreachable
                    : new IOException("Kafka at " + cluster.bootstrap() + " can't be used: " + e.getMessage(), e);
        }
    }

    @Override
    public String epoch() {
        return topics.epoch();
    }

    @Override
    public int lanes() {
        return topics.partitions();
    }

    @Override
    public int lane(Symbol symbol) {
        return lane(symbol.name());
    }

    private int lane(String key) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % topics.partitions();
    }

    @Override
    public void publish(LogEntry entry, Origin origin) throws InterruptedException {
        for (Appender.Addressed each : addressed(new Posting(entry, origin))) {
            appender.append(each.lane(), each.key(), each.posting());
        }
    }

    @Override
    public void publish(List<Posting> postings, Receipt receipt) throws InterruptedException {
        List<Appender.Addressed> entries = new ArrayList<>();
        List<Appender.Addressed> marks = new ArrayList<>();
        postings.forEach(posting -> (posting.entry().isPresent() ? entries : marks).addAll(addressed(posting)));
        appender.append(entries, marks, receipt);
    }

    /** An event goes to its symbol's lane, a mark to its source's, everything else to all. */
    private List<Appender.Addressed> addressed(Posting posting) {
        if (posting.entry().isEmpty() || posting.entry().get() instanceof Event) {
            String key = posting.entry()
                    .map(entry -> ((Event) entry).symbol().name())
                    .orElse(posting.origin().source());
            return List.of(new Appender.Addressed(lane(key), key, posting));
        }
        List<Appender.Addressed> everywhere = new ArrayList<>();
        for (int lane = 0; lane < lanes(); lane++) {
            everywhere.add(new Appender.Addressed(lane, "", posting));
        }
        return everywhere;
    }

    @Override
    public Optional<String> trouble() {
        for (PartitionReader reader : readers) {
            if (reader.failure().isPresent()) {
                return reader.failure();
            }
        }
        return appender.trouble();
    }

    @Override
    public Optional<Snapshot> snapshot() throws IOException {
        return last.read(topics.epoch(), topics.partitions());
    }

    @Override
    public Wanted wanted(int lane, Mark at) {
        return keeper.wanted(lane, at);
    }

    @Override
    public void keep(int lane, Mark mark, Collection<Remembered> listings) {
        keeper.keep(lane, mark, listings);
    }

    @Override
    public Following follow(Handover<Runnable> thread, List<Mark> from, Follower follower) throws IOException {
        PartitionReader reader = new PartitionReader(cluster, clock, topics, appender, thread, from, follower);
        readers.add(reader);
        return reader;
    }

    @Override
    public void close() {
        readers.forEach(PartitionReader::close);
        keeper.close();
        appender.close();
        topics.close();
    }
}
