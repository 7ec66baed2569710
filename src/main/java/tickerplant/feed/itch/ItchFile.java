package tickerplant.feed.itch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import tickerplant.feed.FeedSink;
import tickerplant.feed.Recording;
import tickerplant.feed.binary.ByteWindow;
import tickerplant.feed.binary.Bytes;
import tickerplant.market.Listed;

/**
 * A day of Nasdaq TotalView-ITCH 5.0 as the exchange gives it away: messages one behind the other, each behind its length
 * of 2 bytes. A length of zero is accepted too, and the message's type taken for it. Source: Nasdaq BinaryFILE 1.00.
 */
public final class ItchFile implements Recording {
    private static final int WORD = 2;
    /** Word and head of a message: type, instrument, tracking number, time. */
    private static final int HEAD = WORD + 11;

    private final Source source;
    private final Universe universe;
    private final long midnight;

    /**
     * A file that is not yet opened.
     *
     * @param feed the name of the feed that its symbols belong to
     * @param prefix put before every symbol; may be empty
     * @param day whose midnight in New York the messages count their time from
     */
    public ItchFile(Source source, String feed, String prefix, LocalDate day) {
        this.source = source;
        this.universe = new Universe(feed, prefix);
        this.midnight = day.atStartOfDay(Universe.ZONE).toEpochSecond() * 1_000_000;
    }

    /** Whether a file that begins with these bytes is one: every day begins with a system event. */
    public static boolean isItch(byte[] head) {
        return head.length >= WORD + Form.length('S')
                && (Bytes.be16(head, 0) == 0 || Bytes.be16(head, 0) == Form.length('S'))
                && head[WORD] == 'S'
                && head[WORD + 11] == 'O'
                && Form.nanos(head, WORD) < Form.DAY_NANOS;
    }

    @Override
    public List<Listed> instruments() throws IOException {
        try {
            read(FeedSink.NOBODY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return universe.listed();
    }

    @Override
    public void play(FeedSink sink) throws IOException, InterruptedException {
        read(sink);
    }

    private void read(FeedSink sink) throws IOException, InterruptedException {
        try (ByteWindow in = new ByteWindow(source.open())) {
            new Reading(in, sink).run();
        }
    }

    /** One way through the file. */
    private final class Reading {
        private final ByteWindow in;
        private final Place place;
        private final MessageDecoder decoder;
        private final BitSet unknownTypes = new BitSet();
        private long last;

        Reading(ByteWindow in, FeedSink sink) {
            this.in = in;
            this.place = new Place(sink);
            this.decoder = new MessageDecoder(new Stocks(universe, sink), sink, place, midnight);
        }

        void run() throws IOException, InterruptedException {
            while (in.has(WORD + 1)) {
                place.begin(in.offset());
                int word = Bytes.be16(in.window(), in.at());
                int type = in.window()[in.at() + WORD] & 0xFF;
                int length = Form.length(type);
                if (length == 0 && word > 0) {
                    unknown(type);
                    skip(WORD + word);
                } else if (length == 0 || (word > 0 && word < length)) {
                    place.report("length " + word + " and type 0x" + Integer.toHexString(type)
                            + ", which is no message; the next one is searched");
                    search();
                } else if (!in.has(WORD + length)) {
                    place.report(in.ending() + " inside a message '" + (char) type + "' of " + length + " bytes");
                    return;
                } else {
                    take();
                    skip(WORD + Math.max(word, length));
                }
            }
            // A last word of zero marks the end of the day.
            if (in.broken() || (in.rest() > 0 && (in.rest() != WORD || Bytes.be16(in.window(), in.at()) != 0))) {
                place.begin(in.offset());
                place.report(in.ending() + " between two messages");
            }
        }

        private void take() throws InterruptedException {
            int at = in.at() + WORD;
            long nanos = Form.nanos(in.window(), at);
            if (nanos >= Form.DAY_NANOS) {
                place.report("a time of " + nanos + " ns since midnight, expected less than a day");
            } else {
                last = Math.max(last, nanos);
                decoder.message(in.window(), at);
            }
        }

        private void unknown(int type) {
            // Once each: a type that the exchange introduced later may come a million times.
            if (!unknownTypes.get(type)) {
                unknownTypes.set(type);
                place.report("messages of the unknown type 0x" + Integer.toHexString(type)
                        + " are skipped, and reported only this once");
            }
        }

        private void skip(int count) throws IOException {
            // A word may claim more than is left.
            in.skip(in.has(count) ? count : in.rest());
        }

        /** Moves on to the next byte from which two messages follow each other. */
        private void search() throws IOException {
            do {
                in.skip(1);
            } while (in.has(WORD + 1) && !isPlausible());
        }

        private boolean isPlausible() throws IOException {
            int length = plausible(0);
            return length > 0 && (plausible(length) > 0 || !in.has(length + HEAD));
        }

        /** How many bytes a message takes that may stand so far ahead; 0 where none can. */
        private int plausible(int ahead) throws IOException {
            if (!in.has(ahead + HEAD)) {
                return 0;
            }
            int at = in.at() + ahead;
            int word = Bytes.be16(in.window(), at);
            int length = Form.length(in.window()[at + WORD] & 0xFF);
            long nanos = Form.nanos(in.window(), at + WORD);
            boolean fits = length > 0 && (word == 0 || word == length) && nanos >= last && nanos < Form.DAY_NANOS;
            return fits ? WORD + length : 0;
        }
    }
}
