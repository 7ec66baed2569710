package tickerplant.codec;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tickerplant.command.AskHistory;
import tickerplant.command.Auth;
import tickerplant.command.Command;
import tickerplant.command.Configure;
import tickerplant.command.FindSymbols;
import tickerplant.command.ListSubscriptions;
import tickerplant.command.Ping;
import tickerplant.command.Publish;
import tickerplant.command.Refused;
import tickerplant.command.RemoveAlert;
import tickerplant.command.SetAlert;
import tickerplant.command.Subscribe;
import tickerplant.command.Unsubscribe;
import tickerplant.command.UnsubscribeBars;
import tickerplant.hub.HistoryRange;
import tickerplant.market.Channel;
import tickerplant.message.ErrorMessage;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.session.AlertField;
import tickerplant.session.AlertRule;
import tickerplant.session.Beginning;
import tickerplant.session.HistoryReader;
import tickerplant.session.NearMisses;
import tickerplant.session.Wanted;

/** Reads a client's text into a command. It never fails: what makes no sense becomes a command that answers so. */
public final class CommandReader {
    private static final List<String> TYPE_NAMES = List.of("type", "action", "method", "op");

    /** Reads the fields of one type of request. */
    private interface Reading {
        Command read(Request request) throws Request.Complaint;
    }

    private final Map<String, Reading> readings;
    private final String types;

    /** A reader of what those ask for who follow the market. */
    public CommandReader() {
        this(Map.of(
                "subscribe", CommandReader::subscribe,
                "unsubscribe", CommandReader::unsubscribe,
                "subscriptions", request -> new ListSubscriptions(request.id()),
                "configure", CommandReader::configure,
                "ping", CommandReader::ping,
                "symbols", CommandReader::symbols,
                "history", CommandReader::history,
                "alert", CommandReader::alert,
                "unalert", CommandReader::unalert,
                "auth", CommandReader::auth));
    }

    private CommandReader(Map<String, Reading> readings) {
        this.readings = new TreeMap<>(readings);
        types = String.join(", ", this.readings.keySet());
    }

    /** A reader of what publishers say. */
    public static CommandReader ofPublishers() {
        return new CommandReader(Map.of(
                "publish", CommandReader::publish,
                "ping", CommandReader::ping,
                "auth", CommandReader::auth));
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

    private static Command ping(Request request) throws Request.Complaint {
        return new Ping(request.id(), request.number("ts"));
    }

    private static Command auth(Request request) throws Request.Complaint {
        return new Auth(request.id(), request.text("token"));
    }

    private static Command subscribe(Request request) throws Request.Complaint {
        Channel channel = request.channel();
        List<String> entries = request.symbols()
                .orElseThrow(() -> request.invalid("symbols", "a list of at least one symbol, as strings"));
        Beginning beginning = request.flag("snapshot", true) ? Beginning.SNAPSHOT : Beginning.POSITION;
        Rate maxRate = request.rate("max_rate").orElse(Rate.UNLIMITED);
        return new Subscribe(
                request.id(), channel, new Wanted(entries, beginning, request.resume(), maxRate, NearMisses.NONE));
    }

    private static Command configure(Request request) throws Request.Complaint {
        return new Configure(request.id(), request.rate("max_rate"), request.paused(), request.visible());
    }

    private static Command unsubscribe(Request request) throws Request.Complaint {
        if (request.isOfAllBars()) {
            return new UnsubscribeBars(request.id());
        }
        return new Unsubscribe(
                request.id(), request.channel(), request.symbols().orElse(List.of()));
    }

    private static Command symbols(Request request) throws Request.Complaint {
        return new FindSymbols(request.id(), request.text("query", FindSymbols.MAX_QUERY), (int)
                request.whole("limit", 1, FindSymbols.MAX_LIMIT).orElse(FindSymbols.USUAL_LIMIT));
    }

    private static Command history(Request request) throws Request.Complaint {
        Channel channel = request.channel();
        if (channel != Channel.TRADES && !channel.isBars()) {
            throw request.invalid("channel", "bars or trades, the only ones that are remembered one by one");
        }
        String epoch = request.has("epoch") ? request.text("epoch", RequestId.MAX_LENGTH) : "";
        long from = request.time("from", Long.MIN_VALUE);
        long to = request.time("to", Long.MAX_VALUE);
        if (from > to) {
            throw request.invalid("from", "no later than to");
        }
        HistoryRange range = new HistoryRange(
                from, to, request.whole("after_seq", 0, Long.MAX_VALUE).orElse(0), (int)
                        request.whole("limit", 1, HistoryReader.MAX_LIMIT).orElse(HistoryReader.USUAL_LIMIT));
        return new AskHistory(request.id(), channel, request.symbol(), epoch, range);
    }

    private static Command alert(Request request) throws Request.Complaint {
        AlertRule.Op op = request.word("op", AlertRule.Op.class);
        AlertField field = request.word("field", AlertField.class);
        BigDecimal value = request.decimal("value");
        if (op == AlertRule.Op.MOVES_PCT && field != AlertField.LAST) {
            throw request.invalid("field", "last, the only one whose moves are reckoned in per cent");
        }
        if (op == AlertRule.Op.MOVES_PCT && value.signum() <= 0) {
            throw request.invalid("value", "a positive number of per cent");
        }
        return new SetAlert(
                request.id(),
                request.symbol(),
                new AlertRule(field, op, value),
                request.whole("from_seq", 0, Long.MAX_VALUE));
    }

    private static Command unalert(Request request) throws Request.Complaint {
        return new RemoveAlert(request.id(), request.text("alert", RequestId.MAX_LENGTH));
    }

    private static Command publish(Request request) throws Request.Complaint {
        List<?> events = request.list("data", Publish.MOST_EVENTS);
        if (!request.has("publisher") && !request.has("pseq")) {
            return new Publish(request.id(), "", 0, Events.read(events));
        }
        String publisher = request.text("publisher", Publish.MAX_PUBLISHER);
        if (publisher.isEmpty() || publisher.chars().anyMatch(Character::isISOControl)) {
            throw request.invalid("publisher", "a name of 1 to " + Publish.MAX_PUBLISHER + " printable characters");
        }
        String expected = "a whole number from 1 on, one more than that of the publisher's last message";
        long pseq = request.whole("pseq", 1, Long.MAX_VALUE - 1).orElseThrow(() -> request.invalid("pseq", expected));
        return new Publish(request.id(), publisher, pseq, Events.read(events));
    }

    private static Command refused(Reason reason, String message) {
        return new Refused(new ErrorMessage(RequestId.NONE, reason, message, ""));
    }
}
