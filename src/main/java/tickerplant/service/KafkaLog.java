package tickerplant.service;

import java.io.IOException;
import java.time.Duration;
import tickerplant.bus.Bus;
import tickerplant.bus.kafka.Cluster;
import tickerplant.bus.kafka.KafkaBus;
import tickerplant.market.Clock;

/** The one place that knows that a log may be on Kafka, so that nothing of it is loaded before somebody asks for one. */
final class KafkaLog {
    private KafkaLog() {}

    /**
     * The log that the settings ask for.
     *
     * @throws IOException where it can't be; the message is one line for a person
     */
    static Bus open(String brokers, Settings settings, Clock clock) throws IOException, InterruptedException {
        Cluster cluster = new Cluster(
                brokers,
                settings.kafkaProperties(),
                settings.one(Setting.KAFKA_PREFIX),
                settings.number(Setting.KAFKA_PARTITIONS),
                Duration.ofMillis(settings.number(Setting.KAFKA_RETENTION_MS)),
                Duration.ofMillis(settings.number(Setting.KAFKA_TAKEOVER_MS)));
        return KafkaBus.open(cluster, clock);
    }
}
