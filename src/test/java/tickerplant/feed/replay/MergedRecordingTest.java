package tickerplant.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSink;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.Recording;
import tickerplant.feed.iex.CaptureBytes;
import tickerplant.feed.iex.Heard;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Events;
import tickerplant.market.Listed;
import tickerplant.market.Quote;
import tickerplant.market.Trade;

@Timeout(120)
class MergedRecordingTest {
    private static final String HEAD = "ts,symbol,price,size\n";

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();

    private Feed feed(String options, Path... files) {
        String target = String.join(",", Stream.of(files).map(Path::toString).toList());
        return ReplayFeed.of(FeedSpec.parse("replay:" + target + "?" + options), new PacedClock());
    }

    private List<Listed> play(String options, Path... files) throws Exception {
        Feed feed = feed(options, files);
        List<Listed> listed = feed.instruments();
        feed.run(heard);
        return listed;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Long> times() {
        return heard.events().stream().map(event -> event.ts() / 1_000).toList();
    }

    @Test
    void whatHappenedFirstComesFirstWhicheverFileItIsIn() throws Exception {
        List<Listed> listed = play(
                "speed=max",
                file("a.csv", HEAD + "1,A,1,1\n5,A,5,1\n6,A,6,1\n"),
                file(
                        "b.json",
                        "{\"ts\":2,\"symbol\":\"B\",\"price\":2,\"size\":1}\n{\"ts\":7,\"symbol\":\"B\",\"price\":7,\"size\":1}\n"),
                file("c.csv", HEAD + "0,C,0.5,1\n3,C,3,1\n5,C,5,1\n9,C,9,1\n"));
        assertEquals(
                List.of("A", "B", "C"),
                listed.stream().map(l -> l.symbol().name()).toList());
        assertEquals("replay:a.csv,b.json,c.csv", listed.get(0).feed());
        assertEquals(List.of(0L, 1L, 2L, 3L, 5L, 5L, 6L, 7L, 9L), times());
        assertEquals("A", heard.events().get(4).symbol().name(), "of the same time, the file named first");
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void tensOfThousandsOfEventsOfManyFilesComeInOrderAndEachOnce() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        List<Path> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            StringBuilder text = new StringBuilder(HEAD);
            long ts = 1_000;
            for (int n = 1; n <= 3_000 * i + 1; n++) {
                ts += random.nextInt(20);
                text.append(ts).append(",S").append(i).append(',').append(n).append(",1\n");
                expected.add(String.format("%012d S%d %d", ts, i, n));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            files.add(Files.write(folder.resolve("f" + i), i % 2 == 0 ? bytes : CaptureBytes.gzip(bytes)));
        }
        // by time, then by file, then as they stand there
        expected.sort(Comparator.comparing((String line) -> line.substring(0, 15)));
        play("speed=max", files.toArray(Path[]::new));
        List<String> told = heard.events(Trade.class).stream()
                .map(t -> String.format("%012d %s %d", t.ts() / 1_000, t.symbol(), t.price()))
                .toList();
        assertEquals(expected.size(), told.size(), "seed " + seed);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), told.get(i), "event " + i + ", seed " + seed);
        }
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void aFileThatIsDamagedCostsTheOthersNothing() throws Exception {
        StringBuilder bad = new StringBuilder(HEAD + "1,A,1,1\n");
        for (int i = 0; i < 20_000; i++) {
            bad.append("garbage\n");
        }
        byte[] cut = CaptureBytes.gzip((HEAD + "1,C,1,1\n2,C,2,1\n").getBytes(StandardCharsets.UTF_8));
        play(
                "speed=max",
                file("bad.csv", bad + "4,A,4,1\n"),
                file("good.csv", HEAD + "2,B,2,1\n3,B,3,1\n5,B,5,1\n"),
                Files.write(folder.resolve("cut.gz"), Arrays.copyOf(cut, cut.length - 9)));
        assertEquals(
                List.of("2 B", "3 B", "5 B"),
                heard.events().stream()
                        .filter(event -> event.symbol().name().equals("B"))
                        .map(event -> event.ts() / 1_000 + " " + event.symbol())
                        .toList());
        assertEquals(times().stream().sorted().toList(), times());
        assertTrue(times().contains(4L), "what comes after the damage is told");
        assertEquals(
                "bad.csv line 3: 1 cells, expected 4 as in the header",
                heard.damage().get(0));
        assertEquals(
                20_000,
                heard.damage().stream()
                        .filter(said -> said.startsWith("bad.csv "))
                        .count());
        assertTrue(
                heard.damage().stream().anyMatch(said -> said.startsWith("cut.gz line ")), "the cut file is reported");
    }

    @Test
    void aSymbolThatSeveralFilesHaveIsCountedInTheFinestSteps() throws Exception {
        List<Listed> listed = play(
                "speed=max",
                file("trades.csv", HEAD + "1,X,1.5,100\n3,X,2,1\n"),
                file("quotes.csv", "ts,symbol,kind,bid,bid_size,ask,ask_size,name\n2,X,quote,1.2345,0.5,,,Ex\n"));
        assertEquals(1, listed.size());
        assertEquals(4, listed.get(0).instrument().priceDecimals());
        assertEquals(1, listed.get(0).instrument().sizeDecimals());
        assertEquals("Ex", listed.get(0).instrument().name());
        Trade first = heard.events(Trade.class).get(0);
        assertEquals(15_000, first.price());
        assertEquals(1_000, first.size());
        Quote quote = heard.events(Quote.class).get(0);
        assertEquals(12_345, quote.bidPrice());
        assertEquals(5, quote.bidSize());
        assertEquals(Decimal.ABSENT, quote.askPrice());
        assertEquals(List.of(1L, 2L, 3L), times());
    }

    @Test
    void aLapBeginsWhenTheLastOfThemEnds() throws Exception {
        Feed feed = feed("speed=1&loop=true", file("a", HEAD + "1,A,1,1\n3,A,3,1\n"), file("b", HEAD + "2,B,2,1\n"));
        feed.instruments();
        int enough = 9;
        assertThrows(
                InterruptedException.class,
                () -> feed.run(new FeedSink() {
                    @Override
                    public void event(Event event) throws InterruptedException {
                        heard.event(event);
                        if (heard.events().size() == enough) {
                            throw new InterruptedException();
                        }
                    }

                    @Override
                    public void damaged(String place, String reason) {
                        heard.damaged(place, reason);
                    }
                }));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), times());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void fewEventsAreHeldHoweverManyThereAre() throws Exception {
        long endless = 50_000_000;
        long[] read = {0};
        Recording long1 = recording(sink -> {
            for (long i = 1; i <= endless; i++) {
                read[0] = i;
                sink.event(Events.trade("A", 1, 1, i));
            }
        });
        Recording short1 = recording(sink -> sink.event(Events.trade("B", 1, 1, 10)));
        MergedRecording merged = new MergedRecording(
                List.of(new MergedRecording.Part("long", long1), new MergedRecording.Part("short", short1)));
        merged.instruments();
        long[] told = {0};
        assertThrows(
                InterruptedException.class,
                () -> merged.play(new FeedSink() {
                    @Override
                    public void event(Event event) throws InterruptedException {
                        if (++told[0] == 1_000) {
                            throw new InterruptedException();
                        }
                    }

                    @Override
                    public void damaged(String place, String reason) {
                        throw new AssertionError(place + " " + reason);
                    }
                }));
        assertTrue(read[0] < 10_000, read[0] + " events were read");
    }

    @Test
    void aRecordingThatBreaksOffIsNamed() throws Exception {
        Recording broken = recording(sink -> {
            sink.event(Events.trade("A", 1, 1, 1));
            throw new IOException("the disk is gone");
        });
        Recording good = recording(sink -> sink.event(Events.trade("B", 1, 1, 2)));
        MergedRecording merged = new MergedRecording(
                List.of(new MergedRecording.Part("good", good), new MergedRecording.Part("broken", broken)));
        merged.instruments();
        IOException lost = assertThrows(IOException.class, () -> merged.play(heard));
        assertEquals("broken: the disk is gone", lost.getMessage());
        assertEquals(1, heard.events().size());
    }

    @Test
    void whatIsNoFileIsNamed() throws Exception {
        Path good = file("good", HEAD + "1,A,1,1\n");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> feed("speed=max", good, folder.resolve("absent")));
        assertTrue(refused.getMessage().contains("absent' not found"), refused.getMessage());
        Path comma = file("with,comma", HEAD + "1,A,1,1\n");
        assertEquals("replay:with,comma", feed("speed=max", comma).name());
        assertThrows(
                IllegalArgumentException.class,
                () -> ReplayFeed.of(FeedSpec.parse("replay:" + good + ",".repeat(64) + good), new PacedClock()));
    }

    /** What a recording tells. */
    @FunctionalInterface
    private interface Telling {
        void play(FeedSink sink) throws IOException, InterruptedException;
    }

    private static Recording recording(Telling telling) {
        return new Recording() {
            @Override
            public List<Listed> instruments() {
                return List.of();
            }

            @Override
            public void play(FeedSink sink) throws IOException, InterruptedException {
                telling.play(sink);
            }
        };
    }
}
