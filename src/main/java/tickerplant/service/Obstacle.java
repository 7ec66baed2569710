package tickerplant.service;

import java.util.Locale;

/** Why somebody who wanted to connect was turned away. */
public enum Obstacle {
    /** The request was not as HTTP or RFC 6455 wants it. */
    REQUEST,
    /** The request was too large. */
    TOO_LARGE,
    /** It asked for another version of the protocol. */
    VERSION,
    /** The page that it came from may not connect. */
    ORIGIN,
    /** It wanted to publish, which without authentication only programs on this machine may. */
    PUBLISHER,
    /** Its token was not accepted. */
    TOKEN,
    /** It had a token, which can't be judged at the moment. */
    KEYS,
    /** The service starts or stops. */
    NOT_READY,
    /** There are as many clients as there may be, in all or from its address. */
    CAPACITY;

    private static final int URI_TOO_LONG = 414;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** What the status of the answer stands for. */
    public static Obstacle answeredBy(int status) {
        return switch (status) {
            case UNAUTHORIZED -> TOKEN;
            case FORBIDDEN -> ORIGIN;
            case URI_TOO_LONG, HEADERS_TOO_LARGE -> TOO_LARGE;
            case UPGRADE_REQUIRED -> VERSION;
            default -> REQUEST;
        };
    }

    /** The word for it in logs and meters. */
    public String word() {
        return word;
    }
}
