package tickerplant.hub;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import tickerplant.message.Row;

/**
 * Rows one after the other, of which the oldest can be forgotten. A part of them costs next to nothing to take, however long
 * it is, and stays what it was: a thousand clients that come back at once share what they are told. Owned by the market
 * thread; parts may be read by any.
 */
final class RowLog {
    private static final int CHUNK = 64;
    private static final int FIRST = 4;

    /** So many rows in a row; the last one of a log is not full yet. */
    private static final class Chunk {
        private Row[] rows = new Row[FIRST];
        /** Whether a part that somebody may still hold shares the rows. */
        private boolean lent;
    }

    private final List<Chunk> chunks = new ArrayList<>(1);
    /** How many rows of the first chunk are forgotten. */
    private int forgotten;

    private int size;

    int size() {
        return size;
    }

    void add(Row row) {
        int at = (forgotten + size) % CHUNK;
        if (at == 0) {
            chunks.add(new Chunk());
        }
        Chunk last = chunks.get(chunks.size() - 1);
        if (at == last.rows.length) {
            Row[] longer = new Row[Math.min(CHUNK, 2 * at)];
            System.arraycopy(last.rows, 0, longer, 0, at);
            last.rows = longer;
            last.lent = false;
        }
        last.rows[at] = row;
        size++;
    }

    /** Forgets the oldest row, and answers it; there must be one. */
    Row removeFirst() {
        Chunk first = chunks.get(0);
        Row row = first.rows[forgotten];
        if (!first.lent) {
            first.rows[forgotten] = null;
        }
        forgotten++;
        size--;
        if (forgotten == CHUNK || size == 0) {
            chunks.remove(0);
            forgotten = 0;
        }
        return row;
    }

    /** The newest rows, so many of them or all there are, as they are now. */
    List<Row> last(long count) {
        int length = (int) Math.min(count, size);
        int start = forgotten + size - length;
        List<Chunk> held = length == 0 ? List.of() : chunks.subList(start / CHUNK, chunks.size());
        Row[][] shared = new Row[held.size()][];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = held.get(i).rows;
            held.get(i).lent = true;
        }
        return new Part(shared, start % CHUNK, length);
    }

    private static final class Part extends AbstractList<Row> implements RandomAccess {
        private final Row[][] chunks;
        private final int start;
        private final int size;

        Part(Row[][] chunks, int start, int size) {
            this.chunks = chunks;
            this.start = start;
            this.size = size;
        }

        @Override
        public Row get(int index) {
            int at = start + Objects.checkIndex(index, size);
            return chunks[at / CHUNK][at % CHUNK];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
