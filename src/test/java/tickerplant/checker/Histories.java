package tickerplant.checker;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Judges what answers a request for history: rows of the right key, with the content they had, and none left out. */
final class Histories {
    private static final long USUAL_LIMIT = 500;

    private final Observatory observatory;
    private final Complaints complaints;
    private final BiConsumer<Key, Map<String, Object>> prices;

    /** A judge that has the prices of each row looked at as those of any row. */
    Histories(Observatory observatory, Complaints complaints, BiConsumer<Key, Map<String, Object>> prices) {
        this.observatory = observatory;
        this.complaints = complaints;
        this.prices = prices;
    }

    void judge(Requests.Request request, Message message) {
        Map<String, Object> asked = request.members();
        String channel = String.valueOf(message.members().get("channel"));
        String epoch = String.valueOf(message.members().get("epoch"));
        Object symbol = message.members().get("symbol");
        Object interval = message.members().get("interval");
        Key key = new Key(channel, String.valueOf(symbol), interval instanceof String s ? s : "");
        List<Map<String, Object>> rows =
                message.rows().stream().filter(Shapes::isPlaced).toList();
        for (Map<String, Object> row : rows) {
            if (!key.equals(Key.of(channel, row))) {
                complaints.complain(Assertion.NOTHING_FOREIGN, "a row of another key in a history of " + key);
            }
            prices.accept(key, row);
            observatory.claim(epoch, key, row).forEach(text -> complaints.complain(Assertion.ONE_CONTENT, text));
        }
        if (rows.size() > (Json.isWhole(asked.get("limit")) ? Json.whole(asked.get("limit")) : USUAL_LIMIT)) {
            complaints.complain(Assertion.NOTHING_FOREIGN, rows.size() + " rows of history, more than were wanted");
        }
        if (channel.equals("trades") && !asked.containsKey("from") && !asked.containsKey("to")) {
            noTradeIsMissing(key, asked, message.members(), rows);
        }
    }

    /** Without times in the request nothing may be left out but what {@code whole_after} says is forgotten. */
    private void noTradeIsMissing(
            Key key, Map<String, Object> asked, Map<String, Object> members, List<Map<String, Object>> rows) {
        long known = Json.isWhole(asked.get("after_seq")) ? Json.whole(asked.get("after_seq")) : 0;
        known = Json.isWhole(members.get("whole_after")) ? Json.whole(members.get("whole_after")) : known;
        for (Map<String, Object> row : rows) {
            if (Json.whole(row.get("seq")) != known + 1) {
                complaints.complain(
                        Assertion.NO_SILENT_GAP,
                        key + ": " + row.get("seq") + " follows " + known + " in a history, and nothing says why");
            }
            known = Json.whole(row.get("seq"));
        }
        if (Json.isWhole(members.get("next")) && Json.whole(members.get("next")) != known) {
            complaints.complain(
                    Assertion.NO_SILENT_GAP, key + ": a history goes on at " + members.get("next") + ", not " + known);
        }
    }
}
