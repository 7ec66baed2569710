package tickerplant.bus.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.bus.Bus;
import tickerplant.bus.BusContract;
import tickerplant.market.Clock;

/** A log on a real broker does what every log does. */
@Tag("kafka")
class KafkaBusTest extends BusContract {
    @TempDir
    private static Path folder;

    private static final AtomicInteger LOGS = new AtomicInteger();
    private static Broker broker;

    private final List<Bus> open = new ArrayList<>();
    private String prefix = "";

    @BeforeAll
    static void startBroker() throws IOException {
        broker = Broker.in(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void anotherLog() {
        prefix = "log-" + LOGS.incrementAndGet() + ".";
    }

    @AfterEach
    void closeAll() {
        open.forEach(Bus::close);
    }

    private Cluster cluster() {
        return new Cluster(
                broker.bootstrap(), new Properties(), prefix, 3, Duration.ofHours(1), Duration.ofMillis(400));
    }

    @Override
    protected Bus bus() throws IOException, InterruptedException {
        Bus bus = KafkaBus.open(cluster(), Clock.SYSTEM);
        open.add(bus);
        return bus;
    }
}
