package tickerplant.bus;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tickerplant.market.Event;
import tickerplant.market.LogEntry;

/** Somebody who follows a log on a thread of the test, and keeps all that he hears. */
public final class Node {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What was heard.
     *
     * @param lane the lane that it stood in
     */
    public record Heard(LogEntry entry, int lane) {}

    private final List<Heard> heard = new ArrayList<>();
    private final Handover<Runnable> thread = new Handover<>(10_000);
    private final Following following;

    private Node(Bus bus, List<Mark> from) throws IOException {
        following = bus.follow(thread, from, (entry, lane, published) -> heard.add(new Heard(entry, lane)));
    }

    /** One who follows from the first entry on. */
    public static Node fromTheStart(Bus bus) throws IOException {
        return from(bus, java.util.Collections.nCopies(bus.lanes(), Mark.START));
    }

    /** One who follows from there on. */
    public static Node from(Bus bus, List<Mark> marks) throws IOException {
        return new Node(bus, marks);
    }

    public Following following() {
        return following;
    }

    /** Where it is now in every lane. */
    public List<Mark> marks(Bus bus) {
        List<Mark> marks = new ArrayList<>();
        for (int lane = 0; lane < bus.lanes(); lane++) {
            marks.add(following.mark(lane));
        }
        return marks;
    }

    /** Everything that was heard. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** What was heard of a symbol, in order. */
    public List<LogEntry> heard(String symbol) {
        return heard.stream()
                .map(Heard::entry)
                .filter(entry ->
                        entry instanceof Event event && event.symbol().name().equals(symbol))
                .toList();
    }

    /** Hears until it has heard so many. */
    public Node hears(int count) throws InterruptedException {
        return hearsUntil(() -> heard.size() >= count, "heard " + count + " entries");
    }

    /** Hears until it is so. */
    public Node hearsUntil(BooleanSupplier done, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + what + ", but heard " + heard.size() + ": "
                        + heard.subList(Math.max(0, heard.size() - 5), heard.size()));
            }
            for (Runnable task : thread.take(TimeUnit.MILLISECONDS.toNanos(20))) {
                task.run();
            }
        }
        return this;
    }
}
