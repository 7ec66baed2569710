package tickerplant.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tickerplant.service.Setting;

/** The folder of a journal, as the commands that work on one are told it. */
final class DataOption {
    private static final String NONE = "none";

    private DataOption() {}

    /** Makes it one of the options. */
    static Usage in(Usage usage) {
        return usage.text(
                Setting.DATA.option(),
                Setting.DATA.label(),
                "the folder that the journal is in (" + Setting.DATA.environment() + ")");
    }

    /** The folder that is named on the command line, or in the environment. */
    static Path folder(Arguments given, Map<String, String> environment) {
        String folder = given.text(Setting.DATA.option(), environment.getOrDefault(Setting.DATA.environment(), NONE));
        if (folder.isEmpty() || folder.equals(NONE)) {
            throw given.bad(
                    Setting.DATA.option() + " is missing, expected the path of the folder that the journal is in");
        }
        return Path.of(folder);
    }

    /** The same where there must be something in it. */
    static Path journal(Arguments given, Map<String, String> environment) throws IOException {
        Path folder = folder(given, environment);
        if (!Files.isRegularFile(folder.resolve("journal.db"))) {
            throw new IOException("there is no journal in the folder " + folder);
        }
        return folder;
    }
}
