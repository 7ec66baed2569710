package tickerplant.market;

/**
 * What a channel shows of a symbol that has nothing to show: nothing has happened, or what happened was taken back.
 *
 * @param instrument whose
 * @param channel the channel
 * @param seq the place of the newest event in the log of its key; 0 before the first
 */
public record NothingYet(Instrument instrument, Channel channel, long seq) implements Update {
    @Override
    public long n() {
        return 1;
    }
}
