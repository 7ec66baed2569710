package tickerplant.feed.iex;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which messages of one IEX-TP session have passed. Messages are numbered without holes, so that a number too high means
 * a gap, and one that was there already a repetition. A packet that arrives late fills the gap that it left.
 */
final class Sequence {
    private static final int MAX_GAPS = 1024;

    /** What a packet's numbers say. */
    enum Verdict {
        /** It continues the session, or fills a gap. */
        NEW,
        /** Messages before it are missing. */
        AFTER_GAP,
        /** Some or all of it has passed before. */
        REPEATED
    }

    /** The open gaps, first number to the number behind the last. */
    private final NavigableMap<Long, Long> gaps = new TreeMap<>();

    private long next;

    Sequence(long first) {
        next = first;
        // What came before the capture began is no gap to report; but it may still come late.
        gaps.put(0L, first);
    }

    /** The number that is expected next. */
    long next() {
        return next;
    }

    /** Takes a packet of at least one message. */
    Verdict take(long first, int count) {
        long end = first + count;
        if (first == next) {
            next = end;
            return Verdict.NEW;
        }
        if (first > next) {
            gaps.put(next, first);
            if (gaps.size() > MAX_GAPS) {
                gaps.pollFirstEntry();
            }
            next = end;
            return Verdict.AFTER_GAP;
        }
        return fills(first, end) ? Verdict.NEW : Verdict.REPEATED;
    }

    /** How many messages at the head of a repeated packet have passed before; moves on behind the others. */
    int repeated(long first, int count) {
        int repeated = (int) Math.min(count, next - first);
        next = Math.max(next, first + count);
        return repeated;
    }

    private boolean fills(long first, long end) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(first);
        if (gap == null || gap.getValue() < end) {
            return false;
        }
        gaps.remove(gap.getKey());
        if (gap.getKey() < first) {
            gaps.put(gap.getKey(), first);
        }
        if (end < gap.getValue()) {
            gaps.put(end, gap.getValue());
        }
        return true;
    }
}
