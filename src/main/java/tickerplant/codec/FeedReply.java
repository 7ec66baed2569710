package tickerplant.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a publisher hears from the service.
 *
 * @param type the message's type
 * @param id of the request that it answers; 0 where it answers none, or one whose id was no number
 * @param count how many events have entered the log
 * @param duplicates how many came again
 * @param rejected the places of those that were refused, and why, for people
 * @param rejections how many were refused
 * @param reason of an error, in a word; empty where it is none
 * @param message of an error, for people
 * @param expected the number that the next message must have; 0 where nothing is said of it
 * @param retry whether the same message may be taken later
 */
public record FeedReply(
        String type,
        long id,
        long count,
        long duplicates,
        List<Rejected> rejected,
        long rejections,
        String reason,
        String message,
        long expected,
        boolean retry) {
    /**
     * An event that was refused.
     *
     * @param index its place in the message, from 0
     * @param why for people
     */
    public record Rejected(int index, String why) {}

    /** Reads a message; one that makes no sense has no type. */
    public static FeedReply read(String text) {
        try {
            if (JsonText.parse(text) instanceof Map<?, ?> fields) {
                return read(fields);
            }
        } catch (JsonText.Malformed e) {
            // said below: not one of ours
        }
        return new FeedReply("", 0, 0, 0, List.of(), 0, "", "", 0, false);
    }

    private static FeedReply read(Map<?, ?> fields) {
        List<Rejected> rejected = new ArrayList<>();
        if (fields.get("rejected") instanceof List<?> rows) {
            for (Object row : rows) {
                if (row instanceof Map<?, ?> why) {
                    String said = text(why, "message");
                    rejected.add(new Rejected(
                            (int) whole(why, "index"),
                            said.isEmpty() ? (text(why, "reason") + " " + text(why, "field")).strip() : said));
                }
            }
        }
        return new FeedReply(
                text(fields, "type"),
                whole(fields, "id"),
                whole(fields, "count"),
                whole(fields, "duplicates"),
                rejected,
                Math.max(rejected.size(), whole(fields, "rejections")),
                text(fields, "reason"),
                text(fields, "message"),
                whole(fields, "expected"),
                Boolean.TRUE.equals(fields.get("retry")));
    }

    private static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    private static long whole(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof JsonText.Literal number
                        && number.digits().matches("[0-9]{1,18}")
                ? Long.parseLong(number.digits())
                : 0;
    }
}
