package tickerplant.checker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spoils every so manieth of the replies that it can spoil. */
final class ReplyMutant implements Mutant {
    private final int period;
    private final Map<String, Map<String, Object>> lastRows = new HashMap<>();
    private final Spoiling spoiling;
    private int seen;

    /** What becomes of a reply; the same reply alone where there is nothing to spoil in it. */
    private interface Spoiling {
        List<String> of(Message reply, Map<String, Map<String, Object>> lastRows);
    }

    private ReplyMutant(int period, Spoiling spoiling) {
        this.period = period;
        this.spoiling = spoiling;
    }

    static Mutant dropping(int period) {
        return new ReplyMutant(period, (reply, rows) -> List.of());
    }

    static Mutant repeating(int period) {
        return new ReplyMutant(period, (reply, rows) -> List.of(reply.text(), reply.text()));
    }

    /** Sends one more row of what was just unsubscribed. */
    static Mutant goingOn(int period) {
        return new ReplyMutant(
                period,
                (reply, rows) -> reply.type().equals("unsubscribed")
                        ? List.of(reply.text(), row(reply, rows))
                        : List.of(reply.text()));
    }

    /** Sends a row of what is only being subscribed to. */
    static Mutant hurrying(int period) {
        return new ReplyMutant(
                period,
                (reply, rows) -> reply.type().equals("subscribed")
                        ? List.of(row(reply, rows), reply.text())
                        : List.of(reply.text()));
    }

    @Override
    public List<String> apply(String text) {
        Message message = Message.of(0, text);
        if (message.type().equals("update") && "ticker".equals(message.members().get("channel"))) {
            message.rows().forEach(row -> lastRows.put(String.valueOf(row.get("symbol")), row));
        }
        if (!Requests.isReply(message.type())) {
            return List.of(text);
        }
        List<String> spoiled = spoiling.of(message, lastRows);
        boolean changed = !spoiled.equals(List.of(text));
        return changed && ++seen % period == 0 ? spoiled : List.of(text);
    }

    private static String row(Message reply, Map<String, Map<String, Object>> lastRows) {
        Object symbol = reply.members().get("symbols") instanceof List<?> list && !list.isEmpty() ? list.get(0) : "*";
        Map<String, Object> row = new LinkedHashMap<>(lastRows.getOrDefault(String.valueOf(symbol), Map.of("seq", 1)));
        row.put("symbol", symbol);
        Map<String, Object> update = new LinkedHashMap<>();
        update.put("type", "update");
        update.put("channel", reply.members().get("channel"));
        update.put("ts", 1);
        update.put("data", List.of(row));
        return Json.write(update);
    }
}
