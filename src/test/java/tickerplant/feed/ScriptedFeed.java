package tickerplant.feed;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import tickerplant.market.Event;
import tickerplant.market.Listed;

/**
 * A feed that does what a test wrote down, step after step. A step that fails ends the run; the next run goes on with the
 * step after it. After the last step a run ends by itself.
 */
public final class ScriptedFeed implements Feed {
    /** Something to do in a run. */
    @FunctionalInterface
    public interface Step {
        void play(FeedSink sink) throws IOException, InterruptedException;
    }

    private final String name;
    private final Mode mode;
    private final List<Listed> instruments;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

    private ScriptedFeed(String name, Mode mode, List<Listed> instruments) {
        this.name = name;
        this.mode = mode;
        this.instruments = instruments;
    }

    /** A live feed that knows these instruments beforehand. */
    public static ScriptedFeed live(String name, Listed... instruments) {
        return new ScriptedFeed(name, Mode.LIVE, List.of(instruments));
    }

    /** A replay that knows these instruments beforehand. */
    public static ScriptedFeed replay(String name, Listed... instruments) {
        return new ScriptedFeed(name, Mode.REPLAY, List.of(instruments));
    }

    /** Then it tells these events. */
    public ScriptedFeed tells(Event... events) {
        return does(sink -> {
            for (Event event : events) {
                sink.event(event);
            }
        });
    }

    /** Then it finds something that it can't read. */
    public ScriptedFeed damaged(String place, String reason) {
        return does(sink -> sink.damaged(place, reason));
    }

    /** Then its source is lost. */
    public ScriptedFeed loses(String reason) {
        return does(sink -> {
            throw new IOException(reason);
        });
    }

    /** Then it has a bug. */
    public ScriptedFeed breaks(String reason) {
        return does(sink -> {
            throw new IllegalStateException(reason);
        });
    }

    /** Then it waits for the latch. */
    public ScriptedFeed waits(CountDownLatch latch) {
        return does(sink -> latch.await());
    }

    /** Then it waits until it is interrupted. */
    public ScriptedFeed waits() {
        return waits(new CountDownLatch(1));
    }

    /** Then it does this. */
    public ScriptedFeed does(Step step) {
        steps.add(step);
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public List<Listed> instruments() {
        return instruments;
    }

    @Override
    public void run(FeedSink sink) throws IOException, InterruptedException {
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            step.play(sink);
        }
    }
}
