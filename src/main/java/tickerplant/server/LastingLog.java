package tickerplant.server;

import java.util.logging.LogManager;

/**
 * The platform's log, which stays until the process is gone: the platform's own is silenced by a shutdown hook that runs
 * beside ours, and nothing would be heard of how the service stopped. The platform creates it.
 */
public final class LastingLog extends LogManager {
    /** Created by name, on the thread that asks for the first logger. */
    public LastingLog() {}

    @Override
    public void reset() {
        // whoever calls it wants silence: at the start Log removes what the platform set up, at the end nobody should
    }
}
