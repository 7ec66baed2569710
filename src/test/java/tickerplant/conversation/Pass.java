package tickerplant.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tickerplant.market.Clock;
import tickerplant.service.Tokens;

/**
 * What a token of a random conversation is for.
 *
 * @param scopes with blanks between them
 * @param symbols likewise
 */
record Pass(String scopes, String symbols) {
    static final Pass EVERYTHING = new Pass("*", "*");

    /** Reads scopes, a bar, and symbols. */
    static Pass parse(String text) {
        int bar = text.indexOf('|');
        return new Pass(text.substring(0, bar), text.substring(bar + 1));
    }

    /** A token of it that is good for so many seconds. */
    String token(int seconds) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "guest");
        claims.put("exp", Clock.SYSTEM.micros() / 1_000_000 + seconds);
        claims.put("scope", scopes);
        claims.put("symbols", List.of(symbols.split(" ", -1)));
        return Tokens.of(claims);
    }
}
