package tickerplant.checker;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites every so manieth message in which a pattern is found; an empty result is not sent. */
final class TextMutant implements Mutant {
    private final int period;
    private final Pattern pattern;
    private final String replacement;
    private int found;

    TextMutant(int period, String pattern, String replacement) {
        this.period = period;
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        this.replacement = replacement;
    }

    @Override
    public List<String> apply(String message) {
        Matcher matcher = pattern.matcher(message);
        if (!matcher.find() || ++found % period != 0) {
            return List.of(message);
        }
        String spoiled = matcher.replaceFirst(replacement);
        return spoiled.isEmpty() ? List.of() : List.of(spoiled);
    }
}
