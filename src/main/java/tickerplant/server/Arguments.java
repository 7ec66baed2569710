package tickerplant.server;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What was given on a command line, of what its {@link Usage} allows. */
final class Arguments {
    private final CommandLine parser;
    private final ParseResult parsed;

    Arguments(CommandLine parser, ParseResult parsed) {
        this.parser = parser;
        this.parsed = parsed;
    }

    /** What stands beside the options. */
    List<String> words() {
        return parsed.hasMatchedPositional(0) ? each(parsed.matchedPositional(0).getValue()) : List.of();
    }

    /** Whether that option was given. */
    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    /** The value of an option, or what stands for it. */
    String text(String option, String fallback) {
        return parsed.matchedOptionValue(option, fallback);
    }

    /** The values of an option, none where it wasn't given. */
    List<String> texts(String option) {
        return has(option) ? each(parsed.matchedOption(option).getValue()) : List.of();
    }

    private static List<String> each(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(value));
    }

    /** Something that was given is not as it should be. */
    ParameterException bad(String message) {
        return new ParameterException(parser, message);
    }
}
