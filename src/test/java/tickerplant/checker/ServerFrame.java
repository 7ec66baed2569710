package tickerplant.checker;

import java.io.ByteArrayOutputStream;

/** A frame as servers send it, unmasked (RFC 6455, section 5.2). */
public final class ServerFrame {
    private ServerFrame() {}

    /** Its bytes. */
    public static byte[] bytes(int head, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65536) {
            frame.write(126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            frame.writeBytes(new byte[4]);
            for (int shift = 24; shift >= 0; shift -= 8) {
                frame.write(payload.length >> shift);
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
