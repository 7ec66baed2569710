package tickerplant.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.lines.LinesFeed;
import tickerplant.feed.replay.ReplayFeed;
import tickerplant.feed.replay.SampleFeed;
import tickerplant.feed.simulated.SimulatedFeed;
import tickerplant.feed.venue.VenueFeed;
import tickerplant.market.Clock;

/** Knows every kind of feed. */
final class FeedFactory {
    private FeedFactory() {}

    /**
     * The feeds that are asked for.
     *
     * @throws SettingsException naming what is wrong with a specification and what was expected
     */
    static List<Feed> feeds(List<FeedSpec> specs, Clock clock) {
        List<Feed> feeds = new ArrayList<>();
        for (FeedSpec spec : specs) {
            try {
                feed(spec, clock).ifPresent(feeds::add);
            } catch (IllegalArgumentException e) {
                throw new SettingsException(Setting.FEED.key() + ": " + e.getMessage(), e);
            }
        }
        return feeds;
    }

    private static Optional<Feed> feed(FeedSpec spec, Clock clock) {
        return switch (spec.kind()) {
            case "simulated" -> Optional.of(SimulatedFeed.of(spec, clock));
            case "replay" -> Optional.of(ReplayFeed.of(spec, clock));
            case "sample" -> Optional.of(SampleFeed.of(spec, clock));
            case LinesFeed.KIND -> Optional.of(LinesFeed.of(spec, clock));
            case "none" -> Optional.empty();
            default -> {
                if (!VenueFeed.KINDS.contains(spec.kind())) {
                    throw new IllegalArgumentException(
                            "'" + spec.kind() + "' is no kind of feed, expected simulated, replay:FILE, sample, lines, "
                                    + String.join(", ", VenueFeed.KINDS) + " or none");
                }
                yield Optional.of(VenueFeed.of(spec, clock, key -> Optional.ofNullable(System.getenv(key))));
            }
        };
    }
}
