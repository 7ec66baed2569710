package tickerplant.session;

/** When a slot of a limited rate may send. Guarded by the lock of the outbox. */
final class Turn {
    /** When it last sent something. */
    long sentAt;
    /** While it is held: from when on it may send again. */
    long due;
    /** Whether something waits in it for that moment. */
    boolean held;

    Turn(long sentAt) {
        this.sentAt = sentAt;
    }
}
