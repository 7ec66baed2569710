package tickerplant.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of each message of the server and of each row, as the wire contract has them. */
final class Shapes {
    private static final String CHANNEL = "ticker/trades/bars/news/status";
    private static final String PHASE = "pre/open/halted/auction/post/closed";
    private static final String REASON =
            "malformed_json/invalid_message/invalid_field/unknown_type/unknown_channel/unknown_symbol/unknown_interval"
                    + "/not_found/symbol_limit/auth_required/auth_failed/forbidden/too_large/unsupported_data/rate_limited"
                    + "/internal";

    private static final Map<String, Shape> MESSAGES = Map.ofEntries(
            Map.entry(
                    "welcome",
                    Shape.of("protocol:tickerplant.v1 server:string session:string epoch:string ts:time"
                            + " heartbeat_ms:count auth:none/required/ok channels:strings intervals:strings"
                            + " limits:object")),
            Map.entry(
                    "subscribed",
                    Shape.of("id?:id channel:" + CHANNEL + " symbols:strings total:whole rejected?:objects seq?:object"
                            + " recovery?:object interval?:string")),
            Map.entry(
                    "unsubscribed",
                    Shape.of("id?:id channel:" + CHANNEL + " symbols:strings total:whole interval?:string")),
            Map.entry("subscriptions", Shape.of("id?:id data:objects")),
            Map.entry("snapshot", Shape.of("channel:" + CHANNEL + " ts:time end?:boolean data:objects")),
            Map.entry("update", Shape.of("channel:" + CHANNEL + " ts:time data:objects")),
            Map.entry(
                    "gap",
                    Shape.of("channel:" + CHANNEL + " symbol:string interval?:string from:count to:count"
                            + " reason:slow_client/configured/history_expired/feed")),
            Map.entry(
                    "heartbeat",
                    Shape.of("ts:time feed:live/stale/replay/down feed_age_ms?:amount market?:" + PHASE
                            + " crc?:whole")),
            Map.entry(
                    "flow",
                    Shape.of("level:full/conflating/reduced/paused reason?:slow_client/configured/hidden"
                            + " max_rate?:amount pending?:whole")),
            Map.entry("pong", Shape.of("id?:id ts?:any server_ts:time")),
            Map.entry("goaway", Shape.of("reason:shutdown/rebalance/epoch reconnect_ms:whole")),
            Map.entry(
                    "error",
                    Shape.of("id?:id code:count reason:" + REASON + " message:string field?:string retry:boolean")),
            Map.entry("configured", Shape.of("id?:id max_rate?:amount paused:boolean visible?:strings")),
            Map.entry("authenticated", Shape.of("id?:id")),
            Map.entry("symbols", Shape.of("id?:id data:objects")),
            Map.entry(
                    "history",
                    Shape.of("id?:id channel:bars/trades symbol:string interval?:string epoch:string data:objects"
                            + " next?:amount whole_after?:amount")),
            Map.entry("alert_set", Shape.of("id?:id alert:string judged_from?:whole")),
            Map.entry("alert", Shape.of("alert:string symbol:string value:number seq:whole ts:time")),
            Map.entry("alert_removed", Shape.of("id?:id alert?:string")),
            Map.entry(
                    "accepted",
                    Shape.of(
                            "id?:id count:whole duplicates?:whole rejected?:objects rejections?:whole next_pseq?:whole")));

    private static final Shape REJECTED =
            Shape.of("symbol:text code:count reason:" + REASON + " did_you_mean?:strings");

    private static final Shape INSTRUMENT = Shape.of("symbol:string name:text currency:text exchange:text");

    private static final String STATE = "last?:price last_size?:amount bid?:price bid_size?:amount ask?:price"
            + " ask_size?:amount open?:price high?:price low?:price prev_close?:price change?:number"
            + " change_pct?:number volume?:amount trades?:whole";

