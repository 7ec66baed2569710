package tickerplant.containers;

import java.util.regex.Pattern;

/**
 * Stack traces in a container's log. One that begins in code of ours which the container had called is an exception that left
 * a handler, a decoder or a configurator. One that the container logged inside a call that a thread of ours had made is the
 * container's own affair: Payara does so where a session is closed while the answer to its handshake is still being finished.
 */
final class Traces {
    private static final Pattern LEFT_US = Pattern.compile(
            "\tat (\\S+//)?tickerplant\\.[^\n]*\n(\tat (\\S+/)?(java|jdk)\\.[^\n]*\n)*\tat (?!(\\S+/)?(java|jdk)\\.|(\\S+//)?tickerplant\\.)");
    private static final Pattern UNCAUGHT =
            Pattern.compile("Exception in thread [^\n]*\n(\tat [^\n]*\n)*\tat (\\S+//)?tickerplant\\.");

    private Traces() {}

    /** Whether an exception left code of ours. */
    static boolean tellOfUs(String log) {
        return LEFT_US.matcher(log).find() || UNCAUGHT.matcher(log).find();
    }
}
