package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/** A client's request. Immutable. */
public sealed interface Command
        permits Subscribe,
                Unsubscribe,
                UnsubscribeBars,
                ListSubscriptions,
                Configure,
                Ping,
                FindSymbols,
                AskHistory,
                SetAlert,
                RemoveAlert,
                Auth,
                Publish,
                Refused {
    /** Where a command is executed. */
    enum Place {
        /** On the market thread, in the order of requests. */
        MARKET,
        /** Beside it, because it takes long: its answer may come after those to later requests. */
        ASIDE,
        /** Begun in the order of requests, and finished beside the market thread. */
        MARKET_THEN_ASIDE
    }

    /** The client's name for it, echoed in the answer. */
    RequestId id();

    /** The same command, with what can be looked up before its turn. Called by the thread that brought it. */
    default Command prepared(ClientSession session) {
        return this;
    }

    /** Where it is to be executed. */
    default Place place() {
        return Place.MARKET;
    }

    /**
     * What is left to be done aside, after what only the market thread may do, which calls this. For commands that begin
     * there.
     */
    default Runnable begun(ClientSession session) {
        return () -> execute(session);
    }

    /** Does what was asked for, and answers once. Called by a thread of its {@link #place}. */
    void execute(ClientSession session);
}
