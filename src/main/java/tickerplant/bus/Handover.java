package tickerplant.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Hands things from many threads to one, in order. The one takes all that is there in a single step, so under load it takes
 * the lock once for many of them.
 */
public final class Handover<T> {
    private final int room;
    private List<T> filling = new ArrayList<>();
    private List<T> emptied = new ArrayList<>();
    private boolean takerWaits;
    private int puttersWaiting;

    /**
     * An empty hand-over.
     *
     * @param room how many things may wait before {@link #putWhenRoom} does
     */
    public Handover(int room) {
        this.room = room;
    }

    /** Hands over without waiting, however much is there. */
    public synchronized void put(T thing) {
        filling.add(thing);
        if (takerWaits) {
            takerWaits = false;
            notifyAll();
        }
    }

    /** Hands over as soon as there is room. */
    public synchronized void putWhenRoom(T thing) throws InterruptedException {
        while (filling.size() >= room) {
            puttersWaiting++;
            try {
                wait();
            } finally {
                puttersWaiting--;
            }
        }
        put(thing);
    }

    /**
     * Waits until there is something and takes all of it. For the one taker only, which must be done with the list before it
     * takes again.
     */
    public synchronized List<T> take() throws InterruptedException {
        while (filling.isEmpty()) {
            takerWaits = true;
            wait();
        }
        return takeAll();
    }

    /**
     * Takes all that is there, or waits for it, but no longer than told; then, and now and then before, there may be nothing
     * in the list. For the one taker only, like {@link #take()}.
     *
     * @param nanos how long to wait, which is rounded up to milliseconds; not at all where it is not positive
     */
    public synchronized List<T> take(long nanos) throws InterruptedException {
        if (filling.isEmpty() && nanos > 0) {
            takerWaits = true;
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
        return takeAll();
    }

    private List<T> takeAll() {
        takerWaits = false;
        List<T> taken = filling;
        emptied.clear();
        filling = emptied;
        emptied = taken;
        if (puttersWaiting > 0) {
            notifyAll();
        }
        return taken;
    }

    /** How many things wait. */
    public synchronized int size() {
        return filling.size();
    }
}
