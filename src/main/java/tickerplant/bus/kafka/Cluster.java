package tickerplant.bus.kafka;

import java.time.Duration;
import java.util.Properties;

/**
 * Which Kafka, and how it is used.
 *
 * @param bootstrap host:port of some of its brokers, with commas between them
 * @param properties what is passed through to every client, such as security.protocol; it wins over what we set
 * @param prefix what the names of the two topics begin with
 * @param partitions how many partitions the topic of ticks gets where it has to be made
 * @param retention how long entries are kept where the topic has to be made
 * @param takeover how long nobody may have kept a snapshot before this one does
 */
public record Cluster(
        String bootstrap, Properties properties, String prefix, int partitions, Duration retention, Duration takeover) {
    /** The topic that is the log. */
    String ticks() {
        return prefix + "ticks";
    }

    /** The compacted topic of what the entries came to. */
    String last() {
        return prefix + "last";
    }

    /** What a client of it needs; the rest is the client's. */
    Properties client(String name) {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrap);
        client.setProperty("client.id", name);
        return client;
    }

    /** What is passed through wins. */
    Properties complete(Properties client) {
        properties.stringPropertyNames().forEach(key -> client.setProperty(key, properties.getProperty(key)));
        return client;
    }
}
