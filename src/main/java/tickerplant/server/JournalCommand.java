package tickerplant.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tickerplant.journal.Archive;
import tickerplant.journal.Compaction;
import tickerplant.market.Clock;

/** The command {@code journal}: what can be done with the journal of a folder but serving it. */
final class JournalCommand {
    static final String NAME = "journal";

    private static final int DAMAGED = 3;

    private static final int REPORTED = 100;
    private static final List<String> WORKS = List.of("info", "check", "export", "backup", "compact");

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final Clock clock;
    private final Usage usage;

    JournalCommand(Map<String, String> environment, PrintWriter out, PrintWriter err, Clock clock) {
        this.environment = environment;
        this.out = out;
        this.clock = clock;
        usage = DataOption.in(new Usage(NAME, out, err)
                .words(
                        "WORK [ARGUMENT]",
                        "0..*",
                        "info, check, compact, backup FILE, or export trades|status|news|bars"));
        for (ExportOption option : ExportOption.values()) {
            option.in(usage);
        }
        usage.help()
                .message()
                .description(
                        "Looks at a journal and takes care of it. All but compact may be done while a service uses it.")
                .footer(
                        "",
                        "info says what there is; check looks at all of it; compact makes its file as small as it can be;",
                        "backup writes a copy that is whole; export writes a table to standard output, or --out.",
                        "Exit codes: 0 done, 1 couldn't be done, 2 a bad option, 3 check found damage");
    }

    /** Does it; returns the exit code. */
    int run(String... arguments) {
        return usage.run(arguments, this::work);
    }

    private int work(Arguments given) throws IOException {
        List<String> words = given.words();
        String work = words.isEmpty() ? "" : words.get(0);
        if (!WORKS.contains(work)) {
            throw given.bad("'" + work + "' is nothing to be done, expected one of " + String.join(", ", WORKS));
        }
        boolean takesOne = work.equals("backup") || work.equals("export");
        if (words.size() != (takesOne ? 2 : 1)) {
            throw given.bad(work + (takesOne ? " takes one argument, see " + NAME + " --help" : " takes no argument"));
        }
        if (!work.equals("export")) {
            refuse(given);
        }
        Path folder = DataOption.journal(given, environment);
        return switch (work) {
            case "info" -> info(folder);
            case "check" -> check(folder);
            case "compact" -> compact(folder);
            case "backup" -> backup(folder, Path.of(words.get(1)));
            default -> export(folder, words.get(1), given);
        };
    }

    private static void refuse(Arguments given) {
        Arrays.stream(ExportOption.values())
                .filter(option -> given.has(option.word()))
                .findFirst()
                .ifPresent(option -> {
                    throw given.bad(option.word() + " belongs to export");
                });
    }

    private int info(Path folder) throws IOException {
        try (Archive archive = Archive.in(folder)) {
            archive.description().forEach(out::println);
            out.flush();
            return Usage.DONE;
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
            return usage.last(
                    String.format(
                            Locale.ROOT,
                            "looked at %,d rows in %.1f s, %s",
                            rows,
                            (clock.nanos() - begun) / 1e9,
                            complaints[0] == 0
                                    ? "all of it is whole"
                                    : String.format(Locale.ROOT, "%,d are not as they should be", complaints[0])),
                    complaints[0] == 0 ? Usage.DONE : DAMAGED);
        }
    }

    private int compact(Path folder) throws IOException {
        Path file = folder.resolve("journal.db");
        long before = file.toFile().length();
        long begun = clock.nanos();
        Compaction.of(folder);
        return usage.last(
                String.format(
                        Locale.ROOT,
                        "compacted from %,d to %,d bytes in %.1f s",
                        before,
                        file.toFile().length(),
                        (clock.nanos() - begun) / 1e9),
                Usage.DONE);
    }

    private int backup(Path folder, Path to) throws IOException {
        long begun = clock.nanos();
        Archive.backup(folder, to);
        return usage.last(
                String.format(
                        Locale.ROOT,
                        "wrote %s, %,d bytes, in %.1f s",
                        to,
                        to.toFile().length(),
                        (clock.nanos() - begun) / 1e9),
                Usage.DONE);
    }

    private int export(Path folder, String kind, Arguments given) throws IOException {
        try (Archive archive = Archive.in(folder)) {
            long rows = new Export(archive, kind, given).write(out);
            return usage.last(String.format(Locale.ROOT, "exported %,d rows", rows), Usage.DONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return usage.last("stopped", Usage.FAILED);
        }
    }
}
