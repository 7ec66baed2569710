package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.checker.TestClient;
import tickerplant.server.RawClient;

/** The WAR in Tomcat 11, with the project's {@code server.xml}. */
class Tomcat11IT extends ContainerContract {
    Tomcat11IT() {
        super(Container.TOMCAT_11);
    }

    @Test
    void whoComesThroughAProxyIsCountedWhereHeIsAndNotAsTheProxy() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (RawClient other = new RawClient(server().port())) {
            fillPlaces(clients, "X-Forwarded-For", "203.0.113.7");
            other.upgrade("/ws/ticker", "X-Forwarded-For: 203.0.113.8").head();
            assertTrue(other.next().text().startsWith("{\"type\":\"welcome\""));
        } finally {
            clients.forEach(TestClient::close);
        }
    }
}
