package tickerplant.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.ParameterException;
import tickerplant.codec.Table;
import tickerplant.codec.WireTime;
import tickerplant.journal.Archive;
import tickerplant.journal.Query;
import tickerplant.journal.Stored;
import tickerplant.market.BarUpdate;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Interval;
import tickerplant.market.Symbol;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

/** Writes what a journal has of one kind as a table, symbol by symbol, a page at a time. For one thread, once. */
final class Export {
    private static final int PAGE = 10_000;

    private final Arguments given;
    private final Archive archive;
    private final Channel channel;
    private final Table table;
    private final List<Symbol> symbols;
    private final String epoch;
    private final long from;
    private final long to;
    private final String file;
    private long rows;

    Export(Archive archive, String kind, Arguments given) {
        this.given = given;
        this.archive = archive;
        this.channel = channel(kind);
        Table.Form form = Arrays.stream(Table.Form.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(ExportOption.FORMAT.of(given, "csv")))
                .findFirst()
                .orElseThrow(() -> bad(ExportOption.FORMAT, ExportOption.FORMAT.of(given, ""), "csv or ndjson"));
        this.table = new Table(channel, form);
        List<String> named = given.texts(ExportOption.SYMBOL.word());
        this.symbols = named.isEmpty()
                ? archive.symbols()
                : named.stream().map(this::symbol).toList();
        this.epoch = ExportOption.EPOCH.of(given, "");
        this.from = time(ExportOption.FROM, Long.MIN_VALUE);
        this.to = time(ExportOption.TO, Long.MAX_VALUE);
        this.file = ExportOption.OUT.of(given, "");
    }

    private ParameterException bad(ExportOption option, String value, String expected) {
        return given.bad(option.word() + " is '" + value + "', expected " + expected);
    }

    private Channel channel(String kind) {
        return switch (kind) {
            case "trades" -> Channel.TRADES;
            case "status" -> Channel.STATUS;
            case "news" -> Channel.NEWS;
            case "bars" -> {
                String word = ExportOption.INTERVAL.of(given, Interval.MINUTE.word());
                yield Interval.of(word)
                        .filter(interval -> interval != Interval.SECOND)
                        .map(Channel::bars)
                        .orElseThrow(() -> bad(ExportOption.INTERVAL, word, "1m, 5m, 15m, 1h or 1d"));
            }
            default -> throw given.bad("'" + kind + "' can't be exported, expected trades, status, news or bars");
        };
    }

    private Symbol symbol(String name) {
        Optional<Symbol> symbol = name.equals(Symbol.MARKET) ? Optional.of(Symbol.WHOLE_MARKET) : Symbol.parse(name);
        return symbol.filter(archive.symbols()::contains)
                .orElseThrow(() -> bad(ExportOption.SYMBOL, name, "one that the journal knows"));
    }

    private long time(ExportOption option, long fallback) {
        String text = option.of(given, "");
        if (text.isEmpty()) {
            return fallback;
        }
        OptionalLong millis = WireTime.micros(text);
        if (millis.isPresent()) {
            return millis.getAsLong();
        }
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            throw (ParameterException)
                    bad(option, text, "milliseconds since 1970, or a moment such as 2026-01-02T14:30:00Z")
                            .initCause(e);
        }
    }

    /**
     * Writes it.
     *
     * @param standard where it goes unless a file is named, which must not be there
     * @return how many rows
     */
    long write(PrintWriter standard) throws IOException, InterruptedException {
        try (OutputStream to = file.isEmpty() ? new Printed(standard) : open(Path.of(file))) {
            to.write(table.head());
            for (Symbol symbol : symbols) {
                if (channel.isBars()) {
                    bars(symbol, to);
                } else {
                    events(symbol, to);
                }
            }
        }
        return rows;
    }

    private static OutputStream open(Path path) throws IOException {
        if (Files.exists(path)) {
            throw new IOException("'" + path + "' is there already");
        }
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
        return path.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }

    private void events(Symbol symbol, OutputStream out) throws IOException, InterruptedException {
        for (String name : archive.epochs(symbol, channel)) {
            if (!epoch.isEmpty() && !epoch.equals(name)) {
                continue;
            }
            long after = 0;
            List<Update> page;
            do {
                page = archive.events(symbol, channel, name, new Query(from, to, after, Long.MAX_VALUE, PAGE))
                        .rows();
                for (Update update : page) {
                    write(
                            out,
                            table.line(
                                    update,
                                    name,
                                    update instanceof CancelUpdate cancel ? cancelled(cancel, name) : ""));
                    after = update.seq();
                }
            } while (page.size() == PAGE);
        }
    }

    /** What the venue calls the trade that was taken back. */
    private String cancelled(CancelUpdate cancel, String name) throws IOException {
        Query one = new Query(Long.MIN_VALUE, Long.MAX_VALUE, cancel.cancels() - 1, cancel.cancels(), 1);
        Stored<Update> trade = archive.events(cancel.instrument().symbol(), channel, name, one);
        return trade.rows().stream()
                .filter(TradeUpdate.class::isInstance)
                .map(update -> ((TradeUpdate) update).trade().id())
                .findFirst()
                .orElse("");
    }

    private void bars(Symbol symbol, OutputStream out) throws IOException, InterruptedException {
        Interval interval = channel.interval().orElseThrow();
        long next = from;
        List<BarUpdate> page;
        do {
            page = archive.bars(symbol, interval, new Query(next, to, 0, Long.MAX_VALUE, PAGE))
                    .rows();
            for (BarUpdate bar : page) {
                write(out, table.line(bar, "", ""));
                next = bar.bar().start() + 1;
            }
        } while (page.size() == PAGE);
    }

    private void write(OutputStream out, byte[] line) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        out.write(line);
        rows++;
    }

    /** Bytes of whole characters, as text. */
    private static final class Printed extends OutputStream {
        private final PrintWriter writer;

        Printed(PrintWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(int b) {
            writer.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            writer.write(new String(bytes, from, length, StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws IOException {
            writer.flush();
            if (writer.checkError()) {
                throw new IOException("standard output can't be written");
            }
        }
    }
}
