package tickerplant.message;

/** Why the server ends a connection. Below 4500 a client is welcome to come back, from 4500 on not unchanged. */
public enum CloseCode {
    /** All is done. */
    NORMAL(1000),
    /** The server stops; said after {@code goaway}. RFC 6455, section 7.4.1. */
    GOING_AWAY(1001),
    /** The client's frames are not as they must be. RFC 6455, section 7.4.1. */
    PROTOCOL_ERROR(1002),
    /** A binary message came. RFC 6455, section 7.4.1. */
    UNSUPPORTED_DATA(1003),
    /** Too many senseless requests. RFC 6455, section 7.4.1. */
    POLICY_VIOLATION(1008),
    /** A message was larger than allowed. RFC 6455, section 7.4.1. */
    TOO_LARGE(1009),
    /** The server failed. RFC 6455, section 7.4.1. */
    INTERNAL_ERROR(1011),
    /** The server has no room for more. */
    OVER_CAPACITY(1013),
    /** The client does not keep up. */
    TOO_SLOW(4000),
    /** The client's token was not accepted, or has expired. */
    AUTHENTICATION_FAILED(4500),
    /** The client showed no token in time. */
    NOT_AUTHENTICATED(4501),
    /** The client answers no ping, although it had nothing else to read. */
    SILENT(4001),
    /** The page that asks is not allowed to. */
    FORBIDDEN(4502);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
