package tickerplant.feed;

import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is logged. Safe for any thread. */
public final class RecordingLogger implements System.Logger {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /** What was logged, each line after its level, the oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was logged with its stack. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        lines.add(level + " " + text);
        failures.add(thrown);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Object... parameters) {
        lines.add(level + " " + text);
    }
}
