package tickerplant.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tickerplant.journal.Archive;
import tickerplant.journal.Compaction;
import tickerplant.market.Clock;

/** The command {@code journal}: what can be done with the journal of a folder but serving it. */
final class JournalCommand {
    static final String NAME = "journal";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;
    private static final int DAMAGED = 3;

    private static final int REPORTED = 100;
    private static final List<String> WORKS = List.of("info", "check", "export", "backup", "compact");

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;
    private final CommandSpec spec = CommandSpec.create();
    private final CommandLine parser = new CommandLine(spec);

    JournalCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, Clock clock) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.clock = clock;
        spec.name("java -jar tickerplant.war " + NAME);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .paramLabel("WORK [ARGUMENT]")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("info, check, compact, backup FILE, or export trades|status|news|bars")
                .build());
        spec.addOption(DataOption.spec());
        for (ExportOption option : ExportOption.values()) {
            spec.addOption(option.spec());
        }
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("this text")
                .build());
        spec.usageMessage()
                .width(110)
                .description(
                        "Looks at a journal and takes care of it. All but compact may be done while a service uses it.")
                .footer(
                        "",
                        "info says what there is; check looks at all of it; compact makes its file as small as it can be;",
                        "backup writes a copy that is whole; export writes a table to standard output, or --out.",
                        "Exit codes: 0 done, 1 couldn't be done, 2 a bad option, 3 check found damage");
        parser.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setOut(out)
                .setErr(err);
    }

    /** Does it; returns the exit code. */
    int run(String... arguments) {
        try {
            ParseResult parsed = parser.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return DONE;
            }
            List<String> words =
                    parsed.hasMatchedPositional(0) ? parsed.matchedPositional(0).getValue() : List.of();
            String work = words.isEmpty() ? "" : words.get(0);
            if (!WORKS.contains(work)) {
                throw new ParameterException(
                        parser, "'" + work + "' is nothing to be done, expected one of " + String.join(", ", WORKS));
            }
            boolean takesOne = work.equals("backup") || work.equals("export");
            if (words.size() != (takesOne ? 2 : 1)) {
                throw new ParameterException(
                        parser,
                        work + (takesOne ? " takes one argument, see " + NAME + " --help" : " takes no argument"));
            }
            if (!work.equals("export")) {
                refuse(parsed);
            }
            Path folder = DataOption.journal(parser, parsed, environment);
            return switch (work) {
                case "info" -> info(folder);
                case "check" -> check(folder);
                case "compact" -> compact(folder);
                case "backup" -> backup(folder, Path.of(words.get(1)));
                default -> export(folder, words.get(1), parsed);
            };
        } catch (ParameterException e) {
            return last(e.getMessage(), BAD_USAGE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last("stopped", FAILED);
        } catch (IOException e) {
            return last(String.valueOf(e.getMessage()), FAILED);
        }
    }

    private void refuse(ParseResult parsed) {
        Arrays.stream(ExportOption.values())
                .filter(option -> parsed.hasMatchedOption(option.word()))
                .findFirst()
                .ifPresent(option -> {
                    throw new ParameterException(parser, option.word() + " belongs to export");
                });
    }

    private int info(Path folder) throws IOException {
        try (Archive archive = Archive.in(folder)) {
            archive.description().forEach(out::println);
            out.flush();
            return DONE;
        }
    }

    private int check(Path folder) throws IOException {
        long begun = clock.nanos();
        long[] complaints = {0};
        try (Archive archive = Archive.in(folder)) {
            long rows = archive.check(line -> {
                if (complaints[0]++ < REPORTED) {
                    out.println(line);
                }
            });
            out.flush();
            return last(
                    String.format(
                            Locale.ROOT,
                            "looked at %,d rows in %.1f s, %s",
                            rows,
                            (clock.nanos() - begun) / 1e9,
                            complaints[0] == 0
                                    ? "all of it is whole"
                                    : String.format(Locale.ROOT, "%,d are not as they should be", complaints[0])),
                    complaints[0] == 0 ? DONE : DAMAGED);
        }
    }

    private int compact(Path folder) throws IOException {
        Path file = folder.resolve("journal.db");
        long before = file.toFile().length();
        long begun = clock.nanos();
        Compaction.of(folder);
        return last(
                String.format(
                        Locale.ROOT,
                        "compacted from %,d to %,d bytes in %.1f s",
                        before,
                        file.toFile().length(),
                        (clock.nanos() - begun) / 1e9),
                DONE);
    }

    private int backup(Path folder, Path to) throws IOException {
        long begun = clock.nanos();
        Archive.backup(folder, to);
        return last(
                String.format(
                        Locale.ROOT,
                        "wrote %s, %,d bytes, in %.1f s",
                        to,
                        to.toFile().length(),
                        (clock.nanos() - begun) / 1e9),
                DONE);
    }

    private int export(Path folder, String kind, ParseResult parsed) throws IOException, InterruptedException {
        long rows;
        try (Archive archive = Archive.in(folder)) {
            rows = new Export(parser, archive, kind, parsed).write(out);
        }
        return last(String.format(Locale.ROOT, "exported %,d rows", rows), DONE);
    }

    private int last(String line, int code) {
        err.println("tickerplant: " + line.replaceAll("\\s+", " "));
        err.flush();
        return code;
    }
}
