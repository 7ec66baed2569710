package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.market.Deadline.await;
import static tickerplant.market.Events.listed;
import static tickerplant.market.Events.trade;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.feed.ScriptedFeed;
import tickerplant.service.Setting;

@Timeout(120)
class JournalCommandTest {
    private static final String DAY =
            """
            {"ts":1767355200000.125,"symbol":"ACME","price":10.25,"size":100,"side":"buy","id":"t1","venue":"XNAS","cond":["odd_lot"]}
            {"ts":1767355201000,"symbol":"ACME","price":10.5,"size":3,"id":"t2"}
            {"ts":1767355262000,"symbol":"ACME","price":10.75,"size":4}
            {"ts":1767355263000,"symbol":"ACME","kind":"cancel","id":"t2"}
            {"ts":1767355264000,"symbol":"BETA","price":7,"size":1}
            {"ts":1767355265000,"symbol":"*","kind":"news","headline":"Acme, \\"Beta\\" merge","source":"wire"}
            {"ts":1767355266000,"symbol":"ACME","kind":"status","phase":"halted","reason":"news pending"}
            """;

    @TempDir
    Path folder;

    private Terminal terminal = new Terminal();

    private int run(Path data, String... arguments) {
        return run(Stream.concat(Stream.of("--data=" + data), Stream.of(arguments)));
    }

    private int run(Stream<String> arguments) {
        terminal = new Terminal();
        return terminal.run(Stream.concat(Stream.of("journal"), arguments).toArray(String[]::new));
    }

