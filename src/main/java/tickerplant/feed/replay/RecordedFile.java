package tickerplant.feed.replay;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tickerplant.feed.Recording;
import tickerplant.feed.iex.IexCapture;

/**
 * A file that holds a recording. What form it has is told by its content, never by its name.
 *
 * @param path where it lies
 */
record RecordedFile(Path path) implements Recording.Source {
    private static final int UNPACKED_BUFFER = 64 * 1024;
    private static final int HEAD = 64 * 1024;
    private static final String EXPECTED =
            "a capture of IEX TOPS 1.6 or DEEP 1.0 (pcap or pcap-ng), a CSV table or NDJSON, gzipped or not";

    /**
     * The recording in the file.
     *
     * @param feed the name of the feed that its symbols belong to
     * @param prefix put before every symbol; may be empty
     * @throws IllegalArgumentException naming the file and what was expected
     */
    Recording recording(String feed, String prefix) {
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException("file '" + path + "' "
                    + (Files.exists(path) ? "can't be read" : "not found") + ", expected " + EXPECTED);
        }
        byte[] head;
        try (InputStream in = open()) {
            head = head(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("file '" + path + "': " + e.getMessage() + ", expected " + EXPECTED, e);
        }
        if (IexCapture.isCapture(head)) {
            return new IexCapture(this, feed, prefix);
        }
        try {
            return new TextRecording(this, LineForm.of(head), feed, prefix);
        } catch (BadLine e) {
            throw new IllegalArgumentException("file '" + path + "': " + e.getMessage() + "; expected " + EXPECTED, e);
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        byte[] head = new byte[HEAD];
        int length = 0;
        try {
            for (int read = 0; read >= 0 && length < HEAD; length += Math.max(0, read)) {
                read = in.read(head, length, HEAD - length);
            }
        } catch (EOFException | ZipException e) {
            // What could be unpacked is enough to tell the form; the rest is reported when it is played.
        }
        return Arrays.copyOf(head, length);
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path));
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            return packed ? new GZIPInputStream(in, UNPACKED_BUFFER) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
