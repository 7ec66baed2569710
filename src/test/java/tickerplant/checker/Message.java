package tickerplant.checker;

import java.util.List;
import java.util.Map;

/**
 * One message of the server.
 *
 * @param nanos when it had come, in nanoseconds of the listener's clock
 * @param text as it came
 * @param members what it says; empty where it could not be read
 */
public record Message(long nanos, String text, Map<String, Object> members) {
    /** Reads a message, which may be anything. */
    public static Message of(long nanos, String text) {
        try {
            return new Message(nanos, text, Json.read(text).members());
        } catch (IllegalArgumentException e) {
            // What can't be read is heard all the same; the checker complains about it.
            return new Message(nanos, text, Map.of());
        }
    }

    /** Its type; empty where it has none. */
    public String type() {
        return members.get("type") instanceof String s ? s : "";
    }

    /** Its rows, where it has rows. */
    public List<Map<String, Object>> rows() {
        return Json.objects(members.get("data"));
    }

    @Override
    public String toString() {
        return text;
    }
}
