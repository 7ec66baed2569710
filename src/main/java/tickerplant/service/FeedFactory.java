package tickerplant.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedMaker;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.lines.LinesFeed;
import tickerplant.feed.replay.ReplayFeed;
import tickerplant.feed.replay.SampleFeed;
import tickerplant.feed.simulated.SimulatedFeed;
import tickerplant.feed.venue.VenueFeed;
import tickerplant.market.Clock;

/** Knows every kind of feed: its own, and those whose makers stand on the class path beside it. */
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
            } catch (ServiceConfigurationError e) {
                throw new SettingsException(
                        Setting.FEED.key() + ": '" + spec.kind() + "' was looked for, " + e.getMessage(), e);
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
            default ->
                Optional.of(
                        VenueFeed.KINDS.contains(spec.kind())
                                ? VenueFeed.of(spec, clock, key -> Optional.ofNullable(System.getenv(key)))
                                : made(spec, clock));
        };
    }

    /** A feed of a kind that somebody else has made; a maker that is broken harms only who asks for such a kind. */
    private static Feed made(FeedSpec spec, Clock clock) {
        List<String> kinds = new ArrayList<>(List.of("simulated", "replay:FILE", "sample", LinesFeed.KIND));
        kinds.addAll(VenueFeed.KINDS);
        // Not that of the thread: in a container it is anybody's.
        for (FeedMaker maker : ServiceLoader.load(FeedMaker.class, FeedFactory.class.getClassLoader())) {
            if (maker.kind().equals(spec.kind())) {
                return maker.feed(spec, clock);
            }
            kinds.add(maker.kind());
        }
        throw new IllegalArgumentException(
                "'" + spec.kind() + "' is no kind of feed, expected " + String.join(", ", kinds) + " or none");
    }
}
