package tickerplant.socket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rule of which pages may connect (RFC 6455, section 10.2). */
final class Origin {
    /** What browsers send, and nothing that a person may take for it: no user, no path, no other scheme. */
    private static final Pattern FORM =
            Pattern.compile("(https?)://((?:\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::[0-9]{1,5})?)");

    private Origin() {}

    /**
     * Whether an upgrade request may be granted: it comes from no page at all, from one of the host that it asks for, or from
     * one that is listed.
     *
     * @param origins the values of all {@code Origin} headers
     * @param hosts the values of all {@code Host} headers
     * @param listed further origins, in lower case
     */
    static boolean admits(List<String> origins, List<String> hosts, Set<String> listed) {
        if (origins.isEmpty()) {
            return true;
        }
        if (origins.size() > 1) {
            return false;
        }
        return listed.contains(origins.get(0).toLowerCase(Locale.ROOT))
                || (hosts.size() == 1 && isSame(origins.get(0), hosts.get(0)));
    }

    /**
     * Whether an {@code Origin} header names the same host and port as a {@code Host} header. The scheme does not matter, for
     * TLS often ends at a proxy; a port that is left out is the scheme's own.
     */
    private static boolean isSame(String origin, String host) {
        Matcher form = FORM.matcher(origin.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return false;
        }
        String authority = form.group(2);
        String standard = form.group(1).equals("https") ? ":443" : ":80";
        String asked = host.toLowerCase(Locale.ROOT);
        return authority.equals(asked) || authority.equals(asked + standard) || (authority + standard).equals(asked);
    }
}
