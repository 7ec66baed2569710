package tickerplant.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tickerplant.service.SettingsException;

/**
 * How the program, or one of its commands, is called: what may stand on its command line, and what is said where something else
 * does. For one thread.
 */
final class Usage {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private static final String PROGRAM = "java -jar tickerplant.war";
    private static final int HELP_WIDTH = 110;

    /** What is done with what was given; answers the exit code. */
    interface Work {
        int run(Arguments given) throws IOException;
    }

    private final PrintWriter err;
    private final CommandSpec spec = CommandSpec.create();
    private final CommandLine parser = new CommandLine(spec);

    /** Of the program itself. */
    Usage(PrintWriter out, PrintWriter err) {
        this.err = err;
        spec.name(PROGRAM);
        spec.usageMessage().width(HELP_WIDTH);
        parser.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOut(out)
                .setErr(err);
    }

    /** Of a command of the program. */
    Usage(String command, PrintWriter out, PrintWriter err) {
        this(out, err);
        spec.name(PROGRAM + " " + command);
    }

    /** One word may stand there, or where the arity says so must. */
    Usage word(String label, String arity, String description) {
        return positional("0", String.class, label, arity, description);
    }

    /** Words may stand there, so many as the arity says. */
    Usage words(String label, String arity, String description) {
        return positional("0..*", List.class, label, arity, description);
    }

    private Usage positional(String index, Class<?> type, String label, String arity, String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .index(index)
                .arity(arity)
                .paramLabel(label)
                .type(type)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    /** An option that takes a text. */
    Usage text(String name, String label, String description) {
        return option(name, String.class, String.class, label, description);
    }

    /** An option that takes a text, and may be given several times. */
    Usage texts(String name, String label, String description) {
        return option(name, List.class, String.class, label, description);
    }

    /** An option that stands for true by itself, or takes true or false. */
    Usage flag(String name, String label, String description) {
        return option(name, Boolean.class, Boolean.class, label, description);
    }

    /** One that holds such a value, made of what stands after it each time. */
    private Usage option(String name, Class<?> type, Class<?> each, String label, String description) {
        boolean isFlag = each == Boolean.class;
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .auxiliaryTypes(each)
                .arity(isFlag ? "0..1" : "1")
                .fallbackValue(isFlag ? "true" : "")
                .description(description)
                .build());
        return this;
    }

    /** The option that prints this text. */
    Usage help() {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("this text")
                .build());
        return this;
    }

    /** The option that prints the version. */
    Usage version(String line) {
        spec.version(line);
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("the version")
                .build());
        return this;
    }

    /** What stands around the options in the text that explains them. */
    UsageMessageSpec message() {
        return spec.usageMessage();
    }

    /** Does the work with what is given, or explains the command, or says what was wrong; answers the exit code. */
    int run(String[] arguments, Work work) {
        try {
            ParseResult parsed = parser.parseArgs(arguments);
            return CommandLine.printHelpIfRequested(parsed) ? DONE : work.run(new Arguments(parser, parsed));
        } catch (ParameterException | SettingsException e) {
            return last(e.getMessage(), BAD_USAGE);
        } catch (IOException e) {
            return last(String.valueOf(e.getMessage()), FAILED);
        }
    }

    /** Says a line. */
    void say(String line) {
        err.println(line);
        err.flush();
    }

    /** Says how it went, in a line; answers the exit code. */
    int last(String line, int code) {
        say("tickerplant: " + line.replaceAll("\\s+", " "));
        return code;
    }
}
