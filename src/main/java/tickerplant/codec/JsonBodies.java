package tickerplant.codec;

import java.util.List;
import java.util.Map;
import tickerplant.feed.FeedStatus;
import tickerplant.market.Instrument;
import tickerplant.message.ErrorMessage;
import tickerplant.message.HistoryFound;
import tickerplant.message.Message;
import tickerplant.message.Row;
import tickerplant.message.Subscribed.Rejected;

/** What is answered over HTTP, as JSON in UTF-8. The rows are those of the sockets. */
public final class JsonBodies {
    private static final int BODY_BYTES = 1024;

    private JsonBodies() {}

    /** What some symbols show now, in the words of a snapshot, and those that there are none of. */
    public static byte[] rows(List<Row> rows, List<Rejected> rejected, String epoch) {
        JsonBytes json = new JsonBytes(BODY_BYTES).open('{').name("data").open('[');
        rows.forEach(row -> json.encoded(row.snapshotText()));
        json.close(']');
        JsonFrames.rejected(json, rejected);
        return json.field("epoch", epoch).close('}').toArray();
    }

    /** Instruments that were found. */
    public static byte[] instruments(List<Instrument> instruments, String epoch) {
        JsonBytes json = new JsonBytes(BODY_BYTES).open('{');
        JsonFrames.instruments(json, instruments);
        return json.field("epoch", epoch).close('}').toArray();
    }

    /** What is remembered. */
    public static byte[] history(HistoryFound found) {
        JsonBytes json = new JsonBytes(BODY_BYTES).open('{').field("epoch", found.epoch());
        return JsonFrames.history(json, found.page(), Integer.MAX_VALUE).toArray();
    }

    /** How the service and its feeds are. */
    public static byte[] health(String status, List<FeedStatus> feeds, Map<String, Long> counts) {
        JsonBytes json = new JsonBytes(BODY_BYTES).open('{').field("status", status);
        counts.forEach(json::field);
        json.name("feeds").open('[');
        for (FeedStatus feed : feeds) {
            json.open('{').field("feed", feed.name()).field("state", JsonRows.word(feed.state()));
            json.field("trades", feed.trades()).field("quotes", feed.quotes()).field("cancels", feed.cancels());
            json.field("others", feed.others()).field("refused", feed.refused()).field("damaged", feed.damaged());
            feed.ageMillis().ifPresent(age -> json.field("age_ms", age));
            if (!feed.lastProblem().isEmpty()) {
                json.field("last_problem", feed.lastProblem());
            }
            json.close('}');
        }
        return json.close(']').close('}').toArray();
    }

    /** An answer that is the same on a socket. */
    public static byte[] answer(Message message) {
        return JsonFrames.control(message);
    }

    /** A complaint. */
    public static byte[] error(ErrorMessage error) {
        return JsonFrames.control(error);
    }
}
