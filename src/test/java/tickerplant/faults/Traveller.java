package tickerplant.faults;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tickerplant.checker.Assertion;
import tickerplant.checker.Checker;
import tickerplant.checker.Message;
import tickerplant.checker.Observatory;
import tickerplant.checker.TestClient;

/**
 * A client on a bad way: it loses its connection again and again and comes back with what it knows, so that its record is one
 * over all its connections. What a network does to it is not held against the service: how a connection ended, and when
 * something came.
 */
public final class Traveller implements AutoCloseable {
    private static final Set<Assertion> JUDGED = EnumSet.complementOf(
            EnumSet.of(Assertion.LEGAL_CLOSE, Assertion.HEARTBEAT, Assertion.ONE_REPLY, Assertion.CONVERGENCE));

    private final Observatory observatory;
    private final String name;
    private final List<String> channels;
    private URI address;
    private int connections;
    private String known = "none";
    private Checker checker;
    private TestClient client;

    /** Nobody yet; an address and channels by name. */
    public Traveller(Observatory observatory, String name, URI address, List<String> channels) {
        this.observatory = observatory;
        this.name = name;
        this.address = address;
        this.channels = channels;
    }

    /** Connects for the first time, and follows all symbols of its channels. */
    public void sets(String symbols) throws IOException {
        dial(observatory.checker(nextName(), JUDGED));
        for (String channel : channels) {
            client.says("{\"type\":\"subscribe\",\"id\":\"%1$s\",\"channel\":\"%1$s\",\"symbols\":[\"%2$s\"]}"
                    .formatted(channel, symbols));
        }
    }

    /** Connects again, and goes on where it was. */
    public void returns(String symbols) throws IOException {
        returns(address, symbols);
    }

    /** Connects again, to where the service is now, and goes on where it was. */
    public void returns(URI to, String symbols) throws IOException {
        address = to;
        String epoch = epoch();
        Checker before = checker;
        Checker after = observatory.checker(nextName(), JUDGED);
        after.resumes(before);
        dial(after);
        for (String channel : channels) {
            Map<String, Long> seqByKey = new TreeMap<>();
            before.folded().forEach((key, state) -> {
                if (key.channel().equals(channel)) {
                    seqByKey.put(key.symbol(), state.seq());
                }
            });
            String seqs = seqByKey.entrySet().stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                    .collect(Collectors.joining(","));
            client.says(
                    """
                {"type":"subscribe","id":"%1$s","channel":"%1$s","symbols":["%2$s"],"resume":{"epoch":"%3$s","seq":{%4$s}}}"""
                            .formatted(channel, symbols, epoch, seqs));
        }
    }

    /** The epoch of its newest connection that was welcomed. */
    public String epoch() {
        heard("welcome").forEach(welcome -> known = (String) welcome.members().get("epoch"));
        return known;
    }

    private String nextName() {
        return name + "." + connections++;
    }

    private void dial(Checker next) throws IOException {
        checker = next;
        client = TestClient.dial(address)
                .checkedBy(next)
                .receiveBuffer(16 * 1024)
                .connect();
    }

    /** Its newest connection. */
    public TestClient client() {
        return client;
    }

    /** How often it has connected. */
    public int connections() {
        return connections;
    }

    /** What it heard of its newest connection that was no row as it happened. */
    public List<Message> heard(String type) {
        return client.heard().stream()
                .filter(message -> message.type().equals(type))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
