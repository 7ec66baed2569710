package tickerplant.feed.itch;

import tickerplant.feed.FeedSink;

/** Where in the file the reading stands; tells the sink what is wrong there. */
final class Place {
    private final FeedSink sink;
    private long number;
    private long offset;

    Place(FeedSink sink) {
        this.sink = sink;
    }

    /** The next message begins at this byte of the unpacked file. */
    void begin(long at) {
        number++;
        offset = at;
    }

    void report(String reason) {
        sink.damaged("message " + number + " at byte " + offset, reason);
    }
}