    private Path imported(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("day.txt"), text);
        Path data = folder.resolve("data-" + text.hashCode());
        Terminal importing = new Terminal();
        assertEquals(0, importing.run("import", "--data=" + data, file.toString()), importing.err());
        return data;
    }

    private List<String> export(Path data, String... arguments) {
        assertEquals(0, run(data, arguments), terminal.err());
        return terminal.out().lines().toList();
    }

    @Test
    void aTableHasTheSameColumnsInEachRow() throws Exception {
        Path data = imported(DAY);
        String epoch = export(data, "export", "trades").get(1).split(",", 2)[0];
        assertEquals(
                List.of(
                        "epoch,symbol,seq,kind,ts,price,size,side,id,venue,cond,cancels",
                        epoch + ",ACME,1,trade,1767355200000.125,10.25,100,buy,t1,XNAS,odd_lot,",
                        epoch + ",ACME,2,trade,1767355201000,10.5,3,,t2,,,",
                        epoch + ",ACME,3,trade,1767355262000,10.75,4,,,,,",
                        epoch + ",ACME,4,cancel,1767355263000,,,,t2,,,2",
                        epoch + ",BETA,1,trade,1767355264000,7,1,,,,,"),
                export(data, "export", "trades"));
        assertEquals(
                List.of("{\"epoch\":\"" + epoch + "\",\"symbol\":\"ACME\",\"seq\":4,\"kind\":\"cancel\","
                        + "\"ts\":1767355263000,\"price\":null,\"size\":null,\"side\":null,\"id\":\"t2\",\"venue\":null,"
                        + "\"cond\":null,\"cancels\":2}"),
                export(
                        data,
                        "export",
                        "trades",
                        "--format=ndjson",
                        "--symbol=ACME",
                        "--from=2026-01-02T12:01:03Z",
                        "--to=1767355264000"));
        assertEquals(
                List.of(
                        "epoch,symbol,seq,kind,ts,headline,url,source",
                        epoch + ",*,1,news,1767355265000,\"Acme, \"\"Beta\"\" merge\",,wire"),
                export(data, "export", "news"));
        assertEquals(
                List.of(
                        "epoch,symbol,seq,kind,ts,phase,reason",
                        epoch + ",ACME,1,status,1767355266000,halted,\"news pending\""),
                export(data, "export", "status"));
        assertEquals(
                List.of(
                        "symbol,interval,start,open,high,low,close,volume,vwap,turnover,trades,final",
                        "ACME,5m,1767355200000,10.75,10.75,10.75,10.75,104,10.269231,1068,2,true",
                        "BETA,5m,1767355200000,7,7,7,7,1,7,7,1,true"),
                export(data, "export", "bars", "--interval=5m"));
    }

    @Test
    void infoSaysFromWhenToWhen() throws Exception {
        Path data = imported(DAY);
        assertEquals(0, run(data, "info"), terminal.err());
        for (String line : List.of(
                "trades      5, about 0.0 MiB, from 2026-01-02T12:00:00Z to 2026-01-02T12:01:04Z",
                "status      1, about 0.0 MiB, from 2026-01-02T12:01:06Z to 2026-01-02T12:01:06Z",
                "bars-1m     3, about 0.0 MiB, from 2026-01-02T12:00:00Z to 2026-01-02T12:01:00Z")) {
            assertTrue(terminal.out().lines().anyMatch(line::equals), terminal.out());
        }
    }

    @ParameterizedTest
    @CsvSource({"csv,tables.csv.gz", "ndjson,tables.ndjson"})
    void aTableIsARecording(String form, String name) throws Exception {
        Path data = imported(DAY);
        Path file = folder.resolve(name);
        assertEquals(0, run(data, "export", "trades", "--format=" + form, "--out=" + file), terminal.err());
        assertEquals("tickerplant: exported 5 rows", terminal.err().strip());
        assertEquals(1, run(data, "export", "trades", "--out=" + file), "it is there already");
        byte[] bytes = Files.readAllBytes(file);
        if (name.endsWith(".gz")) {
            try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                bytes = in.readAllBytes();
            }
        }
        Path again = imported(new String(bytes, StandardCharsets.UTF_8));
        assertEquals(withoutEpoch(export(data, "export", "trades")), withoutEpoch(export(again, "export", "trades")));
        assertEquals(export(data, "export", "bars"), export(again, "export", "bars"));
    }

    private static List<String> withoutEpoch(List<String> lines) {
        return lines.stream().map(line -> line.substring(line.indexOf(','))).toList();
    }

    @Test
    void allButCompactIsDoneWhileAServiceRuns() throws Exception {
        Path data = folder.resolve("data");
        CountDownLatch played = new CountDownLatch(1);
        ScriptedFeed feed = ScriptedFeed.live("test", listed("ACME", 100));
        for (int i = 0; i < 1_000; i++) {
            feed.tells(trade("ACME", 100 + i, 1, 1_767_355_200_000_000L + i * 1_000_000L));
        }
        try (TestService service = TestService.with(
                Map.of(Setting.DATA, data.toString()),
                feed.does(sink -> played.countDown()).waits())) {
            assertTrue(played.await(30, TimeUnit.SECONDS));
            await("all of them", () -> export(data, "export", "trades").size() >= 1_001);
            assertEquals(1_001, export(data, "export", "trades").size(), "also what has no place yet");
            assertEquals(0, run(data, "info"));
            assertTrue(terminal.out().contains(", of a service that runs, or was not ended"), terminal.out());
            assertEquals(0, run(data, "check"), terminal.out());
            Path copy = folder.resolve("copy");
            Files.createDirectories(copy);
            assertEquals(0, run(data, "backup", copy.resolve("journal.db").toString()), terminal.err());
            assertEquals(1, run(data, "backup", copy.resolve("journal.db").toString()));
            assertEquals(0, run(copy, "check"), terminal.out());
            assertEquals(
                    withoutEpoch(export(data, "export", "trades")), withoutEpoch(export(copy, "export", "trades")));
            assertEquals(1, run(data, "compact"));
            assertTrue(terminal.err().contains("is in use by another server"), terminal.err());
            assertEquals(0, service.tickerplant().journal().lost());
        }
    }

    @Test
    void compactingChangesNothingButTheSize() throws Exception {
        Path data = folder.resolve("data");
        for (int round = 0; round < 6; round++) {
            CountDownLatch played = new CountDownLatch(1);
            ScriptedFeed feed = ScriptedFeed.live("test", listed("ACME", 100), listed("BETA", 100));
            for (int i = 0; i < 100; i++) {
                feed.tells(
                        trade(i % 3 == 0 ? "ACME" : "BETA", 100 + i, 1, 1_767_355_200_000_000L + i % 7 * 1_000_000L));
            }
            try (TestService service = TestService.with(
                    Map.of(Setting.DATA, data.toString()),
                    feed.does(sink -> played.countDown()).waits())) {
                assertTrue(played.await(30, TimeUnit.SECONDS));
                assertEquals(0, service.tickerplant().journal().lost());
            }
        }
        List<String> trades = export(data, "export", "trades");
        List<String> bars = export(data, "export", "bars");
        assertEquals(601, trades.size());
        assertEquals(0, run(data, "compact"), terminal.err());
        assertTrue(terminal.err().contains("compacted from "), terminal.err());
        assertEquals(trades, export(data, "export", "trades"));
        assertEquals(bars, export(data, "export", "bars"));
        assertEquals(0, run(data, "check"), terminal.out());
        assertEquals(0, run(data, "info"));
        assertTrue(terminal.out().contains("of a service that was ended"), terminal.out());
        assertTrue(terminal.out().contains("trades      600, "), terminal.out());
    }

    @Test
    void checkFindsABitThatFlipped() throws Exception {
        Path data = imported(DAY);
        assertEquals(0, run(data, "check"), terminal.out());
        assertTrue(terminal.err().contains("all of it is whole"), terminal.err());
        Path file = data.resolve("journal.db");
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("XNAS");
        try (RandomAccessFile flip = new RandomAccessFile(file.toFile(), "rw")) {
            flip.seek(at);
            flip.write('Y');
        }
        assertEquals(3, run(data, "check"));
        assertEquals(
                1,
                terminal.out()
                        .lines()
                        .filter(line -> line.startsWith("trades of ACME"))
                        .count(),
                terminal.out());
        assertFalse(terminal.err().contains("whole"), terminal.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            info                        | 2 | --data is missing, expected the path of the folder that the journal is in
            --data=x                    | 2 | '' is nothing to be done, expected one of info, check, export, backup, compact
            mend --data=x               | 2 | 'mend' is nothing to be done, expected one of info, check, export, backup, compact
            info more --data=x          | 2 | info takes no argument
            backup --data=x             | 2 | backup takes one argument, see journal --help
            info --data=x --to=5        | 2 | --to belongs to export
            info --data=x               | 1 | there is no journal in the folder x
            compact --data=x            | 1 | there is no journal in the folder x
            """)
    void whatCantBeDoneIsOneLine(String arguments, int code, String message) {
        assertEquals(code, run(Stream.of(arguments.strip().split(" "))));
        assertEquals("tickerplant: " + message, terminal.err().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            quotes                 | 'quotes' can't be exported, expected trades, status, news or bars
            bars --interval=1s     | --interval is '1s', expected 1m, 5m, 15m, 1h or 1d
            trades --format=xml    | --format is 'xml', expected csv or ndjson
            trades --symbol=NOBODY | --symbol is 'NOBODY', expected one that the journal knows
            trades --from=noon     | --from is 'noon', expected milliseconds since 1970, or a moment such as 2026-01-02T14:30:00Z
            """)
    void whatIsNoExportIsOneLine(String arguments, String message) throws Exception {
        Path data = imported(DAY);
        assertEquals(2, run(data, ("export " + arguments.strip()).split(" ")));
        assertEquals("tickerplant: " + message, terminal.err().strip());
    }
}
