package tickerplant.bus.kafka;

import java.util.Optional;
import tickerplant.bus.Origin;
import tickerplant.bus.Posting;
import tickerplant.journal.Codes;
import tickerplant.journal.EventBytes;
import tickerplant.journal.Packed;
import tickerplant.journal.Unpacked;
import tickerplant.market.Cancel;
import tickerplant.market.DayRoll;
import tickerplant.market.FeedState;
import tickerplant.market.Listed;
import tickerplant.market.LogEntry;
import tickerplant.market.Loss;
import tickerplant.market.News;
import tickerplant.market.Quote;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Tenure;
import tickerplant.market.TimePassed;
import tickerplant.market.Trade;

/**
 * Postings as bytes. The first one is the version of the form: a node that reads a newer one than it knows must not guess, for it
 * would count otherwise than the others.
 */
final class Postings {
    private static final int VERSION = 1;

    private static final int MARK = 0;
    private static final int LISTED = 1;
    private static final int TRADE = 2;
    private static final int QUOTE = 3;
    private static final int CANCEL = 4;
    private static final int LOSS = 5;
    private static final int DAY_ROLL = 6;
    private static final int STATUS = 7;
    private static final int NEWS = 8;
    private static final int TIME_PASSED = 9;
    private static final int FEED_STATE = 10;
    private static final int TENURE = 11;

    private Postings() {}

    static byte[] write(Posting posting) {
        Packed to = new Packed().number(VERSION);
        origin(to, posting.origin());
        posting.entry().ifPresentOrElse(entry -> entry(to, entry), () -> to.number(MARK));
        return to.toArray();
    }

    static void origin(Packed to, Origin origin) {
        to.text(origin.source());
        if (origin.isKnown()) {
            to.number(origin.position()).number(origin.part());
        }
    }

    static Origin origin(Unpacked from) {
        String source = from.text();
        return source.isEmpty() ? Origin.NONE : new Origin(source, from.number(), from.small());
    }

    private static void entry(Packed to, LogEntry entry) {
        if (entry instanceof Trade trade) {
            EventBytes.trade(to.number(TRADE).text(trade.symbol().name()), trade);
        } else if (entry instanceof Quote quote) {
            to.number(QUOTE)
                    .text(quote.symbol().name())
                    .number(quote.bidPrice())
                    .number(quote.bidSize())
                    .number(quote.askPrice())
                    .number(quote.askSize())
                    .number(quote.ts());
        } else if (entry instanceof Listed listed) {
            EventBytes.instrument(to.number(LISTED), listed.instrument());
            to.text(listed.feed()).number(listed.prevClose()).number(listed.ts());
        } else if (entry instanceof Cancel cancel) {
            to.number(CANCEL)
                    .text(cancel.symbol().name())
                    .text(cancel.tradeId())
                    .number(cancel.ts());
        } else if (entry instanceof Loss loss) {
            to.number(LOSS).text(loss.symbol().name()).number(loss.ts());
        } else if (entry instanceof DayRoll roll) {
            to.number(DAY_ROLL).text(roll.symbol().name()).number(roll.ts());
        } else if (entry instanceof Status status) {
            to.number(STATUS)
                    .text(status.symbol().name())
                    .number(Codes.of(Codes.PHASES, status.phase()))
                    .text(status.reason())
                    .number(status.ts());
        } else if (entry instanceof News news) {
            to.number(NEWS)
                    .text(news.symbol().name())
                    .text(news.headline())
                    .text(news.url())
                    .text(news.source())
                    .number(news.ts());
        } else if (entry instanceof TimePassed time) {
            to.number(TIME_PASSED).text(time.feed()).number(time.ts());
        } else if (entry instanceof FeedState state) {
            to.number(FEED_STATE)
                    .text(state.feed())
                    .number(state.isReplay() ? 1 : 0)
                    .text(state.state())
                    .number(state.ageMillis())
                    .number(state.ts());
        } else if (entry instanceof Tenure tenure) {
            to.number(TENURE)
                    .text(tenure.feed())
                    .text(tenure.node())
                    .number(tenure.term())
                    .number(tenure.ts());
        } else {
            throw new IllegalArgumentException("no kind of entry: " + entry);
        }
    }

    /**
     * Reads a posting.
     *
     * @throws IllegalArgumentException where it is none, or in a form that isn't known here
     */
    static Posting read(byte[] bytes) {
        try {
            Unpacked from = new Unpacked(bytes);
            int version = from.small();
            if (version != VERSION) {
                throw new IllegalArgumentException("its form is " + version + ", expected " + VERSION);
            }
            Origin origin = origin(from);
            return new Posting(entry(from.small(), from), origin);
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is damaged", e);
        }
    }

    private static Optional<LogEntry> entry(int kind, Unpacked from) {
        return switch (kind) {
            case MARK -> Optional.empty();
            case TRADE -> Optional.of(EventBytes.trade(new Symbol(from.text()), from));
            case QUOTE ->
                Optional.of(new Quote(
                        new Symbol(from.text()),
                        from.number(),
                        from.number(),
                        from.number(),
                        from.number(),
                        from.number()));
            case LISTED ->
                Optional.of(new Listed(EventBytes.instrument(from), from.text(), from.number(), from.number()));
            case CANCEL -> Optional.of(new Cancel(new Symbol(from.text()), from.text(), from.number()));
            case LOSS -> Optional.of(new Loss(new Symbol(from.text()), from.number()));
            case DAY_ROLL -> Optional.of(new DayRoll(new Symbol(from.text()), from.number()));
            case STATUS ->
                Optional.of(new Status(
                        new Symbol(from.text()), Codes.PHASES.get(from.small()), from.text(), from.number()));
            case NEWS ->
                Optional.of(new News(new Symbol(from.text()), from.text(), from.text(), from.text(), from.number()));
            case TIME_PASSED -> Optional.of(new TimePassed(from.text(), from.number()));
            case FEED_STATE ->
                Optional.of(new FeedState(from.text(), from.small() == 1, from.text(), from.number(), from.number()));
            case TENURE -> Optional.of(new Tenure(from.text(), from.text(), from.number(), from.number()));
            default -> throw new IllegalArgumentException("no kind of entry: " + kind);
        };
    }
}
