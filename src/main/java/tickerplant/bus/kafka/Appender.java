package tickerplant.bus.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tickerplant.bus.Posting;
import tickerplant.market.Clock;
import tickerplant.market.Receipt;

/**
 * Writes into the topic of ticks. What is under way is bounded, and tried until it is there: while Kafka is away, whoever
 * publishes waits.
 */
final class Appender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Appender.class.getName());
    /** How many entries may be under way. */
    private static final int ROOM = 16_384;
    /** Without any confirmation for so long while something is under way, Kafka is taken to be away. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();
    /** After so long whoever waits for a confirmation is told that there is none. */
    private static final long ANSWER_NANOS = Duration.ofSeconds(5).toNanos();
    /** How long the one thread that publishes waits before it looks whether it is to stop. */
    private static final String BLOCK_MILLIS = "1000";

    private final Cluster cluster;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final Semaphore room = new Semaphore(ROOM);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong progressed = new AtomicLong();
    private final LongAdder confirmed = new LongAdder();
    private volatile String failure = "";

    Appender(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
        Properties client = cluster.client("tickerplant-feed");
        client.setProperty("acks", "all");
        client.setProperty("enable.idempotence", "true");
        client.setProperty("linger.ms", "1");
        client.setProperty("max.block.ms", BLOCK_MILLIS);
        client.setProperty("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
        client.setProperty("reconnect.backoff.max.ms", "500");
        producer = new KafkaProducer<>(cluster.complete(client), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Messages that wait for their confirmation, the oldest first. */
    private final Queue<Settlement> waiting = new ConcurrentLinkedQueue<>();

    /** Hears what became of one of several postings. */
    private interface Confirmation {
        void confirmed(Exception problem);
    }

    /** Appends one posting. */
    void append(int lane, String key, Posting posting) throws InterruptedException {
        room.acquire();
        send(lane, key, posting, problem -> {}, true);
    }

    /** One posting of a message, with its lane. */
    record Addressed(int lane, String key, Posting posting) {}

    /**
     * Appends what belongs together.
     *
     * @param marks what is appended once all the entries are there
     */
    void append(List<Addressed> entries, List<Addressed> marks, Receipt receipt) throws InterruptedException {
        room.acquire(entries.size() + marks.size());
        long until = clock.nanos() + ANSWER_NANOS;
        Settlement marked = new Settlement(marks.size(), until, receipt);
        Settlement entered = new Settlement(entries.size(), until, new Receipt() {
            @Override
            public void safe() {
                if (marks.isEmpty()) {
                    marked.answer("");
                }
                marks.forEach(each -> sendAfter(each, marked));
            }

            @Override
            public void lost(String reason) {
                room.release(marks.size());
                marked.answer(reason);
            }
        });
        waiting.add(marked);
        if (entries.isEmpty()) {
            entered.answer("");
        }
        for (Addressed each : entries) {
            send(each.lane(), each.key(), each.posting(), entered, true);
        }
    }

    /** On the client's own thread, which must not wait; it has just heard from Kafka. */
    private void sendAfter(Addressed each, Settlement settlement) {
        try {
            send(each.lane(), each.key(), each.posting(), settlement, false);
        } catch (InterruptedException | KafkaException e) {
            settlement.confirmed(e);
        }
    }

    private void send(int lane, String key, Posting posting, Confirmation confirmation, boolean patient)
            throws InterruptedException {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                cluster.ticks(), lane, key.getBytes(StandardCharsets.UTF_8), Postings.write(posting));
        if (underWay.getAndIncrement() == 0) {
            progressed.set(clock.nanos());
        }
        Attempt attempt = new Attempt(confirmation);
        boolean decided = false;
        try {
            do {
                attempt.begins();
                Future<RecordMetadata> unused = producer.send(message, attempt);
                attempt.ends();
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            } while (patient && attempt.mayBeRepeated());
            decided = true;
        } catch (InterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        } finally {
            if (decided) {
                attempt.refused().ifPresent(problem -> settled(confirmation, problem));
            } else if (attempt.wasNotTaken()) {
                underWay.decrementAndGet();
                room.release();
            }
        }
    }

    /**
     * One posting that is handed to the client. The client says two things in the same way: that it didn't take it, which it says while it is
     * being asked, and what became of what it took.
     */
    private final class Attempt implements Callback {
        private final Confirmation confirmation;
        private final Thread asking = Thread.currentThread();
        private boolean isAsked;
        private Optional<Exception> refused = Optional.empty();

        Attempt(Confirmation confirmation) {
            this.confirmation = confirmation;
        }

        void begins() {
            isAsked = true;
            refused = Optional.empty();
        }

        void ends() {
            isAsked = false;
        }

        @Override
        public void onCompletion(RecordMetadata place, Exception problem) {
            if (Thread.currentThread() == asking && isAsked) {
                refused = Optional.of(problem);
            } else {
                settled(confirmation, problem);
            }
        }

        Optional<Exception> refused() {
            return refused;
        }

        /** Kafka is away, or slower than those who publish. */
        boolean mayBeRepeated() {
            return refused.filter(RetriableException.class::isInstance).isPresent();
        }

        /** Whether it was given up before the client took it. */
        boolean wasNotTaken() {
            return isAsked || refused.isPresent();
        }
    }

    private void settled(Confirmation confirmation, Exception problem) {
        room.release();
        progressed.set(clock.nanos());
        if (problem == null) {
            confirmed.increment();
        } else if (failure.isEmpty()) {
            failure = "the log refuses entries: " + problem.getMessage();
            LOG.log(Level.ERROR, "an entry did not come into " + cluster.ticks() + ": " + problem);
        }
        confirmation.confirmed(problem);
        underWay.decrementAndGet();
    }

    /** Tells those who have waited too long that it isn't certain; what they sent may come into the log all the same. */
    void expire() {
        for (Settlement oldest = waiting.peek();
                oldest != null && (oldest.isAnswered() || oldest.until - clock.nanos() < 0);
                oldest = waiting.peek()) {
            waiting.remove();
            oldest.answer("the log has not confirmed it in "
                    + Duration.ofNanos(ANSWER_NANOS).toSeconds() + " s, send it again");
        }
    }

    /** Whether everything that was appended is there. */
    boolean isSettled() {
        return underWay.get() == 0;
    }

    /** How many entries are under way. */
    int underWay() {
        return underWay.get();
    }

    /** Why nothing comes through; empty where all is well. */
    Optional<String> trouble() {
        if (!failure.isEmpty()) {
            return Optional.of(failure);
        }
        long silence = clock.nanos() - progressed.get();
        return underWay.get() > 0 && silence > SILENCE_NANOS
                ? Optional.of("Kafka has confirmed nothing for "
                        + Duration.ofNanos(silence).toSeconds() + " s")
                : Optional.empty();
    }

    @Override
    public void close() {
        try {
            producer.close(Duration.ofSeconds(1));
        } catch (KafkaException e) {
            LOG.log(Level.WARNING, "the end of publishing was cut short: " + e.getMessage());
        }
    }

    /** Waits for all postings of a message. */
    private static final class Settlement implements Confirmation {
        private final AtomicInteger left;
        private final Receipt receipt;
        private final long until;
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile String problem = "";

        Settlement(int postings, long until, Receipt receipt) {
            left = new AtomicInteger(postings);
            this.receipt = receipt;
            this.until = until;
        }

        boolean isAnswered() {
            return answered.get();
        }

        /** Answers, unless that was done before; with no reason it is safe. */
        void answer(String reason) {
            if (answered.getAndSet(true)) {
                return;
            }
            if (reason.isEmpty()) {
                receipt.safe();
            } else {
                receipt.lost(reason);
            }
        }

        @Override
        public void confirmed(Exception trouble) {
            if (trouble != null) {
                problem = "the log did not take it: " + trouble.getMessage();
            }
            if (left.decrementAndGet() <= 0) {
                answer(problem);
            }
        }
    }
}
