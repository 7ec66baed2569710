package tickerplant.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Properties;

/** Where the program is run by hand, in an empty environment; keeps what it prints. */
final class Terminal {
    private final Application.Assembly assembly;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** One for the program's commands; nothing is there to be served. */
    Terminal() {
        this((settings, connections) -> {
            throw new AssertionError("nobody serves");
        });
    }

    Terminal(Application.Assembly assembly) {
        this.assembly = assembly;
    }

    /** Runs the program; answers its exit code. */
    int run(String... arguments) {
        return new Main(assembly, Map.of(), new Properties(), new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }

    /** What was printed. */
    String out() {
        return out.toString();
    }

    /** What was said on the standard error. */
    String err() {
        return err.toString();
    }
}
