package tickerplant.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A secret that may stand in the settings themselves or in a file, where process lists and environments don't show it. */
final class Secret {
    static final String EXPECTED = "a secret of at least 32 bytes, or file: and the path of a file with one";

    /** As RFC 7518, section 3.2, demands of the key for HS256. */
    private static final int LEAST_BYTES = 32;

    private static final String FILE = "file:";

    private Secret() {}

    /**
     * The bytes of the secret: the text in UTF-8, or the content of the file without the line's end that editors add.
     *
     * @throws IOException where the file can't be read
     * @throws IllegalArgumentException where there are too few of them, or the path makes no sense
     */
    static byte[] read(String value) throws IOException {
        byte[] bytes = bytes(value);
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("only " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** The same, however short it is. */
    static char[] password(String value) throws IOException {
        return new String(bytes(value), StandardCharsets.UTF_8).toCharArray();
    }

    private static byte[] bytes(String value) throws IOException {
        return value.startsWith(FILE)
                ? withoutLineEnd(Files.readAllBytes(Path.of(value.substring(FILE.length()))))
                : value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
