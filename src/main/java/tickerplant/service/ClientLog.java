package tickerplant.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tickerplant.market.Clock;

/**
 * What clients do, a line each: at most one of a kind for each address in a second, so that nobody can fill the log; the
 * next line says how many there would have been. Any thread may write but the market's, which must not wait for a disk.
 */
final class ClientLog {
    /** What a line is about; its first word. */
    enum Kind {
        OPEN,
        REFUSED,
        AUTH,
        SUBSCRIPTIONS,
        VIOLATION,
        STEP,
        CLOSE;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    /** More addresses than that within a second share one line of a kind. */
    static final int MOST_SOURCES = 1_024;

    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final String MANY = "*";

    private record Source(Kind kind, String address) {}

    /** How long nothing more is said of a source, and how much that would have been. */
    private static final class Silence {
        private final long until;
        private long suppressed;

        private Silence(long until) {
            this.until = until;
        }
    }

    private final Logger logger;
    private final Clock clock;
    /** The one that ends first is the first. */
    private final Map<Source, Silence> silences = new LinkedHashMap<>();

    ClientLog(Logger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /**
     * Says what has happened.
     *
     * @param address where the client is; empty where that is not known, which is one source for all
     * @param text of one line; what is a client's own in it has to be escaped and cut
     */
    void say(Kind kind, String address, String text) {
        long suppressed = 0;
        synchronized (silences) {
            long now = clock.nanos();
            Source source = new Source(kind, address);
            Silence silence = silences.get(source);
            if (silence == null && silences.size() >= MOST_SOURCES) {
                source = new Source(kind, MANY);
                silence = silences.get(source);
            }
            if (silence != null) {
                if (now - silence.until < 0) {
                    silence.suppressed++;
                    return;
                }
                suppressed = silence.suppressed;
                silences.remove(source);
            }
            silences.put(source, new Silence(now + QUIET_NANOS));
        }
        logger.log(Level.INFO, kind.word + " " + text + (suppressed == 0 ? "" : ", suppressed " + suppressed));
    }

    /** Says how much was suppressed of those that have been quiet since; to be called a few times a second. */
    void tend() {
        List<String> lines = new ArrayList<>();
        synchronized (silences) {
            long now = clock.nanos();
            for (Iterator<Map.Entry<Source, Silence>> all = silences.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Source, Silence> next = all.next();
                if (now - next.getValue().until < 0) {
                    break;
                }
                all.remove();
                if (next.getValue().suppressed > 0) {
                    lines.add(next.getKey().kind.word + " address=" + shown(next.getKey().address) + ", suppressed "
                            + next.getValue().suppressed);
                }
            }
        }
        lines.forEach(line -> logger.log(Level.INFO, line));
    }

    /** An address as it stands in a line. */
    static String shown(String address) {
        return address.isEmpty() ? "-" : address;
    }
}
