package tickerplant.server;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tickerplant.service.Setting;
import tickerplant.service.Version;

/** The command line, made from the table of settings. */
final class Options {
    private static final String SERVE = "serve";

    private Options() {}

    /** All of them, of the program itself. */
    static Usage usage(PrintWriter out, PrintWriter err) {
        Usage usage = new Usage(out, err)
                .word(
                        "COMMAND",
                        "0..1",
                        "serve, which is what happens without one; publish FILE, import FILE, or journal; each has its --help");
        Stream.of(Setting.values()).forEach(setting -> add(setting, usage));
        usage.help()
                .version("tickerplant " + Version.NUMBER)
                .message()
                .sortOptions(false)
                .autoWidth(false)
                .abbreviateSynopsis(true)
                .description("Pushes stock prices to browsers and programs over WebSocket.")
                .footer(
                        "",
                        "Each setting can also come from the environment (" + Setting.HEARTBEAT_MS.environment()
                                + "), from a system",
                        "property (-D" + Setting.HEARTBEAT_MS.property() + ") or from the file ("
                                + Setting.HEARTBEAT_MS.key() + "); the first of these that gives it wins.",
                        "",
                        "Feeds: simulated?symbols=100&rate=1000&seed=1, replay:FILE?speed=20&loop=true, sample, lines?port=4010, none",
                        "Exit codes: 0 done, 1 couldn't start, 2 a bad option or setting, 143 stopped by SIGTERM");
        return usage;
    }

    private static void add(Setting setting, Usage usage) {
        String description =
                setting.description() + " (" + (setting.fallback().isEmpty() ? "none" : setting.fallback()) + ")";
        if (setting.flag()) {
            usage.flag(setting.option(), setting.label(), description);
        } else if (setting.list()) {
            usage.texts(setting.option(), setting.label(), description);
        } else {
            usage.text(setting.option(), setting.label(), description);
        }
    }

    /** What was given, by setting. */
    static Map<Setting, List<String>> settings(Arguments given) {
        if (!given.words().isEmpty() && !given.words().get(0).equals(SERVE)) {
            throw given.bad("unknown command '" + given.words().get(0) + "', expected " + SERVE + ", "
                    + PublishCommand.NAME + ", " + ImportCommand.NAME + " or "
                    + JournalCommand.NAME);
        }
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (given.has(setting.option())) {
                settings.put(setting, given.texts(setting.option()));
            }
        }
        return settings;
    }
}
