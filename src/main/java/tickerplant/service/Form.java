package tickerplant.service;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tickerplant.feed.FeedSpec;
import tickerplant.journal.Retention;

/**
 * What the value of a setting has to look like.
 *
 * @param label the shortest word for it, for help
 * @param expected the same in words, for help and for complaints
 * @param list whether it is a list of such values
 * @param fits tells whether one value has this form
 */
record Form(String label, String expected, boolean list, Predicate<String> fits) {
    static final Form FLAG =
            new Form("true|false", "true or false", false, text -> text.equals("true") || text.equals("false"));

    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:%_-]+");
    private static final Pattern BROKERS =
            Pattern.compile("[A-Za-z0-9.\\[\\]:_-]+:[0-9]{1,5}(,[A-Za-z0-9.\\[\\]:_-]+:[0-9]{1,5})*");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern ORIGIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    /** Keys that anybody on the way could exchange are none: without TLS they may come from this machine alone. */
    private static final Pattern JWKS =
            Pattern.compile("https://.+|http://(localhost|127\\.[0-9.]+|\\[::1])(:[0-9]{1,5})?(/.*)?|(?!.*://).+");

    static Form whole(int min, int max) {
        return new Form("N", "a whole number between " + min + " and " + max, false, text -> {
            if (!WHOLE.matcher(text).matches()) {
                return false;
            }
            long number = Long.parseLong(text);
            return number >= min && number <= max;
        });
    }

    static Form host() {
        return new Form("HOST", "a name or an address of this machine", false, text -> HOST.matcher(text)
                .matches());
    }

    static Form file() {
        return new Form("FILE", "the path of a properties file", false, text -> !text.isEmpty());
    }

    /** What is in it is looked at by whoever needs it. */
    static Form path(String expected) {
        return new Form("FILE", expected, false, text -> !text.isEmpty());
    }

    static Form password() {
        return new Form(
                "SECRET", "the password, or file: and the path of a file with it", false, text -> !text.isEmpty());
    }

    static Form brokers() {
        return new Form(
                "HOST:PORT", "host:port, or several with commas between them", false, text -> BROKERS.matcher(text)
                        .matches());
    }

    static Form topic() {
        return new Form(
                "TEXT", "up to 100 letters, digits, dots, dashes and underscores", false, text -> TOPIC.matcher(text)
                        .matches());
    }

    static Form folder() {
        return new Form("FOLDER", "the path of a folder, or none", false, text -> !text.isEmpty());
    }

    static Form keep() {
        return new Form(
                "KIND:LIMIT",
                "limits such as trades:30d, news:12h, bars-1m:2GiB or status:100MiB; kinds are trades, status, news,"
                        + " bars-1m and bars-1d",
                true,
                text -> Retention.of(List.of(text)).isPresent());
    }

    static Form words(String... words) {
        return new Form(String.join("|", words), String.join(" or ", words), false, List.of(words)::contains);
    }

    static Form text() {
        return new Form("TEXT", "some text", false, text -> !text.isEmpty());
    }

    /** What it says is looked at by whoever needs it: a file has to be read for it. */
    static Form secret() {
        return new Form("SECRET", Secret.EXPECTED, false, text -> !text.isEmpty());
    }

    static Form jwks() {
        return new Form(
                "FILE|URL", "the path of a JSON Web Key Set, or its https URL", false, text -> JWKS.matcher(text)
                        .matches());
    }

    static Form feeds() {
        return new Form("SPEC", "specifications such as simulated?symbols=100 or replay:FILE?speed=20", true, text -> {
            try {
                return !FeedSpec.parse(text).kind().isEmpty();
            } catch (IllegalArgumentException e) {
                // the words of this form say it too, and name the setting
                return false;
            }
        });
    }

    static Form symbols() {
        return new Form(
                "SYMBOL",
                "symbols such as AAPL, beginnings of symbols such as DESK.*, or *",
                true,
                text -> tickerplant.session.Pattern.parse(text).isPresent());
    }

    static Form origins() {
        return new Form("ORIGIN", "origins such as https://example.org:8443", true, text -> ORIGIN.matcher(text)
                .matches());
    }
}
