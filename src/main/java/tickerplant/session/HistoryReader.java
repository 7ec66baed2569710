package tickerplant.session;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import tickerplant.hub.HistoryRange;
import tickerplant.hub.Hub;
import tickerplant.hub.Past;
import tickerplant.hub.Topic;
import tickerplant.journal.Journal;
import tickerplant.journal.Query;
import tickerplant.journal.Stored;
import tickerplant.market.BarUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Symbol;
import tickerplant.market.Update;
import tickerplant.message.ErrorMessage;
import tickerplant.message.HistoryFound;
import tickerplant.message.HistoryPage;
import tickerplant.message.Message;
import tickerplant.message.Reason;
import tickerplant.message.RequestId;
import tickerplant.message.Row;

/** Answers what somebody asks of the past: what must be seen at once on the market thread, and the rest on another. */
public final class HistoryReader {
    private static final Logger LOG = System.getLogger(HistoryReader.class.getName());

    /** The most rows of an answer on a socket. */
    public static final int MAX_LIMIT = 1_000;

    /** How many rows are wanted by who doesn't say. */
    public static final int USUAL_LIMIT = 500;

    private final Hub hub;
    private final Supplier<String> epochs;
    private final Journal journal;

    /** Reads what a hub remembers of an epoch. */
    public HistoryReader(Hub hub, String epoch) {
        this(hub, () -> epoch, Journal.none());
    }

    /** Reads what a hub remembers, and what it has forgotten from a journal, whose epoch is the current one. */
    public HistoryReader(Hub hub, Journal journal) {
        this(hub, journal::epoch, journal);
    }

    private HistoryReader(Hub hub, Supplier<String> epochs, Journal journal) {
        this.hub = hub;
        this.epochs = epochs;
        this.journal = journal;
    }

    /**
     * Takes hold of what is remembered. For the market thread; what comes back makes the answer, and is for any other.
     *
     * @param rights of who asks
     * @param channel {@code trades}, or one of bars
     * @param ofEpoch the log that the range's sequence counts in; empty for the current one
     */
    public Supplier<Message> read(
            RequestId id, Rights rights, Channel channel, Symbol symbol, String ofEpoch, HistoryRange range) {
        String epoch = epochs.get();
        String scope = Rights.scope(channel);
        if (!rights.allows(scope)) {
            return refused(id, Reason.FORBIDDEN, "this channel needs a token with the scope " + scope, "channel");
        }
        if (!rights.covers(symbol)) {
            return refused(id, Reason.FORBIDDEN, "the token does not cover symbol " + symbol, "symbol");
        }
        Optional<Topic> topic = hub.topic(channel, symbol);
        if (topic.isEmpty()) {
            return () -> unfollowed(id, rights, channel, symbol, ofEpoch, range);
        }
        if (!ofEpoch.isEmpty() && !ofEpoch.equals(epoch)) {
            return () -> earlier(id, channel, symbol, ofEpoch, range);
        }
        Past past = topic.get()
                .past()
                .orElseThrow(() -> new IllegalArgumentException("nothing is remembered of " + channel));
        if (range.afterSeq() > past.seq()) {
            String expected = "at most " + past.seq() + ", where " + symbol + " stands now";
            return () -> ErrorMessage.field(id, "after_seq", expected);
        }
        return () -> latest(id, whole(past.page(range), range, epoch), ofEpoch, range);
    }

    /**
     * What was found of the current epoch; where that has nothing, and whoever asks has no other in mind, what the latest has
     * that has something.
     */
    private Message latest(RequestId id, HistoryPage page, String ofEpoch, HistoryRange range) {
        boolean isFree =
                ofEpoch.isEmpty() && range.afterSeq() == 0 && !page.channel().isBars();
        if (page.rows().isEmpty() && isFree) {
            try {
                for (String each : journal.epochs(page.symbol(), range.from())) {
                    HistoryPage earlier = earlier(page.symbol(), each, range);
                    if (!earlier.rows().isEmpty()) {
                        return new HistoryFound(id, earlier, each);
                    }
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, e.getMessage());
            }
        }
        return new HistoryFound(id, page, epochs.get());
    }

