package tickerplant.service;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tickerplant.market.Clock;
import tickerplant.session.Pattern;
import tickerplant.session.Rights;

/**
 * What a token must claim (RFC 7519, section 4.1), and what it may be used for. Any thread.
 *
 * @param clock tells whether it holds now
 * @param issuer who must have made it; empty for anybody
 * @param audience whom it must be meant for; empty for anybody
 */
record Claims(Clock clock, String issuer, String audience) {
    /** By how much the clock of whoever made the token may be ahead. */
    private static final long LEEWAY_MILLIS = 30_000;

    /** What these claims grant. */
    Grant grant(JWTClaimsSet claims) throws TokenRefused {
        long now = TimeUnit.MICROSECONDS.toMillis(clock.micros());
        if (claims.getExpirationTime() == null) {
            throw TokenRefused.because("it has no exp");
        }
        long expires = millis(claims.getExpirationTime());
        if (expires <= now) {
            throw TokenRefused.because("it has expired");
        }
        if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
            throw TokenRefused.because("it does not hold yet");
        }
        if (!issuer.isEmpty() && !issuer.equals(claims.getIssuer())) {
            throw TokenRefused.because("another issuer made it");
        }
        if (!audience.isEmpty() && !claims.getAudience().contains(audience)) {
            throw TokenRefused.because("it is meant for another audience");
        }
        String subject = claims.getSubject() == null ? "" : claims.getSubject();
        return new Grant(subject, new Rights(scopes(claims), symbols(claims)), expires);
    }

    private static boolean isAhead(Date moment, long now) {
        return moment != null && millis(moment) > now + LEEWAY_MILLIS;
    }

    private static long millis(Date moment) {
        return moment.toInstant().toEpochMilli();
    }

    private static Set<String> scopes(JWTClaimsSet claims) throws TokenRefused {
        Set<String> scopes = new LinkedHashSet<>(words(claims, "scope"));
        scopes.addAll(words(claims, "scopes"));
        return scopes;
    }

    private static List<Pattern> symbols(JWTClaimsSet claims) throws TokenRefused {
        if (claims.getClaim("symbols") == null) {
            return Rights.ALL.symbols();
        }
        List<Pattern> patterns = new ArrayList<>();
        for (String text : words(claims, "symbols")) {
            patterns.add(Pattern.parse(text)
                    .orElseThrow(() -> TokenRefused.because("an entry of its symbols is not " + Pattern.EXPECTED)));
        }
        return patterns;
    }

    /** The words of a claim, which is a list of them or one string with blanks between them. */
    private static List<String> words(JWTClaimsSet claims, String name) throws TokenRefused {
        try {
            if (claims.getClaim(name) instanceof String text) {
                return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
            }
            List<String> list = claims.getStringListClaim(name);
            return list == null ? List.of() : list;
        } catch (ParseException e) {
            throw TokenRefused.because("its " + name + " is neither a string nor a list of strings");
        }
    }
}
