package tickerplant.server;

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

    /** Makes it one of the options. */
    void in(Usage usage) {
        if (this == SYMBOL) {
            usage.texts(word, label, description);
        } else {
            usage.text(word, label, description);
        }
    }

    /** What was given, or what stands for it. */
    String of(Arguments given, String fallback) {
        return given.text(word, fallback);
    }
}
