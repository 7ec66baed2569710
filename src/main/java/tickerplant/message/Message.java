package tickerplant.message;

/** Something the server says to one client. Immutable. */
public sealed interface Message
        permits Welcome,
                Subscribed,
                Unsubscribed,
                Subscriptions,
                Snapshot,
                UpdateMessage,
                Gap,
                Heartbeat,
                Flow,
                Configured,
                Pong,
                SymbolsFound,
                HistoryFound,
                AlertSet,
                AlertRemoved,
                AlertFired,
                Goaway,
                Authenticated,
                Accepted,
                OutOfTurn,
                ErrorMessage {
    /** About how many bytes it holds while it waits, rounded up; rows, which it shares with others, hardly count. */
    default int weight() {
        return 128;
    }
}
