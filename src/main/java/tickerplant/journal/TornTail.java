package tickerplant.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks for the end of SQLite's write-ahead log as SQLite will see it: it stops at the first frame whose check is wrong, and
 * takes what comes after for never written, without a word. The layout is that of https://sqlite.org/fileformat2.html#walformat.
 */
final class TornTail {
    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;

    private TornTail() {}

    /** What is lost at the end of the file; empty where nothing is. */
    static Optional<String> of(Path wal) throws IOException {
        if (!Files.exists(wal)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(wal)) {
            long size = file.size();
            if (size == 0) {
                return Optional.empty();
            }
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            if (size < HEADER || !fill(file, header, 0)) {
                return Optional.of("all " + size + " bytes");
            }
            int magic = header.getInt(0);
            ByteOrder order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            int[] sum = sum(header, 24, order, 0, 0);
            if ((magic & ~1) != MAGIC || sum[0] != header.getInt(24) || sum[1] != header.getInt(28)) {
                return Optional.of("all " + size + " bytes, for the header is damaged");
            }
            return frames(file, header, order, sum);
        }
    }

    private static Optional<String> frames(FileChannel file, ByteBuffer header, ByteOrder order, int[] start)
            throws IOException {
        int page = header.getInt(8);
        int[] sum = start;
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + page);
        long at = HEADER;
        long committed = HEADER;
        while (fill(file, frame, at)) {
            if (!isOfThisLog(frame, header)) {
                break; // what is left from before the last checkpoint
            }
            int[] pageNumbers = sum(frame.duplicate().limit(8), 8, order, sum[0], sum[1]);
            sum = sum(frame.duplicate().position(FRAME_HEADER).slice(), page, order, pageNumbers[0], pageNumbers[1]);
            if (sum[0] != frame.getInt(16) || sum[1] != frame.getInt(20)) {
                break;
            }
            at += frame.capacity();
            committed = frame.getInt(4) != 0 ? at : committed;
        }
        return lost(file, header, committed, frame.capacity());
    }

    private static Optional<String> lost(FileChannel file, ByteBuffer header, long committed, int frame)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FRAME_HEADER);
        long frames = 0;
        for (long at = committed; fill(file, head, at); at += frame) {
            if (isOfThisLog(head, header)) {
                frames++;
            }
        }
        long part = (file.size() - HEADER) % frame;
        if (frames == 0 && part == 0) {
            return Optional.empty();
        }
        return Optional.of(frames + " pages after byte " + committed + (part == 0 ? "" : ", the last of them torn"));
    }

    private static boolean isOfThisLog(ByteBuffer frame, ByteBuffer header) {
        return frame.getLong(8) == header.getLong(16);
    }

    /** The check of a number of bytes, which go by two words of 32 bits. */
    private static int[] sum(ByteBuffer bytes, int length, ByteOrder order, int first, int second) {
        ByteBuffer words = bytes.duplicate().order(order);
        int a = first;
        int b = second;
        for (int at = 0; at < length; at += 8) {
            a += words.getInt(at) + b;
            b += words.getInt(at + 4) + a;
        }
        return new int[] {a, b};
    }

    private static boolean fill(FileChannel file, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }
}
