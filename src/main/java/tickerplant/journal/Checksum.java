package tickerplant.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The check of a row: SQLite has none, and a bit that flips on a disk would be taken for a price. */
final class Checksum {
    private Checksum() {}

    static long of(String text, long... numbers) {
        return of(text.getBytes(StandardCharsets.UTF_8), numbers);
    }

    static long of(byte[] body, long... numbers) {
        CRC32C check = new CRC32C();
        ByteBuffer keys = ByteBuffer.allocate(Long.BYTES * numbers.length);
        for (long number : numbers) {
            keys.putLong(number);
        }
        check.update(keys.flip());
        check.update(body);
        return check.getValue();
    }
}
