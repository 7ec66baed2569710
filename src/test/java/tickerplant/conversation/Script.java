package tickerplant.conversation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tickerplant.service.Setting;

/**
 * What happens in one random conversation, drawn from its seed and nothing else: how the service is set, which clients there
 * are, and what they and the feed do, step by step.
 *
 * @param isReplay whether the events tell the time, rather than the clock
 * @param isModest whether clients keep their rates, and what they hide, when the market falls quiet
 * @param settings those of the service
 * @param callers the clients
 */
record Script(
        long seed,
        boolean isReplay,
        boolean isModest,
        Map<Setting, String> settings,
        List<Caller> callers,
        List<Step> steps) {
    static final List<String> SYMBOLS = List.of("AAA", "AAB", "ABB", "BBB", "BRK.B", "CCC");
    static final List<String> INTERVALS = List.of("1s", "1m", "5m", "15m", "1h", "1d");

    /** Where a client shows its token. */
    enum Way {
        NONE,
        HEADER,
        ADDRESS,
        MESSAGE
    }

    /**
     * A client.
     *
     * @param buffer its receive buffer, in bytes
     * @param way where it shows its token, if the service wants one
     * @param pass what the token is for, as in {@link Step}
     */
    record Caller(int buffer, Way way, String pass) {}

    /** What is done in a step. */
    enum Act {
        /** The client sends the text. */
        SAYS,
        /** The client shows another token, for what the text says: scopes, and after a bar symbols. */
        SHOWS,
        /** The client shows a token that is good for so many seconds, and says nothing more. */
        EXPIRES,
        /** The feed plays so many events. */
        PLAYS,
        /** The client stops reading. */
        STALLS,
        /** The client reads again. */
        READS,
        /** The client closes the connection as it should be done. */
        CLOSES,
        /** The client ends the connection without a word, whatever is unread. */
        VANISHES,
        /** The client resets the connection. */
        RESETS,
        /**
         * The client connects again and resumes what it had. The text says from where, the number how far before it;
         * after that the text may have an entry to use instead of every symbol by itself.
         */
        RETURNS,
        /** Everybody who reads waits until the observer has heard all. */
        RESTS
    }

    /** One step; what does not belong to the act is 0 or empty. */
    record Step(Act act, int client, int number, String text) {
        @Override
        public String toString() {
            return act
                    + (client < 0 ? "" : " #" + client)
                    + (number == 0 ? "" : " " + number)
                    + (text.isEmpty() ? "" : " " + text);
        }
    }

    /** The conversation of a seed. */
    static Script of(long seed) {
        return new ScriptDraft(seed).usual();
    }

    /** A conversation with so many clients, each of which does little. */
    static Script ofCrowd(long seed, int clients) {
        return new ScriptDraft(seed).crowd(clients);
    }

    /** Whether the service wants to be shown a token. */
    boolean asksForTokens() {
        return settings.containsKey(Setting.AUTH);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + (isReplay ? "replay" : "live") + (isModest ? ", modest, " : ", ") + settings
                + ", " + callers + "\n  "
                + IntStream.range(0, steps.size())
                        .mapToObj(i -> i + " " + steps.get(i))
                        .collect(Collectors.joining("\n  "));
    }
}
