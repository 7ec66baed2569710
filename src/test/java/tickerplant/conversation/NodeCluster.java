package tickerplant.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import tickerplant.bus.kafka.Broker;
import tickerplant.server.TestService;
import tickerplant.service.Setting;

/** A broker in a process of its own, and nodes that share its log, in this process and in others. */
final class NodeCluster {
    private final Path folder;
    private final int port;
    private final int controller;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private NodeProcess broker;
    private int processes;

    NodeCluster(Path folder) throws IOException {
        this.folder = folder;
        Broker.hush();
        port = Broker.freePort();
        controller = Broker.freePort();
        broker = broker();
    }

    private NodeProcess broker() throws IOException {
        NodeProcess process = NodeProcess.of(
                folder.resolve("broker.log"),
                Broker.class,
                List.of(folder.resolve("broker").toString(), Integer.toString(port), Integer.toString(controller)));
        open.addLast(process);
        process.firstLine();
        return process;
    }

    /** Ends the broker without a word. */
    void killBroker() throws InterruptedException {
        broker.kill();
    }

    /** Starts the broker that was killed again, on the files that it left. */
    void startBrokerAgain() throws IOException {
        broker = broker();
    }

    /** A node in this process. */
    TestService service(String role) throws IOException, InterruptedException {
        TestService service = TestService.with(Map.of(
                Setting.KAFKA, "127.0.0.1:" + port,
                Setting.KAFKA_PARTITIONS, "3",
                Setting.KAFKA_TAKEOVER_MS, "3000",
                Setting.HEARTBEAT_MS, "2000",
                Setting.ROLE, role));
        open.push(service);
        return service;
    }

    /** A node in a process of its own, which has not said yet that it serves. */
    NodeProcess process(String role, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--kafka",
                "127.0.0.1:" + port,
                "--kafka-partitions",
                "3",
                "--kafka-takeover-ms",
                "3000",
                "--heartbeat-ms",
                "2000",
                "--role",
                role));
        options.addAll(List.of(more));
        NodeProcess process =
                NodeProcess.node(folder.resolve(role + "-" + processes++ + ".log"), options.toArray(String[]::new));
        open.push(process);
        return process;
    }

    /** This ends before the nodes do. */
    <T extends AutoCloseable> T with(T closed) {
        open.push(closed);
        return closed;
    }

    /** Stops all of it, what was opened last first, and the broker at the end. */
    void stop() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
