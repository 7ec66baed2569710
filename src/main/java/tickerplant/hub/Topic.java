package tickerplant.hub;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tickerplant.market.Channel;
import tickerplant.market.Instrument;
import tickerplant.market.Listing;
import tickerplant.market.Symbol;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Update;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;

/** What can be followed: one channel of one symbol. Owned by the market thread. */
public final class Topic {
    private static final Follower[] NOBODY = {};

    private final Channel channel;
    private final Listing listing;
    private final History history;
    private final RowEncoder encoder;
    private final Interest interest;
    private volatile Row standing;

    private Follower[] followers = NOBODY;
    private int count;

    Topic(Channel channel, Listing listing, Update standing, RowEncoder encoder, History history, Interest interest) {
        this.interest = interest;
        this.history = history;
        this.encoder = encoder;
        this.channel = channel;
        this.listing = listing;
        this.standing = new Row(standing, encoder);
    }

    /** Its channel. */
    public Channel channel() {
        return channel;
    }

    /** What it is about. */
    public Instrument instrument() {
        return listing.instrument();
    }

    /** Whose it is. What may change of it is the market thread's alone. */
    public Listing listing() {
        return listing;
    }

    /** Its symbol. */
    public Symbol symbol() {
        return listing.instrument().symbol();
    }

    /** Whether it is of the whole market rather than of an instrument. */
    public boolean isMarketWide() {
        return symbol().isWholeMarket();
    }

    /** The name of the feed that the symbol belongs to. */
    public String feed() {
        return listing.feed();
    }

    /**
     * What somebody who comes new should be shown. May be read by any thread, but in a channel of bars only while somebody
     * follows it, or by the market thread once it has looked the topic up.
     */
    public Row standing() {
        return standing;
    }

    /** The sequence of its newest event. May be read by any thread. */
    public long seq() {
        return standing.update().seq();
    }

    /** It goes on after a restart, from what stands. */
    void beginsAt(Update restored) {
        standing = new Row(restored, encoder);
        history.beginsAt(restored);
    }

    /** A row from before a restart, in order. */
    void remember(Row row) {
        history.remember(row);
    }

    boolean isFollowed() {
        return count > 0;
    }

    /** Bars that nobody follows are not told, not even to their topic. */
    void catchUp(Update nowStanding) {
        if (nowStanding.seq() != seq()) {
            standing = new Row(nowStanding, encoder);
        }
    }

    /**
     * What somebody missed who knows the topic up to a sequence, which is neither negative nor beyond {@link #seq}. For the
     * market thread.
     */
    public Recovery since(long seq) {
        return seq == seq() ? Recovery.replayed(List.of()) : history.since(seq, standing);
    }

    /**
     * All that is remembered of it one by one, as it is now; empty in a channel of which that is nothing. For the market
     * thread, once it has looked the topic up.
     */
    public Optional<Past> past() {
        return history.past(standing);
    }

    /**
     * What the ticker showed at that sequence and after each event since, one by one and never merged; or where not all of that
     * is known any more, from the oldest that is. The last is what stands. Nothing in other channels. For the market thread,
     * which looks at it before it does anything else.
     */
    public List<TickerUpdate> tickersSince(long seq) {
        return history.tickersSince(seq, standing);
    }

    /** From the next row on, this follower gets every one. Reading {@link #standing} in the same step leaves no seam. */
    public void follow(Follower follower) {
        if (follower.place() >= 0) {
            throw new IllegalStateException("follows already: " + symbol());
        }
        if (count == followers.length) {
            followers = Arrays.copyOf(followers, Math.max(4, count * 2));
        }
        follower.place(count);
        followers[count++] = follower;
        if (count == 1 && !isMarketWide()) {
            interest.begun(listing);
        }
    }

    /** This follower gets no more rows. */
    public void leave(Follower follower) {
        int place = follower.place();
        if (place < 0) {
            return;
        }
        Follower moved = followers[--count];
        followers[place] = moved;
        moved.place(place);
        followers[count] = null;
        follower.place(-1);
        if (count == 0) {
            followers = NOBODY;
            if (!isMarketWide()) {
                interest.ended(listing);
            }
        }
    }

    void publish(Row row, Row nowStanding) {
        standing = nowStanding;
        history.add(row);
        int i = 0;
        while (i < count) {
            Follower follower = followers[i];
            follower.offer(row);
            // Where that made it leave, the last one has taken its place, and has not been offered the row yet.
            if (follower.place() == i) {
                i++;
            }
        }
    }
}
