package tickerplant.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.iex.CaptureBytes;
import tickerplant.feed.iex.Heard;
import tickerplant.feed.iex.Tops;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.News;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class ReplayFeedTest {
    private static final Symbol X = new Symbol("X");
    private static final Symbol AAPL = new Symbol("AAPL");

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    @Test
    void aCsvTableIsReadByItsHeader() throws Exception {
        List<Listed> listed = play(
                """
                venue,symbol,ts,price,size,side,id,cond,kind,bid,bid_size,ask,ask_size,comment
                V,aapl,1767225600120.4829,189.32,100,buy,7,odd_lot|extended,trade,,,,,"quoted, ""so"", it is"
                ,AAPL,2026-01-01T00:00:00.120482Z,189.3,5,,,,,,,,,

                ,AAPL,1767225600121,,,,,,quote,189.3,10,0,0,
                ,AAPL,1767225600122,,,,,,,,,189.33,20,
                ,AAPL,1767225600123,,,,7,,cancel,,,,,
                """);

        long ts = 1_767_225_600_120_482L;
        assertEquals(
                List.of(
                        new Trade(
                                AAPL,
                                18_932,
                                100,
                                Side.BUY,
                                "7",
                                "V",
                                Set.of(Condition.ODD_LOT, Condition.EXTENDED),
                                ts),
                        new Trade(AAPL, 18_930, 5, Side.UNKNOWN, "", "", Set.of(), ts),
                        new Quote(AAPL, 18_930, 10, Decimal.ABSENT, Decimal.ABSENT, ts - 482 + 1_000),
                        new Quote(AAPL, Decimal.ABSENT, Decimal.ABSENT, 18_933, 20, ts - 482 + 2_000),
                        new Cancel(AAPL, "7", ts - 482 + 3_000)),
                heard.events());
        assertEquals(List.of(), heard.damage());
        Instrument instrument = new Instrument(AAPL, "", "", "", 2, 0, ZoneOffset.UTC);
        assertEquals(List.of(new Listed(instrument, "replay:recording", Decimal.ABSENT, ts)), listed);
    }

    @Test
    void ndjsonSaysTheSameAndDescribesInstruments() throws Exception {
        List<Listed> listed = play(
                """
                {"kind":"instrument","symbol":"X","name":"Ex \\u0026 Co","currency":"EUR","exchange":"E","prev_close":1.125,"zone":"Europe/Paris"}
                {"symbol":"X","ts":1767225600000.5,"price":"1.5","size":0.001,"side":"sell","cond":["odd_lot"],"nested":{"a":[1,{}]},"id":12}
                {"symbol":"x","ts":1767225600001,"kind":"status","phase":"halted","reason":"T1"}
                {"symbol":"x","ts":1767225600002,"kind":"quote","bid":1e0,"bid_size":1,"ask":null,"other":[[1]]}
                """);

        long ts = 1_767_225_600_000_000L;
        assertEquals(
                List.of(
                        new Trade(X, 1_500, 1, Side.SELL, "12", "", Set.of(Condition.ODD_LOT), ts + 500),
                        new Status(X, Phase.HALTED, "T1", ts + 1_000),
                        new Quote(X, 1_000, 1_000, Decimal.ABSENT, Decimal.ABSENT, ts + 2_000)),
                heard.events());
        assertEquals(List.of(), heard.damage());
        Instrument instrument = new Instrument(X, "Ex & Co", "EUR", "E", 3, 3, ZoneId.of("Europe/Paris"));
        assertEquals(List.of(new Listed(instrument, "replay:recording", 1_125, ts + 500)), listed);
    }

    @Test
    void phasesAndNewsMayBeOfTheWholeMarket() throws Exception {
        List<Listed> listed = play(
                """
                {"symbol":"*","ts":1767225600000,"kind":"status","phase":"open"}
                {"symbol":"*","ts":1767225600001,"kind":"news","headline":"Rates stay","url":"https://example.org/1","source":"Newswire"}
                {"symbol":"X","ts":1767225600002,"kind":"news","headline":"%s"}
                {"symbol":"*","ts":1767225600003,"price":1,"size":1}
                {"symbol":"X","ts":1767225600004,"kind":"news"}
                """
                        .formatted("x".repeat(512)));

        long ts = 1_767_225_600_000_000L;
        assertEquals(
                List.of(
                        new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", ts),
                        new News(Symbol.WHOLE_MARKET, "Rates stay", "https://example.org/1", "Newswire", ts + 1_000),
                        new News(X, "x".repeat(512), "", "", ts + 2_000)),
                heard.events());
        assertEquals(List.of(X), listed.stream().map(Listed::symbol).toList());
        assertEquals(2, heard.damage().size(), heard.damage().toString());
        assertTrue(
                heard.damage().get(0).startsWith("line 4: symbol '*', expected"),
                heard.damage().get(0));
        assertEquals(
                "line 5: headline is missing, expected what is told",
                heard.damage().get(1));
    }

    @Test
    void newsPlayedAgainInAFurtherLapIsLater() {
        News news = new News(X, "x", "https://example.org", "s", 5);
        assertEquals(new News(X, "x", "https://example.org", "s", 12), new Lap(1, 7).of(news));
    }

    @Test
    void aBadLineIsReportedWithItsFieldAndTheRestIsPlayed() throws Exception {
        play(
                """
                ts,symbol,kind,price,size,side,cond,bid,bid_size,id
                1,X,,1,1,,,,,ok
                now,X,,1,1,,,,,
                -1,X,,1,1,,,,,
                1e99,X,,1,1,,,,,
                1,*,,1,1,,,,,
                1,X,,1e999999999,1,,,,,
                1,X,,1e-999999999,1,,,,,
                1,X,,0,1,,,,,
                1,X,,1,,,,,,
                1,X,,1,-1,,,,,
                1,X,,0.0000000000001,1,,,,,
                1,X,buy,1,1,,,,,
                1,X,,1,1,up,,,,
                1,X,,1,1,,odd,,,
                1,X,,,,,,1,,
                1,X,,,,,,,,
                1,X,cancel,,,,,,,
                1,X
                1,X,,"1,1,,,,,
                2000,X,,2,1,,,,,ok
                """);

        assertEquals(2, heard.events().size());
        List<String> expected = List.of(
                "line 3: ts 'now', expected milliseconds since 1970",
                "line 4: ts '-1', expected milliseconds since 1970",
                "line 5: ts '1e99', expected milliseconds since 1970",
                "line 6: symbol '*', expected 1 to 24 of",
                "line 7: price '1e999999999', expected a positive number",
                "line 8: price '1e-999999999', expected a positive number",
                "line 9: price '0', expected a positive number",
                "line 10: size is missing, expected a positive number",
                "line 11: size '-1', expected a positive number",
                "line 12: price '0.0000000000001', expected a positive number of at most 12 decimals",
                "line 13: kind 'buy', expected trade, quote,",
                "line 14: side 'up', expected buy, sell or nothing",
                "line 15: cond 'odd', expected odd_lot,",
                "line 16: bid_size is missing, expected a positive number",
                "line 17: kind is missing, expected trade,",
                "line 18: id is missing, expected the id of the trade",
                "line 19: 2 cells, expected 10 as in the header",
                "line 20: a quote that is not closed, expected");
        assertDamage(expected);
    }

    @Test
    void badJsonIsReportedAndNothingElse() throws Exception {
        play(
                """
                {"symbol":"X","ts":1,"price":1,"size":1}
                {"symbol":"X","ts":1,"price":1,"size":1
                {"symbol":"X","ts":1,"price":1,"size":1} x
                []
                %s
                {"symbol":"X","symbol":"X","ts":1,"price":1,"size":1}
                {"symbol":"X","ts":1,"price":true,"size":1}
                {"symbol":"X","ts":1,"price":[1],"size":1}
                {"symbol":"X","ts":1,"price":1e999999999,"size":1}
                {"symbol":"X","ts":1,"price":01,"size":1}
                {"symbol":"X","ts":1,"price":%s,"size":1}
                {"symbol":"X\\u0000","ts":1,"price":1,"size":1}
                {"symbol":"X","kind":"instrument","prev_close":0}
                {"symbol":"X","kind":"instrument","zone":"Moon"}
                {"symbol":"X","ts":2,"price":1,"size":1}
                """
                        .formatted("{\"x\":" + "[".repeat(50_000), "9".repeat(10_000)));

        assertEquals(2, heard.events().size());
        assertDamage(List.of(
                "line 2: malformed JSON",
                "line 3: malformed JSON",
                "line 4: not an object",
                "line 5: malformed JSON",
                "line 6: symbol twice",
                "line 7: price is neither text nor number",
                "line 8: price is a list",
                "line 9: price '1e999999999', expected",
                "line 10: malformed JSON",
                "line 11: price '9999999999999999999999999999999999999999...', expected",
                "line 12: symbol 'X?', expected",
                "line 13: prev_close '0', expected",
                "line 14: zone 'Moon', expected a time zone"));
    }

    @Test
    void numbersThatDoNotFitTogetherAreReported() throws Exception {
        play("ts,symbol,price,size\n1,X,0.000000000001,1\n2,X,1000000,1\n3,X,999999.999999999999,1\n");
        assertEquals(2, heard.events().size());
        assertDamage(List.of("line 3: number too large, expected a number that fits"));
    }

    @Test
    void aLineWithoutEndIsNotHeld() throws Exception {
        Path file = folder.resolve("recording");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("ts,symbol,price,size\n1,X,1,1\n".getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) '1');
            for (int i = 0; i < 20; i++) {
                out.write(block);
            }
            out.write("\r\n2,X,1,1\r\n3,X,1,1".getBytes(StandardCharsets.UTF_8));
        }
        run(file, "");
        assertEquals(3, heard.events().size());
        assertDamage(List.of("line 3: too long, expected at most 65536 bytes"));
    }

    @Test
    void aByteOrderMarkAndBlankLinesAreNoRows() throws Exception {
        play("\uFEFF\r\n\r\nts,symbol,price,size\r\n\r\n1,X,1,1\r\n");
        assertEquals(1, heard.events().size());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void theContentTellsTheFormAndNotTheName() throws Exception {
        long nanos = 1_000_000_000_000_000_000L;
        byte[] capture = CaptureBytes.pcap()
                .packet(Tops.from(1).trade(0, nanos, "X", 1, 10_000, 1))
                .bytes();
        byte[] csv = "ts,symbol,price,size\n1,X,1,1\n".getBytes(StandardCharsets.UTF_8);
        byte[] json = " \n{\"symbol\":\"X\",\"ts\":1,\"price\":1,\"size\":1}".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : List.of(capture, csv, json)) {
            for (byte[] file : List.of(bytes, CaptureBytes.gzip(bytes))) {
                Heard each = new Heard();
                Path path = Files.write(folder.resolve("picture.png"), file);
                Feed feed = ReplayFeed.of(
                        FeedSpec.parse("replay:" + path + "?speed=max&prefix=r.&name=n"), new PacedClock());
                assertEquals("n", feed.name());
                assertEquals(Feed.Mode.REPLAY, feed.mode());
                assertEquals(new Symbol("R.X"), feed.instruments().get(0).symbol());
                feed.run(each);
                assertEquals(new Symbol("R.X"), each.events().get(0).symbol());
                assertEquals(1, each.events().size());
            }
        }
    }

    @Test
    void aCutGzipTextLosesItsLastLineOnly() throws Exception {
        StringBuilder text = new StringBuilder("ts,symbol,price,size\n");
        Random random = new Random(1);
        for (int i = 1; i <= 500; i++) {
            text.append(i).append(",X,").append(1 + random.nextInt(1_000_000)).append(",1\n");
        }
        byte[] packed = CaptureBytes.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        run(Files.write(folder.resolve("recording"), Arrays.copyOf(packed, packed.length / 2)), "");
        assertTrue(heard.events().size() > 100, heard.events().size() + " events");
        List<String> lines = text.toString().lines().toList();
        for (int i = 0; i < heard.events().size(); i++) {
            Trade trade = (Trade) heard.events().get(i);
            assertEquals(lines.get(i + 1), trade.ts() / 1_000 + ",X," + trade.price() + ",1");
        }
        assertDamage(List.of("line " + (heard.events().size() + 2) + ": the gzip stream is cut off or broken"));
    }

    @Test
    void whatCanNotBeAFeedIsRefusedWithTheReason() throws Exception {
        assertRefused(
                "replay:" + folder.resolve("absent") + "",
                "absent' not found, expected a capture of IEX TOPS 1.6 or DEEP 1.0");
        assertRefused("replay:" + folder, "can't be read, expected a capture of IEX TOPS 1.6 or DEEP 1.0");
        assertRefused("replay:", "'replay' without a file, expected replay:FILE");
        assertRefused(file(""), "nothing in it; expected a capture of IEX TOPS 1.6 or DEEP 1.0");
        assertRefused(file("a,b\n1,2\n"), "the first line 'a,b' is no header, expected comma-separated names");
        assertRefused(file("ts,symbol,ts\n"), "two columns 'ts' in the header");
        assertRefused(file("\u001f\u0000"), "is no header");
        assertRefused(file("{}") + "?speed=0", "speed=0 of 'replay', expected a positive decimal number, or max");
        assertRefused(file("{}") + "?speed=NaN", "speed=NaN of 'replay', expected a positive decimal number, or max");
        assertRefused(file("{}") + "?loop=yes", "loop=yes of 'replay', expected true or false");
        assertRefused(file("{}") + "?prefix=a*", "prefix=a* of 'replay', expected at most 16 characters");
        assertRefused(
                file("{}") + "?date=2026-02-30", "date=2026-02-30 of 'replay', expected a day such as 2026-01-02");
        assertRefused(file("{}") + "?name=", "name= of 'replay', expected some text");
        assertRefused(
                file("{}") + "?pace=1", "'pace' is no option of 'replay', expected date, loop, name, prefix, speed");
        Path packed = Files.write(folder.resolve("packed"), new byte[] {0x1F, (byte) 0x8B, 8});
        assertRefused("replay:" + packed, "packed': ");
    }

    @Test
    void aCaptureWithoutTopsIsRefusedWhenItIsScanned() throws Exception {
        Path path = Files.write(
                folder.resolve("deep"),
                CaptureBytes.pcap().packet(Tops.from(1).protocol(0x8005)).bytes());
        Feed feed = ReplayFeed.of(FeedSpec.parse("replay:" + path), new PacedClock());
        IOException refused = assertThrows(IOException.class, feed::instruments);
        assertTrue(
                refused.getMessage().startsWith("replay:deep: no packet of IEX TOPS 1.6 or DEEP 1.0"),
                refused.getMessage());
    }

    @Test
    void theDayOfAnItchFileIsInItsNameOrSaid() throws Exception {
        // Two system events: messages begin, and at 34,200 s after midnight, regular hours.
        byte[] file = HexFormat.of().parseHex("000c53000000000000000000014f" + "000c53000000001f1aced9f00051");
        Map<String, String> openings = Map.of(
                "01302020.NASDAQ_ITCH50", "2020-01-30T14:30:00Z",
                "S20200731-v50.bin", "2020-07-31T13:30:00Z");
        for (Map.Entry<String, String> opening : openings.entrySet()) {
            Path path = Files.write(folder.resolve(opening.getKey()), file);
            assertEquals(Instant.parse(opening.getValue()), opening(path, ""));
            assertEquals(Instant.parse("2011-07-01T13:30:00Z"), opening(path, "&date=2011-07-01"));
        }
        Path unnamed = Files.write(folder.resolve("13322020.itch"), file);
        assertRefused("replay:" + unnamed, "tells the time of day only, expected the option date=YYYY-MM-DD");
    }

    private Instant opening(Path path, String options) throws Exception {
        heard.events().clear();
        run(path, options);
        assertEquals(1, heard.events().size());
        return Instant.EPOCH.plus(heard.events().get(0).ts(), ChronoUnit.MICROS);
    }

    @Test
    void garbageBehindAHeaderNeverThrows() throws Exception {
        long seed = 4;
        System.out.println("ReplayFeedTest.garbageBehindAHeaderNeverThrows seed " + seed);
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\u0-+.eE19TZX| \n\r\tntsymbolpricesizekind\u00e9\u0000";
        for (String head : List.of("ts,symbol,price,size\n", "{\"symbol\":\"X\",\"ts\":1,\"price\":1,\"size\":1}\n")) {
            StringBuilder text = new StringBuilder(head);
            for (int i = 0; i < 200_000; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            heard.damage().clear();
            play(text.toString());
            assertTrue(heard.damage().size() > 1_000);
        }
    }

    private List<Listed> play(String text) throws Exception {
        return run(Files.writeString(folder.resolve("recording"), text), "");
    }

    private List<Listed> run(Path file, String options) throws Exception {
        Feed feed = ReplayFeed.of(FeedSpec.parse("replay:" + file + "?speed=max" + options), new PacedClock());
        List<Listed> listed = feed.instruments();
        feed.run(heard);
        return listed;
    }

    private String file(String text) throws IOException {
        return "replay:" + Files.writeString(folder.resolve("recording"), text);
    }

    private void assertDamage(List<String> expected) {
        List<String> begins = new ArrayList<>();
        for (int i = 0; i < heard.damage().size(); i++) {
            String said = heard.damage().get(i);
            String start = i < expected.size() ? expected.get(i) : "";
            begins.add(said.startsWith(start) && !start.isEmpty() ? start : said);
        }
        assertEquals(expected, begins);
    }

    private static void assertRefused(String spec, String reason) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> ReplayFeed.of(FeedSpec.parse(spec), new PacedClock()));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
}
