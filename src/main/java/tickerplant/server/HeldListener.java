package tickerplant.server;

import java.io.IOException;
import org.glassfish.grizzly.http.server.NetworkListener;

/** Opens its port when told, and not already when Grizzly starts its listeners, which is before its handlers. */
final class HeldListener extends NetworkListener {
    HeldListener(String host, int port) {
        super("http", host, port);
    }

    @Override
    public synchronized void start() {
        // open() does it
    }

    synchronized void open() throws IOException {
        super.start();
    }
}
