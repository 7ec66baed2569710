package tickerplant.server;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The process's log, where there is no container to have one. */
final class Log {
    /** Held, because the platform forgets the level of a logger that nobody holds. */
    private static final Logger TALKATIVE;

    /** Its clients tell all their settings whenever one is made; what matters to people we say ourselves. */
    private static final Logger OF_KAFKA;

    /** It warns of every stop, the orderly ones too. */
    private static final Logger ALARMIST;

    static {
        // read by the platform when the first logger is asked for, which therefore must not happen before
        System.setProperty("java.util.logging.manager", LastingLog.class.getName());
        TALKATIVE = Logger.getLogger("org.glassfish");
        OF_KAFKA = Logger.getLogger("org.apache.kafka");
        ALARMIST = Logger.getLogger("org.glassfish.grizzly.nio.GracefulShutdownRunner");
    }

    private Log() {}

    /** Sends everything from INFO on to standard error, and of the container's own talk only what warns. */
    static void toStandardError() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new LogFormat());
        root.setLevel(Level.INFO);
        root.addHandler(handler);
        ALARMIST.setLevel(Level.SEVERE);
        TALKATIVE.setLevel(Level.WARNING);
        OF_KAFKA.setLevel(Level.SEVERE);
    }

    /** Writes lines in another form from now on. */
    static void as(Formatter format) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(format);
        }
    }
}
