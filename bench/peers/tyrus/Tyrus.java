import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.glassfish.tyrus.server.Server;

/** The naive loop on Tyrus: PORT SYMBOL_FILE SYMBOLS EVENTS_PER_SECOND. */
public final class Tyrus {
    public static void main(String[] args) throws Exception {
        Naive.start(Ticks.of(args[1], args[2], args[3]));
        new Server("127.0.0.1", Integer.parseInt(args[0]), "/", Map.of(), Naive.class).start();
        new CountDownLatch(1).await();
    }
}
