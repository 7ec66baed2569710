package tickerplant.checker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What a token lets its holder follow, read out of the token itself. Immutable.
 *
 * @param scopes the channels; {@code *} stands for all
 * @param symbols symbols, and prefixes with a {@code *}
 * @param expires in seconds since the epoch; 0 where it is not known
 */
record Permits(List<String> scopes, List<String> symbols, long expires) {
    private static final List<String> EVERYTHING = List.of("*");

    /** Of a client that nobody asks for a token. */
    static final Permits ALL = new Permits(EVERYTHING, EVERYTHING, 0);

    /** Of a client that has not shown any yet. */
    static final Permits NONE = new Permits(List.of(), List.of(), 0);

    /** What a token stands for that was accepted; everything, where it can't be read. */
    static Permits of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return ALL;
        }
        Map<String, Object> claims;
        try {
            claims = Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // It is the server that judges tokens; tests try all sorts.
            return ALL;
        }
        List<String> scopes = new ArrayList<>(words(claims.get("scope")));
        scopes.addAll(words(claims.get("scopes")));
        return new Permits(
                scopes,
                claims.get("symbols") == null ? EVERYTHING : words(claims.get("symbols")),
                Json.isWhole(claims.get("exp")) ? Json.whole(claims.get("exp")) : 0);
    }

    /** Whether everything that the entry covers, now or ever, may be followed. */
    boolean covers(Entries.Entry entry) {
        return (scopes.contains("*") || scopes.contains(entry.channel()))
                && symbols.stream().anyMatch(allowed -> covers(allowed, entry.pattern()));
    }

    private static boolean covers(String allowed, String pattern) {
        return allowed.endsWith("*")
                ? pattern.startsWith(allowed.substring(0, allowed.length() - 1))
                : pattern.equals(allowed);
    }

    private static List<String> words(Object claim) {
        if (claim instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text && !text.isBlank()
                ? List.of(text.strip().split(" +"))
                : List.of();
    }
}
