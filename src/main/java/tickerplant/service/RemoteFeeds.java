package tickerplant.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedStatus;
import tickerplant.feed.FeedStatus.State;
import tickerplant.market.Clock;
import tickerplant.market.Decimal;
import tickerplant.market.FeedState;

/**
 * How the feeds are, as the log says, wherever they run. Where the log has said nothing for a while, be it that Kafka is away, be
 * it that the node of a feed is, what was live is stale. Any thread.
 */
final class RemoteFeeds {
    /** Each feed is told of every second. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

    /** What was said, and when it came here. */
    private record Heard(FeedState said, State state, long at) {}

    private final Clock clock;
    private final Map<String, Heard> feeds = new ConcurrentHashMap<>();

    RemoteFeeds(Clock clock) {
        this.clock = clock;
    }

    /** The log says how a feed is; where several nodes run it, the best of them counts. */
    void heard(FeedState said) {
        Heard now = new Heard(said, state(said), clock.nanos());
        feeds.merge(
                said.feed(),
                now,
                (before, fresh) -> isSilent(before) || rank(fresh.state()) <= rank(before.state()) ? fresh : before);
    }

    private static State state(FeedState said) {
        for (State state : State.values()) {
            if (state.name().equals(said.state())) {
                return state;
            }
        }
        return State.STALE; // a newer node knows more states
    }

    private static int rank(State state) {
        return switch (state) {
            case LIVE, REPLAY -> 0;
            case STALE -> 1;
            case CONNECTING -> 2;
            case DOWN -> 3;
            case ENDED -> 4;
        };
    }

    private boolean isSilent(Heard heard) {
        return clock.nanos() - heard.at() > SILENCE_NANOS;
    }

    /** How a feed that may run here is to whoever hears it through the log; it may run elsewhere. */
    FeedStatus seen(FeedStatus local) {
        Heard heard = feeds.get(local.name());
        boolean isHeard = heard != null && !isSilent(heard);
        if (local.state() == State.LIVE || local.state() == State.REPLAY) {
            return isHeard ? local : local.in(State.STALE);
        }
        return isHeard && rank(heard.state()) < rank(local.state()) ? local.as(status(heard)) : local;
    }

    /** How the feeds are that the log has told of, but for those that run here. */
    List<FeedStatus> elsewhere(List<FeedStatus> here) {
        List<FeedStatus> statuses = new ArrayList<>();
        feeds.forEach((name, heard) -> {
            if (here.stream().noneMatch(status -> status.name().equals(name))) {
                statuses.add(status(heard));
            }
        });
        return statuses;
    }

    private FeedStatus status(Heard heard) {
        FeedState said = heard.said();
        boolean flows = heard.state() == State.LIVE || heard.state() == State.REPLAY;
        long since = TimeUnit.NANOSECONDS.toMillis(Math.max(0, clock.nanos() - heard.at()));
        return new FeedStatus(
                said.feed(),
                said.isReplay() ? Feed.Mode.REPLAY : Feed.Mode.LIVE,
                flows && isSilent(heard) ? State.STALE : heard.state(),
                0,
                0,
                0,
                0,
                0,
                0,
                said.ageMillis() == Decimal.ABSENT ? OptionalLong.empty() : OptionalLong.of(said.ageMillis() + since),
                "");
    }
}
