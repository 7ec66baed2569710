package tickerplant.market;

/**
 * A change of the phase that trading in an instrument is in.
 *
 * @param instrument whose
 * @param seq of its newest event
 * @param n how many events it stands for
 * @param status the newest event
 */
public record StatusUpdate(Instrument instrument, long seq, long n, Status status) implements Conflatable {
    @Override
    public Channel channel() {
        return Channel.STATUS;
    }

    @Override
    public StatusUpdate merge(Conflatable next) {
        StatusUpdate later = (StatusUpdate) next;
        requireFollowedBy(later);
        return new StatusUpdate(instrument, later.seq, n + later.n, later.status);
    }
}
