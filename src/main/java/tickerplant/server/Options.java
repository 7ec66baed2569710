package tickerplant.server;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tickerplant.service.Setting;
import tickerplant.service.Version;

/** The command line, made from the table of settings. */
final class Options {
    private static final String SERVE = "serve";
    private static final int HELP_WIDTH = 110;

    private final CommandSpec spec = CommandSpec.create();

    Options() {
        spec.name("java -jar tickerplant.war");
        spec.version("tickerplant " + Version.NUMBER);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("COMMAND")
                .type(String.class)
                .description(
                        "serve, which is what happens without one; publish FILE, import FILE, or journal; each has its --help")
                .build());
        Stream.of(Setting.values()).map(Options::option).forEach(spec::addOption);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("this text")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("the version")
                .build());
        spec.usageMessage()
                .width(HELP_WIDTH)
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
    }

    private static OptionSpec option(Setting setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option())
                .paramLabel(setting.label())
                .description(setting.description() + " (" + (setting.fallback().isEmpty() ? "none" : setting.fallback())
                        + ")");
        if (setting.flag()) {
            option.type(Boolean.class).arity("0..1").fallbackValue("true");
        } else if (setting.list()) {
            option.type(List.class).auxiliaryTypes(String.class).arity("1");
        } else {
            option.type(String.class).arity("1");
        }
        return option.build();
    }

    /** A parser with these options; it prints nothing by itself. */
    CommandLine parser() {
        return new CommandLine(spec).setExpandAtFiles(false).setInterpolateVariables(false);
    }

    /** What was given, by setting. */
    static Map<Setting, List<String>> given(ParseResult parsed) {
        if (parsed.hasMatchedPositional(0)
                && !parsed.matchedPositional(0).getValue().equals(SERVE)) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "unknown command '" + parsed.matchedPositional(0).getValue() + "', expected " + SERVE + ", "
                            + PublishCommand.NAME + ", " + ImportCommand.NAME + " or "
                            + JournalCommand.NAME);
        }
        Map<Setting, List<String>> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.option())) {
                Object value = parsed.matchedOption(setting.option()).getValue();
                given.put(
                        setting,
                        value instanceof List<?> list
                                ? list.stream().map(String::valueOf).toList()
                                : List.of(String.valueOf(value)));
            }
        }
        return given;
    }
}
