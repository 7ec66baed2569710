package tickerplant.feed.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tickerplant.feed.FeedSink;
import tickerplant.market.Event;
import tickerplant.market.Listed;

/**
 * Reads one of several recordings on a thread of its own, a bounded way ahead, so that whoever merges them can look at the
 * next event of each. All but that thread's work is called by one thread.
 */
final class PartReader {
    /** What a recording has told, and when it is its turn. */
    private sealed interface Item permits Told, Damaged, Failed {
        /** In microseconds since the epoch; never less than that of the item before. */
        long time();
    }

    /** An event. */
    private record Told(long time, Event event) implements Item {}

    /** A part that can't be read. */
    private record Damaged(long time, String place, String reason) implements Item {}

    /** The end of a recording that can't be read any further. */
    private record Failed(long time, Exception reason) implements Item {}

    /** So many events are handed over at once, and so many times they may wait: some two thousand events at most. */
    private static final int BATCH = 512;

    private static final int BATCHES = 4;
    private static final long PATIENCE_SECONDS = 5;

    /** An empty one says that there is no more. */
    private final BlockingQueue<List<Item>> batches = new ArrayBlockingQueue<>(BATCHES);

    private final MergedRecording.Part part;
    private final Rescaling rescaling;
    private final Thread thread;
    private Iterator<Item> batch = Collections.emptyIterator();
    private Item item = new Damaged(Long.MIN_VALUE, "", "nothing was read yet");

    private PartReader(MergedRecording.Part part, Rescaling rescaling) {
        this.part = part;
        this.rescaling = rescaling;
        this.thread = new Thread(this::read, "replay-" + part.name());
        thread.setDaemon(true);
    }

    /** A reader that has begun. */
    static PartReader of(MergedRecording.Part part, Rescaling rescaling) {
        PartReader reader = new PartReader(part, rescaling);
        reader.thread.start();
        return reader;
    }

    /**
     * Moves on to the next item; says whether there is one.
     *
     * @throws IOException where the recording can't be read any further
     */
    boolean advance() throws IOException, InterruptedException {
        if (!batch.hasNext()) {
            batch = batches.take().iterator();
        }
        if (!batch.hasNext()) {
            return false;
        }
        item = batch.next();
        if (item instanceof Failed failed) {
            String message = part.name() + ": " + failed.reason().getMessage();
            if (failed.reason() instanceof IOException) {
                throw new IOException(message, failed.reason());
            }
            throw new IllegalStateException(message, failed.reason());
        }
        return true;
    }

    /** When the item that {@link #advance} has moved to is in its turn, in microseconds since the epoch. */
    long time() {
        return item.time();
    }

    /** Tells that item, in the steps that all recordings share. */
    void tell(FeedSink sink) throws InterruptedException {
        if (item instanceof Damaged damaged) {
            sink.damaged(part.name() + " " + damaged.place(), damaged.reason());
        } else if (item instanceof Told told) {
            Optional<Event> event = rescaling.of(told.event());
            if (event.isPresent()) {
                sink.event(event.get());
            } else {
                sink.damaged(
                        part.name() + " at " + told.event().ts() + " µs",
                        "a number of " + told.event().symbol() + " that does not fit the other recordings");
            }
        }
    }

    /** Ends the threads of all, and waits until they have let go of their files. */
    static void stop(List<PartReader> readers) throws InterruptedException {
        readers.forEach(reader -> reader.thread.interrupt());
        boolean interrupted = Thread.interrupted();
        for (PartReader reader : readers) {
            TimeUnit.SECONDS.timedJoin(reader.thread, PATIENCE_SECONDS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        Batching batching = new Batching();
        try {
            try {
                part.recording().play(batching);
            } catch (IOException | RuntimeException e) {
                batching.add(new Failed(batching.time, e));
            }
            batching.end();
        } catch (InterruptedException e) {
            // Only stop() interrupts this thread, and the thread ends here.
        }
    }

    /** Gathers what the recording tells. */
    private final class Batching implements FeedSink {
        private List<Item> items = new ArrayList<>(BATCH);
        private long time = Long.MIN_VALUE;

        @Override
        public void event(Event event) throws InterruptedException {
            if (!(event instanceof Listed)) {
                time = Math.max(time, event.ts());
            }
            add(new Told(time, event));
        }

        @Override
        public void damaged(String place, String reason) {
            try {
                add(new Damaged(time, place, reason));
            } catch (InterruptedException e) {
                // Nobody listens any more; the next event, or the file, says it to the recording.
                items.clear();
                Thread.currentThread().interrupt();
            }
        }

        private void add(Item next) throws InterruptedException {
            items.add(next);
            if (items.size() >= BATCH) {
                hand();
            }
        }

        private void hand() throws InterruptedException {
            batches.put(items);
            items = new ArrayList<>(BATCH);
        }

        void end() throws InterruptedException {
            if (!items.isEmpty()) {
                hand();
            }
            batches.put(List.of());
        }
    }
}
