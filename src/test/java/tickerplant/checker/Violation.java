package tickerplant.checker;

/**
 * A promise that was broken.
 *
 * @param assertion the promise
 * @param text what was expected and what came
 * @param message the message that broke it, as it came; empty where it was broken by silence
 */
public record Violation(Assertion assertion, String text, String message) {
    /** How complaints begin that something did not come in time, which a machine that is busy otherwise may be to blame for. */
    static final String LATE = "late: ";

    /** Whether something came too late, or had not come yet, rather than wrongly. */
    public boolean isLateness() {
        return text.contains(": " + LATE);
    }

    @Override
    public String toString() {
        return assertion.number() + " " + assertion + ": " + text + (message.isEmpty() ? "" : "\n    in " + message);
    }
}
