package tickerplant.service;

import java.util.Locale;

/** Settings that the service can't start with; the message is one line that says which, from where, and what was expected. */
public final class SettingsException extends RuntimeException {
    SettingsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The complaint about one value. */
    static SettingsException refused(String key, String value, String source, String expected) {
        return new SettingsException(
                key + "=" + shown(key, value) + " from " + source + ", expected " + expected, null);
    }

    /** A value that may stand in a terminal and a log: on one line, and no secret, even one under a misspelt key. */
    private static String shown(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.contains("key") || name.contains("token") || name.contains("secret") || name.contains("password")) {
            return "***";
        }
        StringBuilder text = new StringBuilder();
        value.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.toString();
    }
}
