package tickerplant.checker;

/**
 * A promise that was broken.
 *
 * @param assertion the promise
 * @param text what was expected and what came
 * @param message the message that broke it, as it came; empty where it was broken by silence
 */
public record Violation(Assertion assertion, String text, String message) {
    @Override
    public String toString() {
        return assertion.number() + " " + assertion + ": " + text + (message.isEmpty() ? "" : "\n    in " + message);
    }
}
