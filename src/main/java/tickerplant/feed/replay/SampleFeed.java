package tickerplant.feed.replay;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.Recording;
import tickerplant.feed.text.BitstampLines;
import tickerplant.feed.text.TextRecording;
import tickerplant.market.Clock;

/** Real trades that come with the software: a week of Bitcoin in US dollars on Bitstamp, November 2013. */
public final class SampleFeed {
    /** Unpacked by the build from the artifact {@code org.ta4j:ta4j-examples}. */
    private static final String RESOURCE = "/tickerplant/feed/sample/bitstamp_trades_from_20131125_usd.csv";

    private static final Set<String> OPTIONS = new TreeSet<>(Set.of("speed", "loop", "prefix", "name"));

    /** A minute in a second: twelve trades a second on average. */
    private static final String SPEED = "60";

    private SampleFeed() {}

    /**
     * The feed that {@code sample?speed=60&loop=true&prefix=R.&name=...} asks for; these are its defaults, without a
     * prefix.
     *
     * @throws IllegalArgumentException naming the option, and what was expected
     */
    public static Feed of(FeedSpec spec, Clock clock) {
        spec.allow(OPTIONS);
        if (!spec.target().isEmpty()) {
            throw new IllegalArgumentException("'" + spec + "', expected " + spec.kind() + " without a target");
        }
        Pace pace = Pace.of(spec, SPEED);
        ReplayFeed.Repeat repeat = ReplayFeed.Repeat.of(spec, ReplayFeed.Repeat.LOOP);
        String name = ReplayFeed.name(spec, spec.kind());
        Recording recording = new TextRecording(SampleFeed::open, new BitstampLines(), name, ReplayFeed.prefix(spec));
        return new ReplayFeed(name, recording, pace, repeat, clock);
    }

    private static InputStream open() throws IOException {
        InputStream in = SampleFeed.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new FileNotFoundException(RESOURCE + " is not on the class path, expected the build to put it there");
        }
        return in;
    }
}
