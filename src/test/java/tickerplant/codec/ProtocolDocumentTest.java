package tickerplant.codec;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tickerplant.codec.Story.at;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tickerplant.command.AskHistory;
import tickerplant.command.Command;
import tickerplant.command.ListSubscriptions;
import tickerplant.command.Ping;
import tickerplant.command.Refused;
import tickerplant.command.Subscribe;
import tickerplant.command.Unsubscribe;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedStatus;
import tickerplant.hub.HistoryRange;
import tickerplant.market.Channel;
import tickerplant.market.Event;
import tickerplant.market.Phase;
import tickerplant.market.Symbol;
import tickerplant.message.ErrorMessage;
import tickerplant.message.FeedHealth;
import tickerplant.message.Gap;
import tickerplant.message.Goaway;
import tickerplant.message.Heartbeat;
import tickerplant.message.HistoryFound;
import tickerplant.message.HistoryPage;
import tickerplant.message.Message;
import tickerplant.message.Pong;
import tickerplant.message.Rate;
import tickerplant.message.Reason;
import tickerplant.message.Recovered;
import tickerplant.message.RequestId;
import tickerplant.message.Row;
import tickerplant.message.Snapshot;
import tickerplant.message.Subscribed;
import tickerplant.message.Subscriptions;
import tickerplant.message.Unsubscribed;
import tickerplant.message.UpdateMessage;
import tickerplant.message.Welcome;
import tickerplant.session.Beginning;
import tickerplant.session.NearMisses;
import tickerplant.session.Resume;
import tickerplant.session.Wanted;

