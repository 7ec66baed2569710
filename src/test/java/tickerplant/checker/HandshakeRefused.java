package tickerplant.checker;

import java.io.IOException;

/** The server answered the opening handshake with something other than 101. */
public final class HandshakeRefused extends IOException {
    private final int status;

    HandshakeRefused(int status) {
        super("handshake refused with status " + status);
        this.status = status;
    }

    /** The HTTP status; 0 where there was none. */
    public int status() {
        return status;
    }
}