    /** Of a symbol that was imported, and that no feed has named, the past alone is known. */
    private Message unfollowed(
            RequestId id, Rights rights, Channel channel, Symbol symbol, String ofEpoch, HistoryRange range) {
        if (!journal.knows(symbol)) {
            return unknown(id, rights, symbol);
        }
        if (!ofEpoch.isEmpty() && !ofEpoch.equals(epochs.get())) {
            return earlier(id, channel, symbol, ofEpoch, range);
        }
        OptionalLong isWhole = channel.isBars() ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
        HistoryPage nothing = new HistoryPage(channel, symbol, List.of(), Optional.empty(), isWhole);
        return latest(id, whole(nothing, range, epochs.get()), ofEpoch, range);
    }

    /** What memory has, with what the journal has of that which memory has forgotten. */
    private HistoryPage whole(HistoryPage page, HistoryRange range, String epoch) {
        boolean isOfBars = page.channel().isBars();
        if (page.wholeAfter().isEmpty() || (isOfBars && range.afterSeq() > 0)) {
            return page;
        }
        Query query = new Query(
                range.from(), range.to(), range.afterSeq(), page.wholeAfter().getAsLong(), range.limit() + 1);
        try {
            Stored<? extends Update> stored = isOfBars
                    ? journal.bars(page.symbol(), page.channel().interval().orElseThrow(), query)
                    : journal.trades(page.symbol(), epoch, query);
            NavigableMap<Long, Row> rows = new TreeMap<>();
            stored.rows().forEach(update -> rows.put(place(update), hub.row(update)));
            page.rows().forEach(row -> rows.put(place(row.update()), row));
            page.following().ifPresent(row -> rows.put(place(row.update()), row));
            return page(page.channel(), page.symbol(), rows.values(), range.limit(), stored.lost());
        } catch (IOException e) {
            LOG.log(Level.WARNING, e.getMessage());
            return page;
        }
    }

    private static HistoryPage page(
            Channel channel, Symbol symbol, Collection<Row> all, int limit, OptionalLong wholeAfter) {
        List<Row> rows = all.stream().limit(limit).toList();
        Optional<Row> following = all.stream().skip(limit).findFirst();
        return new HistoryPage(channel, symbol, rows, following, wholeAfter);
    }

    private static long place(Update update) {
        return update instanceof BarUpdate bar ? bar.bar().start() : update.seq();
    }

    /** What an epoch has left that is over. Bars outlive epochs, so there is nothing to ask of theirs. */
    private Message earlier(RequestId id, Channel channel, Symbol symbol, String ofEpoch, HistoryRange range) {
        try {
            if (!channel.isBars() && journal.remembers(ofEpoch)) {
                return new HistoryFound(id, earlier(symbol, ofEpoch, range), ofEpoch);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, e.getMessage());
            return new ErrorMessage(id, Reason.INTERNAL, "the journal can't be read, ask again later", "");
        }
        return new ErrorMessage(
                id, Reason.NOT_FOUND, "epoch is not remembered, the current one is " + epochs.get(), "epoch");
    }

    private HistoryPage earlier(Symbol symbol, String ofEpoch, HistoryRange range) throws IOException {
        Query query = new Query(range.from(), range.to(), range.afterSeq(), Long.MAX_VALUE, range.limit() + 1);
        Stored<Update> stored = journal.trades(symbol, ofEpoch, query);
        List<Row> rows = stored.rows().stream().map(hub::row).toList();
        return page(Channel.TRADES, symbol, rows, range.limit(), stored.lost());
    }

    private static Supplier<Message> refused(RequestId id, Reason reason, String message, String field) {
        return () -> new ErrorMessage(id, reason, message, field);
    }

    private ErrorMessage unknown(RequestId id, Rights rights, Symbol symbol) {
        List<String> near = NearMisses.of(hub, List.of(symbol.name())).of(symbol.name()).stream()
                .filter(name -> rights.covers(new Symbol(name)))
                .toList();
        return unknown(id, symbol, near);
    }

    /** The complaint about a symbol that is not known, with what may have been meant. */
    static ErrorMessage unknown(RequestId id, Symbol symbol, List<String> near) {
        String meant = near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?";
        return new ErrorMessage(id, Reason.UNKNOWN_SYMBOL, "symbol " + symbol + " is not known" + meant, "symbol");
    }
}
