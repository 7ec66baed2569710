package tickerplant.bus.kafka;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaProperties;
import org.apache.kafka.metadata.properties.MetaPropertiesVersion;

/** A real broker of Kafka in this process, which is its own controller, on free ports of the loopback interface. */
public final class Broker implements AutoCloseable {
    /** Held, because the platform forgets the level of a logger that nobody holds. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"), Logger.getLogger("state.change.logger"));

    private final Path folder;
    private final int port;
    private final int controller;
    private KafkaRaftServer server;

    /** What is otherwise than usual. */
    private final Map<String, String> more;

    private Broker(Path folder, int port, int controller, Map<String, String> more) {
        this.folder = folder;
        this.port = port;
        this.controller = controller;
        this.more = more;
    }

    /** Starts one with its files in the folder. */
    public static Broker in(Path folder) throws IOException {
        return in(folder, "PLAINTEXT", Map.of());
    }

    /**
     * Starts one that clients speak to otherwise.
     *
     * @param protocol such as SASL_PLAINTEXT
     * @param more what that needs
     */
    static Broker in(Path folder, String protocol, Map<String, String> more) throws IOException {
        int port = freePort();
        int controller = freePort();
        Map<String, String> properties = new HashMap<>(more);
        properties.put("listeners", protocol + "://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        properties.put("advertised.listeners", protocol + "://127.0.0.1:" + port);
        properties.put("inter.broker.listener.name", protocol);
        properties.put("listener.security.protocol.map", protocol + ":" + protocol + ",CONTROLLER:PLAINTEXT");
        Broker broker = new Broker(folder, port, controller, properties);
        broker.format();
        broker.start();
        return broker;
    }

    /** One whose files are in the folder from before, or will be. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Broker broker = new Broker(folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), Map.of());
        if (!Files.exists(folder.resolve("meta.properties"))) {
            broker.format();
        }
        broker.start();
        System.out.println(broker.bootstrap());
    }

    /** A port that nobody listens to. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Where clients find it. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("num.network.threads", "1"),
                Map.entry("num.io.threads", "2")));
        properties.putAll(more);
        return properties;
    }

    private void format() throws IOException {
        Files.createDirectories(folder);
        MetaProperties meta = new MetaProperties.Builder()
                .setVersion(MetaPropertiesVersion.V1)
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectoryId(Uuid.randomUuid())
                .build();
        try (java.io.Writer writer = Files.newBufferedWriter(folder.resolve("meta.properties"))) {
            meta.toProperties().store(writer, "");
        }
    }

    /** Lets Kafka, and its clients, say only what is serious. */
    public static void hush() {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    /** Starts it, for the first time or again. */
    public void start() {
        hush();
        server = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        server.startup();
    }

    /** Stops it; what it has stays in its folder. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
    }
}
