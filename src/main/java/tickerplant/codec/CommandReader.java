package tickerplant.codec;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tickerplant.command.Command;
import tickerplant.command.FindSymbols;
import tickerplant.command.ListSubscriptions;
import tickerplant.command.Ping;
import tickerplant.command.Refused;
import tickerplant.command.Subscribe;
import tickerplant.command.Unsubscribe;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.Beginning;
import tickerplant.session.NearMisses;
import tickerplant.session.Wanted;

/** Reads a client's text into a command. It never fails: what makes no sense becomes a command that answers so. */
public final class CommandReader {
    private static final List<String> TYPE_NAMES = List.of("type", "action", "method", "op");

    /** Reads the fields of one type of request. */
    private interface Reading {
        Command read(Request request) throws Request.Complaint;
    }

    private final Map<String, Reading> readings = new TreeMap<>();
    private final String types;

    public CommandReader() {
        readings.put("subscribe", CommandReader::subscribe);
        readings.put("unsubscribe", CommandReader::unsubscribe);
        readings.put("subscriptions", request -> new ListSubscriptions(request.id()));
        readings.put("ping", request -> new Ping(request.id(), request.number("ts")));
        readings.put("symbols", CommandReader::symbols);
        types = String.join(", ", readings.keySet());
    }

    /** The command that the text asks for. */
    public Command read(String text) {
        try {
            if (!(JsonText.parse(text) instanceof Map<?, ?> fields)) {
                return refused(Reason.INVALID_MESSAGE, "a message must be one JSON object");
            }
            return read(new Request(fields));
        } catch (JsonText.Malformed e) {
            return refused(Reason.MALFORMED_JSON, e.getMessage());
        } catch (Request.Complaint e) {
            return new Refused(e.error());
        }
    }

    private Command read(Request request) throws Request.Complaint {
        String name = request.spelling(TYPE_NAMES);
        String type = request.text(name);
        Reading reading = readings.get(type);
        if (reading == null) {
            throw new Request.Complaint(new ErrorMessage(
                    request.id(),
                    Reason.UNKNOWN_TYPE,
                    name + " '" + Request.cut(type) + "' is not known, expected one of " + types,
                    name));
        }
        return reading.read(request);
    }

    private static Command subscribe(Request request) throws Request.Complaint {
        List<String> entries = request.symbols()
                .orElseThrow(() -> request.invalid("symbols", "a list of at least one symbol, as strings"));
        Beginning beginning = request.flag("snapshot", true) ? Beginning.SNAPSHOT : Beginning.POSITION;
        return new Subscribe(
                request.id(), request.channel(), new Wanted(entries, beginning, request.resume(), NearMisses.NONE));
    }

    private static Command unsubscribe(Request request) throws Request.Complaint {
        return new Unsubscribe(
                request.id(), request.channel(), request.symbols().orElse(List.of()));
    }

    private static Command symbols(Request request) throws Request.Complaint {
        return new FindSymbols(
                request.id(),
                request.text("query", FindSymbols.MAX_QUERY),
                request.whole("limit", FindSymbols.USUAL_LIMIT, 1, FindSymbols.MAX_LIMIT));
    }

    private static Command refused(Reason reason, String message) {
        return new Refused(new ErrorMessage(RequestId.NONE, reason, message, ""));
    }
}
