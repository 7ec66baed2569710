package tickerplant.server;

import java.nio.charset.StandardCharsets;

/**
 * The answer to a request that is not taken, and the last thing on its connection.
 *
 * @param status of HTTP, 400 to 599
 * @param title the words that belong to the status
 * @param reason one line for a person: what was expected, and never what the client sent
 * @param header one that belongs to the status, as on the wire and with its line's end; empty for none
 */
record Refusal(int status, String title, String reason, String header) {
    static Refusal bad(String reason) {
        return new Refusal(400, "Bad Request", reason, "");
    }

    /** The answer as bytes; it says where it ends, and that nothing follows. */
    byte[] bytes() {
        String body = reason + "\n";
        return ("HTTP/1.1 " + status + " " + title + "\r\n"
                        + header
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Length: " + body.length() + "\r\n"
                        + "X-Content-Type-Options: nosniff\r\n"
                        + "Connection: close\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
