package tickerplant.command;

import tickerplant.message.RequestId;
import tickerplant.session.ClientSession;

/** A client's request. Immutable. */
public sealed interface Command permits Subscribe, Unsubscribe, ListSubscriptions, Ping, Refused {
    /** The client's name for it, echoed in the answer. */
    RequestId id();

    /** Does what was asked for, and answers once. Called by the market thread. */
    void execute(ClientSession session);
}
