package tickerplant.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tickerplant.hub.HistoryRange;
import tickerplant.hub.Hub;
import tickerplant.hub.Past;
import tickerplant.hub.Topic;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.HistoryFound;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;

/** Answers what somebody asks of the past: what must be seen at once on the market thread, and the rest on another. */
public final class HistoryReader {
    /** The most rows of an answer on a socket. */
    public static final int MAX_LIMIT = 1_000;

    /** How many rows are wanted by who doesn't say. */
    public static final int USUAL_LIMIT = 500;

    private final Hub hub;
    private final String epoch;

    /** Reads what a hub remembers of an epoch. */
    public HistoryReader(Hub hub, String epoch) {
        this.hub = hub;
        this.epoch = epoch;
    }

    /**
     * Takes hold of what is remembered. For the market thread; what comes back makes the answer, and is for any other.
     *
     * @param rights of who asks
     * @param channel {@code trades}, or one of bars
     * @param ofEpoch the log that the range's sequence counts in; empty for the current one
     */
    public Supplier<Message> read(
            RequestId id, Rights rights, Channel channel, Symbol symbol, String ofEpoch, HistoryRange range) {
        String scope = Rights.scope(channel);
        if (!rights.allows(scope)) {
            return refused(id, Reason.FORBIDDEN, "this channel needs a token with the scope " + scope, "channel");
        }
        if (!rights.covers(symbol)) {
            return refused(id, Reason.FORBIDDEN, "the token does not cover symbol " + symbol, "symbol");
        }
        Optional<Topic> topic = hub.topic(channel, symbol);
        if (topic.isEmpty()) {
            return () -> unknown(id, rights, symbol);
        }
        if (!ofEpoch.isEmpty() && !ofEpoch.equals(epoch)) {
            return refused(
                    id, Reason.NOT_FOUND, "epoch is not remembered, only the current one, " + epoch + ", is", "epoch");
        }
        Past past = topic.get()
                .past()
                .orElseThrow(() -> new IllegalArgumentException("nothing is remembered of " + channel));
        if (range.afterSeq() > past.seq()) {
            String expected = "at most " + past.seq() + ", where " + symbol + " stands now";
            return () -> ErrorMessage.field(id, "after_seq", expected);
        }
        return () -> new HistoryFound(id, past.page(range), epoch);
    }

    private static Supplier<Message> refused(RequestId id, Reason reason, String message, String field) {
        return () -> new ErrorMessage(id, reason, message, field);
    }

    private ErrorMessage unknown(RequestId id, Rights rights, Symbol symbol) {
        List<String> near = NearMisses.of(hub, List.of(symbol.name())).of(symbol.name()).stream()
                .filter(name -> rights.covers(new Symbol(name)))
                .toList();
        return unknown(id, symbol, near);
    }

    /** The complaint about a symbol that is not known, with what may have been meant. */
    static ErrorMessage unknown(RequestId id, Symbol symbol, List<String> near) {
        String meant = near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?";
        return new ErrorMessage(id, Reason.UNKNOWN_SYMBOL, "symbol " + symbol + " is not known" + meant, "symbol");
    }
}
