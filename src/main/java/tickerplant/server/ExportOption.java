package tickerplant.server;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What can be said about an export. */
enum ExportOption {
    FORMAT("--format", "csv|ndjson", "how lines are written (csv)"),
    INTERVAL("--interval", "INTERVAL", "of bars, such as 1m, which it is without it"),
    SYMBOL("--symbol", "SYMBOL", "only this one; may be given several times"),
    EPOCH("--epoch", "NAME", "only this one; nothing of bars"),
    FROM("--from", "TIME", "from then on, in milliseconds since 1970 or as 2026-01-02T14:30:00Z"),
    TO("--to", "TIME", "before that"),
    OUT("--out", "FILE", "where to; gzipped where it ends with .gz");

    private final String word;
    private final String label;
    private final String description;

    ExportOption(String word, String label, String description) {
        this.word = word;
        this.label = label;
        this.description = description;
    }

    String word() {
        return word;
    }

    OptionSpec spec() {
        OptionSpec.Builder option =
                OptionSpec.builder(word).paramLabel(label).arity("1").description(description);
        return (this == SYMBOL ? option.type(List.class).auxiliaryTypes(String.class) : option.type(String.class))
                .build();
    }

    /** What was given, or what stands for it. */
    String in(ParseResult parsed, String fallback) {
        return parsed.matchedOptionValue(word, fallback);
    }
}
