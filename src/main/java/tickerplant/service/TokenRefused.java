package tickerplant.service;

/** A token was not accepted. The message is for the log alone: who sent it is never told why. It has no part of the token. */
public final class TokenRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private TokenRefused(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** The token is no good. */
    static TokenRefused because(String why) {
        return new TokenRefused(why, false);
    }

    /** Nobody can tell at the moment. */
    static TokenRefused forNow(String why) {
        return new TokenRefused(why, true);
    }

    /** Whether the same token may be accepted later. */
    public boolean isPassing() {
        return passing;
    }
}