/**
 * The examples in {@code docs/protocol.md} are what this version reads and writes. Each is a file, which the tests of the page
 * read too; lines are broken for the eye, and on the wire joined without what they are indented by.
 */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "protocol.md");
    private static final Path FIXTURES = Path.of("src", "test", "resources", "protocol");
    private static final Pattern EXAMPLE = Pattern.compile("^```json\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final int FRAME_BYTES = 262_144;

    private static final ErrorMessage COMPLAINT =
            ErrorMessage.field(number("5"), "symbols", "a list of at least one symbol, as strings");

    private static final Map<String, Command> CLIENT_SAYS = Map.ofEntries(
            Map.entry(
                    "client-subscribe.json",
                    new Subscribe(number("2"), Channel.TICKER, Wanted.of(List.of("AAPL", "msft", "APPL")))),
            Map.entry(
                    "client-subscribe-prefix.json",
                    new Subscribe(
                            new RequestId("all of A", RequestId.Kind.STRING),
                            Channel.TRADES,
                            Wanted.of(List.of("A*")))),
            Map.entry(
                    "client-resume.json",
                    new Subscribe(
                            number("7"),
                            Channel.TICKER,
                            new Wanted(
                                    List.of("AAPL", "MSFT", "AMZN"),
                                    Beginning.SNAPSHOT,
                                    new Resume("e-1f0c", Map.of(new Symbol("AAPL"), 1_042L, new Symbol("MSFT"), 77L)),
                                    Rate.UNLIMITED,
                                    NearMisses.NONE))),
            Map.entry(
                    "client-subscribe-bars.json",
                    new Subscribe(number("8"), Channel.BARS_1M, Wanted.of(List.of("AAPL")))),
            Map.entry("client-unsubscribe.json", new Unsubscribe(number("3"), Channel.TICKER, List.of("MSFT"))),
            Map.entry("client-unsubscribe-all.json", new Unsubscribe(number("4"), Channel.TRADES, List.of())),
            Map.entry("client-subscriptions.json", new ListSubscriptions(number("6"))),
            Map.entry("client-ping.json", new Ping(number("9"), "1767364200123.5")),
            Map.entry(
                    "client-other-names.json", new Subscribe(RequestId.NONE, Channel.STATUS, Wanted.of(List.of("*")))),
            Map.entry("client-mistake.json", new Refused(COMPLAINT)),
            Map.entry(
                    "client-history.json",
                    new AskHistory(
                            number("10"),
                            Channel.TRADES,
                            Story.APPLE.symbol(),
                            "",
                            new HistoryRange(Long.MIN_VALUE, Long.MAX_VALUE, 5, 1))),
            Map.entry(
                    "client-history-bars.json",
                    new AskHistory(
                            number("11"),
                            Channel.BARS_1M,
                            Story.APPLE.symbol(),
                            "",
                            new HistoryRange(at(-3_600_000), at(60_000), 0, 500))));

    private static final Map<String, String> SERVER_SAYS = serverSays();

    private static RequestId number(String digits) {
        return new RequestId(digits, RequestId.Kind.INTEGER);
    }

    private static Map<String, String> serverSays() {
        Map<String, String> says = new TreeMap<>();
        messages().forEach((name, message) -> says.put("server-" + name + ".json", text(message)));
        Story story = new Story();
        List<Subscribed.Rejected> rejected = List.of(new Subscribed.Rejected("APPL", Reason.UNKNOWN_SYMBOL));
        says.put("http-ticker.json", text(JsonBodies.rows(List.of(story.tickerOfNothing()), rejected, "e-1f0c")));
        says.put("http-symbols.json", text(JsonBodies.instruments(List.of(Story.APPLE), "e-1f0c")));
        says.put("http-trades.json", text(JsonBodies.history((HistoryFound)
                messages().get("history"))));
        says.put("http-ready.json", text(ready()));
        return says;
    }

    static Map<String, Message> messages() {
        Map<String, Message> messages = new TreeMap<>();
        messages.put(
                "welcome",
                new Welcome(
                        "tickerplant/0.1.0",
                        "s-2051710176358f4d",
                        "e-1f0c",
                        at(0),
                        5_000,
                        Welcome.Auth.NONE,
                        List.of(Channel.values()),
                        new Welcome.Limits(10_000, 65_536, 262_144, 20)));
        messages.put(
                "subscribed",
                new Subscribed(
                        number("2"),
                        Channel.TICKER,
                        List.of("AAPL", "MSFT"),
                        2,
                        List.of(new Subscribed.Rejected("APPL", Reason.UNKNOWN_SYMBOL)),
                        Map.of(),
                        Map.of()));
        Map<String, Long> seqs = new TreeMap<>(Map.of("AAPL", 1_049L, "MSFT", 77L));
        Map<String, Recovered> recovery = new TreeMap<>(Map.of("AAPL", Recovered.MERGED, "MSFT", Recovered.REPLAYED));
        messages.put(
                "subscribed-resumed",
                new Subscribed(
                        number("7"), Channel.TICKER, List.of("AAPL", "MSFT", "AMZN"), 3, List.of(), seqs, recovery));
        messages.put("unsubscribed", Unsubscribed.from(number("3"), Channel.TICKER, List.of("MSFT"), 1));
        messages.put(
                "subscriptions",
                new Subscriptions(
                        number("6"),
                        List.of(
                                new Subscriptions.Entries(Channel.TICKER, List.of("AAPL"), Rate.UNLIMITED),
                                new Subscriptions.Entries(Channel.STATUS, List.of("*"), Rate.UNLIMITED))));
        messages.put("pong", new Pong(number("9"), "1767364200123.5", at(124)));
        messages.put(
                "heartbeat",
                new Heartbeat(at(5_000), FeedHealth.LIVE, OptionalLong.of(40), Optional.of(Phase.OPEN))
                        .checkedBy(-1704877206));
        messages.put("goaway", new Goaway(2_350));
        messages.put("error", COMPLAINT);
        messages.put("gap", new Gap(Channel.TRADES, Story.APPLE.symbol(), 101, 150, Gap.Why.SLOW_CLIENT));
        rows(messages);
        return messages;
    }

    private static void rows(Map<String, Message> messages) {
        Story story = new Story();
        messages.put(
                "snapshot",
                new Snapshot(Channel.TICKER, at(55), List.of(story.tickerStanding(), story.tickerOfNothing())));
        messages.put("update", update(Channel.TICKER, 60, story.after(Channel.TICKER, story.nextTrade())));
        List<Row> trades = new ArrayList<>();
        List<Row> tickers = new ArrayList<>();
        for (Event event : story.busy()) {
            tickers.add(story.after(Channel.TICKER, event));
            story.told(Channel.TRADES).ifPresent(trades::add);
        }
        Row merged = tickers.stream().reduce(Row::merge).orElseThrow();
        messages.put("update-merged", update(Channel.TICKER, 85, merged));
        messages.put("update-trades", new UpdateMessage(Channel.TRADES, at(85), trades));
        messages.put("update-null", update(Channel.TICKER, 90, story.after(Channel.TICKER, story.askWithdrawn())));
        messages.put(
                "update-cancel",
                update(Channel.TRADES, 100, story.after(Channel.TRADES, story.secondTradeTakenBack())));
        messages.put(
                "snapshot-trades",
                new Snapshot(Channel.TRADES, at(105), List.of(story.standing(), story.tradesOfNothing())));
        messages.put("update-status", update(Channel.STATUS, 110, story.after(Channel.STATUS, story.halt())));
        messages.put("update-bars", bars());
        messages.put("history", trades(trades.get(0), trades.get(1)));
        messages.put("history-bars", minute(bars().rows().get(1)));
    }

    /** Three trades that waited as one row, and the end of their minute. */
    private static UpdateMessage bars() {
        Story story = new Story();
        List<Row> open = new ArrayList<>();
        open.add(story.after(Channel.BARS_1M, story.nextTrade()));
        for (Event event : story.busy()) {
            story.after(Channel.TICKER, event);
            story.told(Channel.BARS_1M).ifPresent(open::add);
        }
        Row merged = open.stream().reduce(Row::merge).orElseThrow();
        return new UpdateMessage(
                Channel.BARS_1M, at(61_010), List.of(merged, story.after(Channel.BARS_1M, story.minuteOver())));
    }

    private static HistoryFound trades(Row first, Row following) {
        HistoryPage page = new HistoryPage(
                Channel.TRADES, Story.APPLE.symbol(), List.of(first), Optional.of(following), OptionalLong.empty());
        return new HistoryFound(number("10"), page, "e-1f0c");
    }

    private static HistoryFound minute(Row bar) {
        HistoryPage page = new HistoryPage(
                Channel.BARS_1M, Story.APPLE.symbol(), List.of(bar), Optional.empty(), OptionalLong.of(at(-600_000)));
        return new HistoryFound(number("11"), page, "e-1f0c");
    }

    private static UpdateMessage update(Channel channel, long millis, Row row) {
        return new UpdateMessage(channel, at(millis), List.of(row));
    }

    private static byte[] ready() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("sessions", 1L);
        counts.put("refused", 0L);
        counts.put("missed_bars", 0L);
        return JsonBodies.health(
                "ready",
                List.of(new FeedStatus(
                        "simulated",
                        Feed.Mode.LIVE,
                        FeedStatus.State.LIVE,
                        6_888,
                        20_966,
                        0,
                        0,
                        0,
                        0,
                        OptionalLong.of(1),
                        "")),
                counts);
    }

    private static String text(Message message) {
        return new JsonFrames().frames(message).next(FRAME_BYTES).text();
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static String onTheWire(String name) throws IOException {
        return Files.readString(FIXTURES.resolve(name))
                .lines()
                .map(String::strip)
                .collect(joining());
    }

    static Set<String> clientSays() {
        return new TreeSet<>(CLIENT_SAYS.keySet());
    }

    static Set<String> namesOfWhatServerSays() {
        return SERVER_SAYS.keySet();
    }

    @ParameterizedTest
    @MethodSource("clientSays")
    void whatTheDocumentLetsAClientSayIsReadSo(String name) throws IOException {
        assertEquals(CLIENT_SAYS.get(name), new CommandReader().read(onTheWire(name)));
    }

    @ParameterizedTest
    @MethodSource("namesOfWhatServerSays")
    void whatTheDocumentLetsTheServerSayIsWrittenSo(String name) throws IOException {
        assertEquals(SERVER_SAYS.get(name), onTheWire(name));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplained(Reason reason) throws IOException {
        Pattern row = Pattern.compile("(?m)^\\|[^|]*`" + reason.word() + "`[^|]*\\| " + reason.code() + " \\|");
        assertTrue(row.matcher(Files.readString(DOCUMENT)).find(), reason.word());
    }

    @Test
    void theDocumentShowsTheseExamplesAndNoOthers() throws IOException {
        Map<String, String> fixtures = new TreeMap<>();
        try (Stream<Path> files = Files.list(FIXTURES)) {
            for (Path file : files.toList()) {
                fixtures.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        Set<String> judged = new TreeSet<>(CLIENT_SAYS.keySet());
        judged.addAll(SERVER_SAYS.keySet());
        assertEquals(judged, fixtures.keySet(), "each example is judged, and each that is judged is there");

        List<String> shown = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
        while (example.find()) {
            shown.add(example.group(1));
        }
        shown.sort(null);
        assertEquals(fixtures.values().stream().sorted().toList(), shown);
    }
}
