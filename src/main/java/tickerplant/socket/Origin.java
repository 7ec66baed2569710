package tickerplant.socket;

import java.util.Locale;

/** The rule of which pages may connect (RFC 6455, section 10.2). */
final class Origin {
    private Origin() {}

    /**
     * Whether an {@code Origin} header names the same host and port as a {@code Host} header. The scheme does not matter, for
     * TLS often ends at a proxy; a port that is left out is the scheme's own.
     */
    static boolean isSame(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int scheme = lower.indexOf("://");
        if (scheme <= 0 || host.isEmpty()) {
            return false;
        }
        String authority = lower.substring(scheme + 3);
        String standard = lower.startsWith("https:") ? ":443" : ":80";
        String asked = host.toLowerCase(Locale.ROOT);
        return authority.equals(asked) || authority.equals(asked + standard) || (authority + standard).equals(asked);
    }
}
