package tickerplant.feed.iex;

import tickerplant.feed.FeedSink;

/** Tells the sink what was wrong with the packet at hand, and keeps the first complaint. */
final class Damage {
    private final Packet packet;
    private final FeedSink sink;
    private String first = "";

    Damage(Packet packet, FeedSink sink) {
        this.packet = packet;
        this.sink = sink;
    }

    void report(String reason) {
        if (first.isEmpty()) {
            first = packet.place() + ": " + reason;
        }
        sink.damaged(packet.place(), reason);
    }

    /** The first complaint with its place; empty where there was none. */
    String first() {
        return first;
    }
}
