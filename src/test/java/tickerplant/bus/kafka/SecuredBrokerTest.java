package tickerplant.bus.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.bus.Bus;
import tickerplant.bus.Node;
import tickerplant.bus.Origin;
import tickerplant.market.Clock;
import tickerplant.market.Events;
import tickerplant.market.Symbol;

/** What is passed through reaches all clients of Kafka: here a name and a password, which the broker wants to see. */
@Tag("kafka")
class SecuredBrokerTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    private static Path folder;

    private static Broker broker;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = Broker.in(
                folder,
                "SASL_PLAINTEXT",
                Map.of(
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                                LOGIN
                                        + "username=\"broker\" password=\"b\" user_broker=\"b\" user_tickerplant=\"t\";"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Cluster cluster(String password) {
        Properties properties = new Properties();
        properties.setProperty("security.protocol", "SASL_PLAINTEXT");
        properties.setProperty("sasl.mechanism", "PLAIN");
        properties.setProperty("sasl.jaas.config", LOGIN + "username=\"tickerplant\" password=\"" + password + "\";");
        return new Cluster(broker.bootstrap(), properties, "", 3, Duration.ofHours(1), Duration.ofMillis(500));
    }

    @Test
    void whoKnowsThePasswordWritesReadsAndKeeps() throws Exception {
        try (Bus bus = KafkaBus.open(cluster("t"), Clock.SYSTEM)) {
            Node node = Node.fromTheStart(bus);
            bus.publish(Events.trade("A", 100, 1, 1), Origin.NONE);
            node.hears(1);
            assertEquals(List.of(Events.trade("A", 100, 1, 1)), node.heard("A"));
            int lane = bus.lane(new Symbol("A"));
            node.hearsUntil(
                    () -> bus.wanted(lane, node.following().mark(lane)) == Bus.Wanted.EVERYTHING, "asked to keep");
            bus.keep(lane, node.following().mark(lane), List.of());
            node.hearsUntil(() -> bus.wanted(lane, node.following().mark(lane)) == Bus.Wanted.CHANGES, "kept");
        }
    }

    @Test
    void whoDoesNotIsToldSo() {
        IOException refused = assertThrows(IOException.class, () -> KafkaBus.open(cluster("guessed"), Clock.SYSTEM));

        assertTrue(refused.getMessage().contains("Authentication failed"), refused.getMessage());
    }
}
