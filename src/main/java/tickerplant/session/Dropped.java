package tickerplant.session;

import tickerplant.message.Gap;

/** The run of a slot's sequences that were dropped and of which the client has not heard yet. Guarded by the outbox's lock. */
final class Dropped {
    private final long from;
    private long to;
    private Gap.Why why;

    Dropped(long seq, Gap.Why why) {
        this.from = seq;
        this.to = seq;
        this.why = why;
    }

    /** One more; where any of them is the fault of a client that does not read, all are. */
    void add(long seq, Gap.Why reason) {
        to = seq;
        why = reason == Gap.Why.SLOW_CLIENT ? reason : why;
    }

    Gap of(Slot slot) {
        return new Gap(slot.topic().channel(), slot.topic().symbol(), from, to, why);
    }
}
