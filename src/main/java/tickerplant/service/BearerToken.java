package tickerplant.service;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where a token stands in a request (RFC 6750, sections 2.1 and 2.3, but that the parameter is called {@code token}). */
public final class BearerToken {
    /** What {@code WWW-Authenticate} says to who showed a token that was not accepted (RFC 6750, section 3). */
    public static final String REFUSED = "Bearer error=\"invalid_token\"";

    private static final String SCHEME = "bearer ";
    private static final String PARAMETER = "token=";

    private BearerToken() {}

    /**
     * The token of a request, where it has one: that of the header, or else that of the query. A header of another scheme,
     * which may be meant for a proxy, counts as none; two tokens in one place are no token that could be accepted.
     *
     * @param authorization the values of all {@code Authorization} headers
     * @param query what follows the question mark, still encoded; empty where nothing does
     */
    public static Optional<String> in(List<String> authorization, String query) {
        List<String> sent = authorization.stream()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .toList();
        return sent.isEmpty() ? one(parameters(query)) : one(sent);
    }

    private static Optional<String> one(List<String> tokens) {
        return tokens.size() > 1 ? Optional.of("") : tokens.stream().findFirst();
    }

    private static List<String> parameters(String query) {
        return List.of(query.split("&", -1)).stream()
                .filter(parameter -> parameter.startsWith(PARAMETER) && parameter.length() > PARAMETER.length())
                .map(parameter -> decoded(parameter.substring(PARAMETER.length())))
                .toList();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // which no token is
        }
    }
}
