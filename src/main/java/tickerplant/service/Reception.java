package tickerplant.service;

import java.lang.System.Logger;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tickerplant.market.Clock;
import tickerplant.message.CloseCode;

/** Counts who comes, who is turned away and who goes, and writes it into the log. Any thread but the market's. */
public final class Reception {
    /** What a client may send as the code of its close is without bound; a code that nobody has defined is this one. */
    public static final int OTHER_CODE = 0;

    private static final int FIRST_STANDARD_CODE = 1000;
    private static final int LAST_STANDARD_CODE = 1015;

    private final ClientLog log;
    private final LongAdder opened = new LongAdder();
    private final Map<Obstacle, LongAdder> refused = new EnumMap<>(Obstacle.class);
    private final Map<Integer, LongAdder> closed = new ConcurrentHashMap<>();

    Reception(Logger logger, Clock clock) {
        log = new ClientLog(logger, clock);
        for (Obstacle obstacle : Obstacle.values()) {
            refused.put(obstacle, new LongAdder());
        }
        for (CloseCode code : CloseCode.values()) {
            closed.put(code.code(), new LongAdder());
        }
    }

    /**
     * Somebody was turned away.
     *
     * @param address where it is; empty where that is not known
     */
    public void refused(Obstacle obstacle, String address) {
        refused.get(obstacle).increment();
        log.say(ClientLog.Kind.REFUSED, address, "address=" + ClientLog.shown(address) + " reason=" + obstacle.word());
    }

    /** A client has come; what is to be written of it goes there. */
    Visit opened(String session, String address, Clock clock) {
        opened.increment();
        return new Visit(log, session, address, clock);
    }

    void closed(int code) {
        closed.computeIfAbsent(known(code), each -> new LongAdder()).increment();
    }

    private static int known(int code) {
        boolean standard = code >= FIRST_STANDARD_CODE && code <= LAST_STANDARD_CODE;
        return standard || isOurs(code) ? code : OTHER_CODE;
    }

    private static boolean isOurs(int code) {
        for (CloseCode ours : CloseCode.values()) {
            if (ours.code() == code) {
                return true;
            }
        }
        return false;
    }

    /** Writes what was suppressed before. */
    void tend() {
        log.tend();
    }

    /** How many clients have come. */
    public long opened() {
        return opened.sum();
    }

    /** How many were turned away for this. */
    public long refused(Obstacle obstacle) {
        return refused.get(obstacle).sum();
    }

    /** How many connections have ended with each code; a code of a client's own is {@link #OTHER_CODE}. */
    public Map<Integer, Long> closes() {
        Map<Integer, Long> closes = new TreeMap<>();
        closed.forEach((code, count) -> closes.put(code, count.sum()));
        return closes;
    }
}
