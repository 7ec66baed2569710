package tickerplant.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tickerplant.checker.TestClient;
import tickerplant.service.Setting;

/** The WAR deployed anew ten times while clients listen: nothing of the earlier ones is left in Tomcat. */
@Tag("containers")
@Timeout(300)
class RedeployIT {
    private static final int TIMES = 10;
    private static final int CLIENTS = 20;
    private static final Pattern LOADERS =
            Pattern.compile("\\s(\\d+)\\s+\\d+\\s+org\\.apache\\.catalina\\.loader\\.ParallelWebappClassLoader");

    @Test
    @SuppressWarnings("BanJNDI") // it speaks to a child of its own
    void nothingOfTenDeploymentsIsLeft() throws Exception {
        int jmx = freePort();
        try (RunningContainer server = RunningContainer.start(
                        Container.TOMCAT_11,
                        Map.of(Setting.FEED, "simulated?symbols=100&rate=1000&seed=1"),
                        "-Djava.rmi.server.hostname=127.0.0.1",
                        "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                        "-Dcom.sun.management.jmxremote.port=" + jmx,
                        "-Dcom.sun.management.jmxremote.rmi.port=" + jmx,
                        "-Dcom.sun.management.jmxremote.authenticate=false",
                        "-Dcom.sun.management.jmxremote.ssl=false");
                JMXConnector connector = JMXConnectorFactory.connect(
                        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmx + "/jmxrmi"))) {
            MBeanServerConnection inside = connector.getMBeanServerConnection();
            ObjectName webModule = inside.queryNames(new ObjectName("*:j2eeType=WebModule,*"), null).stream()
                    .findFirst()
                    .orElseThrow();
            reload(server, inside, webModule);
            Set<String> threads = threads(inside);
            long files = files(inside);
            for (int i = 1; i < TIMES; i++) {
                reload(server, inside, webModule);
            }

            assertEquals(threads, threads(inside));
            awaitAtMost(files + 5, () -> files(inside), "file descriptors");
            awaitAtMost(1, () -> loaders(inside), "class loaders of applications");
        }
    }

    /** Deploys it anew while clients listen; they hear goodbye, and new ones are served. */
    private static void reload(RunningContainer server, MBeanServerConnection inside, ObjectName webModule)
            throws Exception {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            TestClient client =
                    TestClient.dial(server.socket("/ws/ticker")).raw().connect();
            client.says("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"ticker\",\"symbols\":[\"*\"]}");
            clients.add(client);
        }
        clients.get(0).await("an update", message -> message.type().equals("update"));
        inside.invoke(webModule, "reload", new Object[0], new String[0]);
        for (TestClient client : clients) {
            assertEquals(1001, client.awaitClosing().code());
            assertTrue(
                    client.heard().stream().anyMatch(message -> message.type().equals("goaway")));
            client.close();
        }
        assertEquals(200, server.get("/health/ready").statusCode());
    }

    /** How many class loaders of applications are alive after a collection. */
    private static long loaders(MBeanServerConnection inside) throws Exception {
        String histogram = (String) inside.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        Matcher line = LOADERS.matcher(histogram);
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    /** The names of the threads that belong to the application. */
    private static Set<String> threads(MBeanServerConnection inside) throws Exception {
        ObjectName threading = new ObjectName("java.lang:type=Threading");
        long[] ids = (long[]) inside.getAttribute(threading, "AllThreadIds");
        Set<String> names = new TreeSet<>();
        for (long id : ids) {
            Object info =
                    inside.invoke(threading, "getThreadInfo", new Object[] {id}, new String[] {long.class.getName()});
            if (info instanceof CompositeData data) {
                String name = data.get("threadName").toString();
                if (!name.matches(
                        "(http-nio|RMI|JMX|Catalina|WebSocket background|Attach|Signal|Reference|Finalizer|closer).*")) {
                    names.add(name + " #"
                            + names.stream().filter(n -> n.startsWith(name)).count());
                }
            }
        }
        return names;
    }

    private static long files(MBeanServerConnection inside) throws Exception {
        return (Long) inside.getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "OpenFileDescriptorCount");
    }

    /** Sockets that were closed, and threads that have nothing more to do, stay for a moment. */
    private static void awaitAtMost(long most, Callable<Long> count, String what) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        long left = count.call();
        while (left > most) {
            assertTrue(System.nanoTime() < deadline, left + " " + what + ", expected " + most);
            left = count.call();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
