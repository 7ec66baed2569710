package tickerplant.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tickerplant.service.Setting;

/** The folder of a journal, as the commands that work on one are told it. */
final class DataOption {
    private static final String NONE = "none";

    private DataOption() {}

    static OptionSpec spec() {
        return OptionSpec.builder(Setting.DATA.option())
                .paramLabel(Setting.DATA.label())
                .type(String.class)
                .arity("1")
                .description("the folder that the journal is in (" + Setting.DATA.environment() + ")")
                .build();
    }

    /** The folder that is named on the command line, or in the environment. */
    static Path folder(CommandLine parser, ParseResult parsed, Map<String, String> environment) {
        String folder = parsed.matchedOptionValue(
                Setting.DATA.option(), environment.getOrDefault(Setting.DATA.environment(), NONE));
        if (folder.isEmpty() || folder.equals(NONE)) {
            throw new ParameterException(
                    parser,
                    Setting.DATA.option() + " is missing, expected the path of the folder that the journal is in");
        }
        return Path.of(folder);
    }

    /** The same where there must be something in it. */
    static Path journal(CommandLine parser, ParseResult parsed, Map<String, String> environment) throws IOException {
        Path folder = folder(parser, parsed, environment);
        if (!Files.isRegularFile(folder.resolve("journal.db"))) {
            throw new IOException("there is no journal in the folder " + folder);
        }
        return folder;
    }
}
