package tickerplant.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of the page in one coding, ready to be sent. Immutable. */
final class Page {
    private static final int HASH_BYTES = 16;

    private final String contentType;
    private final boolean gzip;
    private final byte[] bytes;
    private final String etag;

    private Page(String contentType, boolean gzip, byte[] bytes) {
        this.contentType = contentType;
        this.gzip = gzip;
        this.bytes = bytes;
        this.etag = etag(bytes);
    }

    static Page plain(PageType type, byte[] bytes) {
        return new Page(type.contentType(), false, bytes);
    }

    /** The same file compressed, or as it is where that saves nothing. */
    Page compressed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] small = out.toByteArray();
        return small.length < bytes.length ? new Page(contentType, true, small) : this;
    }

    /** Strong, with its quotes; another coding of the same file has another one. */
    String etag() {
        return etag;
    }

    /** Answers with it, or to HEAD with its headers alone. */
    void send(HttpServletResponse response, boolean head) throws IOException {
        response.setContentType(contentType);
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(bytes.length);
        if (!head) {
            response.getOutputStream().write(bytes);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