    private static final Map<String, Shape> SNAPSHOT_ROWS = Map.of(
            "ticker",
            Shape.of("symbol:string seq:whole name?:text currency?:string ts?:time " + STATE),
            "trades",
            Shape.of("symbol:string seq:whole price?:price size?:amount side?:string id?:string venue?:string"
                    + " cond?:strings ts?:time"),
            "bars",
            Shape.of("symbol:string interval:string seq:whole start?:time open?:price high?:price low?:price"
                    + " close?:price volume?:amount vwap?:price trades?:whole final?:boolean"),
            "news",
            Shape.of("symbol?:string seq:whole headline?:string url?:string source?:string ts?:time"),
            "status",
            Shape.of("symbol:string seq:whole phase?:" + PHASE + " reason?:string ts?:time"));

    private static final Map<String, Shape> UPDATE_ROWS = Map.of(
            "ticker",
            Shape.of("symbol:string seq:count n?:count hi?:price lo?:price name?:text|null currency?:string|null"
                    + " ts:time " + STATE.replaceAll("(?= |$)", "|null")),
            "trades",
            Shape.of("symbol:string seq:count price:price size:amount side?:string id?:string venue?:string"
                    + " cond?:strings ts:time"),
            "bars",
            Shape.of("symbol:string interval:string seq:count n?:count start:time open?:price high?:price low?:price"
                    + " close?:price volume:amount vwap?:price trades:whole final:boolean"),
            "news",
            Shape.of("symbol?:string seq:count headline:string url?:string source?:string ts:time"),
            "status",
            Shape.of("symbol:string seq:count phase:" + PHASE + " reason?:string ts:time"));

    private static final Shape CANCEL = Shape.of("symbol:string seq:count cancels:count ts:time");

    private Shapes() {}

    /** What is wrong with the form of a message, its rows included. */
    static List<String> faults(Message message) {
        Shape shape = MESSAGES.get(message.type());
        if (shape == null) {
            return List.of("unknown type " + Json.write(message.members().get("type")));
        }
        List<String> faults = new ArrayList<>(shape.faults(message.members()));
        for (Map<String, Object> rejected : Json.objects(message.members().get("rejected"))) {
            if (message.type().equals("subscribed")) {
                faults.addAll(REJECTED.faults(rejected));
                faults.addAll(suggestionFaults(rejected));
            }
        }
        if (message.type().equals("symbols")) {
            message.rows().forEach(row -> faults.addAll(INSTRUMENT.faults(row)));
        }
        if (message.type().equals("snapshot")
                || message.type().equals("update")
                || message.type().equals("history")) {
            for (Map<String, Object> row : message.rows()) {
                faults.addAll(rowFaults(message, row));
            }
        }
        return faults;
    }

    /** What may have been meant is said of unknown symbols only: up to three others, each of them once. */
    private static List<String> suggestionFaults(Map<String, Object> rejected) {
        if (!(rejected.get("did_you_mean") instanceof List<?> meant)) {
            return List.of();
        }
        boolean right = "unknown_symbol".equals(rejected.get("reason"))
                && !meant.isEmpty()
                && meant.size() <= 3
                && Set.copyOf(meant).size() == meant.size()
                && !meant.contains(rejected.get("symbol"));
        return right ? List.of() : List.of("did_you_mean of " + Json.write(rejected));
    }

    /** Whether a row has what is needed to place it: a sequence, and a count where it has one. */
    static boolean isPlaced(Map<String, Object> row) {
        return Json.isWhole(row.get("seq")) && (!row.containsKey("n") || Json.isWhole(row.get("n")));
    }

    private static List<String> rowFaults(Message message, Map<String, Object> row) {
        if (row.containsKey("cancels") && "trades".equals(message.members().get("channel"))) {
            return CANCEL.faults(row);
        }
        Map<String, Shape> shapes = message.type().equals("snapshot") ? SNAPSHOT_ROWS : UPDATE_ROWS;
        Shape shape = message.members().get("channel") instanceof String channel ? shapes.get(channel) : null;
        return shape == null ? List.of() : shape.faults(row);
    }
}
