package tickerplant.feed.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.feed.book.Book;
import tickerplant.feed.iex.Heard;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class ItchFileTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final LocalDate DAY = LocalDate.of(2019, 12, 30);
    /** Half past nine in the morning in New York, in winter. */
    private static final long TS = 1_577_716_200_000_000L;

    private static final long NANOS = 34_200_000_000_000L;
    private static final long NONE = Decimal.ABSENT;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyMessageBecomesItsEvent(boolean lengths) throws Exception {
        Heard heard = play(begin(lengths)
                .action(1, NANOS, "AAPL", 'H', "T1")
                .action(1, NANOS, "AAPL", 'P', "LUDP")
                .action(1, NANOS, "AAPL", 'Q', "")
                .action(1, NANOS, "AAPL", 'T', "")
                .system(NANOS, 'S')
                .trade(1, NANOS, 200, "AAPL", 2_890_000, 1)
                .trade(1, NANOS, 99, "AAPL", 2_890_000, 2)
                .cross(1, NANOS, 5_000_000_000L, "AAPL", 2_890_100, 3)
                .cross(1, NANOS, 0, "AAPL", 0, 4)
                .system(NANOS, 'Q')
                .trade(1, NANOS + 1_999, 200, "AAPL", 2_890_000, 5)
                .trade(1, NANOS, 99, "AAPL", 2_890_000, -1)
                .broken(1, NANOS, 5)
                .system(NANOS, 'M')
                .system(NANOS, 'E')
                .system(NANOS, 'C')
                .other('L', 1, NANOS, 26)
                .other('I', 1, NANOS, 50));

        Set<Condition> before = Set.of(Condition.EXTENDED);
        assertEquals(
                List.of(
                        new Status(AAPL, Phase.HALTED, "T1", TS),
                        new Status(AAPL, Phase.HALTED, "LUDP", TS),
                        new Status(AAPL, Phase.AUCTION, "", TS),
                        new Status(AAPL, Phase.OPEN, "", TS),
                        new Status(Symbol.WHOLE_MARKET, Phase.PRE, "", TS),
                        trade(2_890_000, 200, Side.UNKNOWN, "1", before, TS),
                        trade(2_890_000, 99, Side.UNKNOWN, "2", Set.of(Condition.EXTENDED, Condition.ODD_LOT), TS),
                        trade(2_890_100, 5_000_000_000L, Side.UNKNOWN, "3", Set.of(Condition.SINGLE_PRICE_CROSS), TS),
                        new Status(Symbol.WHOLE_MARKET, Phase.OPEN, "", TS),
                        trade(2_890_000, 200, Side.UNKNOWN, "5", Set.of(), TS + 1),
                        trade(2_890_000, 99, Side.UNKNOWN, "18446744073709551615", Set.of(Condition.ODD_LOT), TS),
                        new Cancel(AAPL, "5", TS),
                        new Status(Symbol.WHOLE_MARKET, Phase.POST, "", TS),
                        new Status(Symbol.WHOLE_MARKET, Phase.CLOSED, "", TS)),
                heard.events());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void theTopOfTheBookIsMadeOfOrders() throws Exception {
        Heard heard = play(begin(true)
                .add(1, NANOS, 10, 'B', 300, "AAPL", 100)
                .addNamed(1, NANOS, 11, 'B', 200, "AAPL", 100)
                .add(1, NANOS, 12, 'B', 500, "AAPL", 99) // behind the best: nothing to tell
                .add(1, NANOS, 13, 'S', 100, "AAPL", -2) // 429,496.7294
                .executed(1, NANOS, 10, 100, 1)
                .executedAt(1, NANOS, 10, 100, 2, 'Y', 98)
                .executedAt(1, NANOS, 10, 50, 3, 'N', 98)
                .reduced(1, NANOS, 11, 150)
                .replaced(1, NANOS, 11, 14, 1_000, 99)
                .deleted(1, NANOS, 10)
                .executed(1, NANOS, 13, 100, 4)
                .deleted(1, NANOS, 12)
                .deleted(1, NANOS, 14));

        assertEquals(
                List.of(
                        new Quote(AAPL, 100, 300, NONE, NONE, TS),
                        new Quote(AAPL, 100, 500, NONE, NONE, TS),
                        new Quote(AAPL, 100, 500, 4_294_967_294L, 100, TS),
                        trade(100, 100, Side.SELL, "1", Set.of(), TS),
                        new Quote(AAPL, 100, 400, 4_294_967_294L, 100, TS),
                        trade(98, 100, Side.SELL, "2", Set.of(), TS),
                        new Quote(AAPL, 100, 300, 4_294_967_294L, 100, TS),
                        new Quote(AAPL, 100, 250, 4_294_967_294L, 100, TS),
                        new Quote(AAPL, 100, 100, 4_294_967_294L, 100, TS),
                        new Quote(AAPL, 100, 50, 4_294_967_294L, 100, TS),
                        new Quote(AAPL, 99, 1_500, 4_294_967_294L, 100, TS),
                        trade(4_294_967_294L, 100, Side.BUY, "4", Set.of(), TS),
                        new Quote(AAPL, 99, 1_500, NONE, NONE, TS),
                        new Quote(AAPL, 99, 1_000, NONE, NONE, TS),
                        new Quote(AAPL, NONE, NONE, NONE, NONE, TS)),
                heard.events());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void whatMakesNoSenseIsReportedWithItsPlaceAndChangesNothing() throws Exception {
        Itch file = begin(true)
                .add(1, NANOS, 10, 'B', 300, "AAPL", 100)
                .add(1, NANOS, 10, 'B', 300, "AAPL", 101)
                .add(1, NANOS, 11, 'Z', 300, "AAPL", 101)
                .executed(1, NANOS, 99, 1, 1)
                .reduced(1, NANOS, 10, 301)
                .deleted(1, NANOS, 98)
                .action(1, NANOS, "AAPL", '?', "")
                .trade(2, NANOS, 1, "a b", 1, 1)
                .broken(3, NANOS, 1)
                .cross(1, NANOS, -1, "AAPL", 1, 1)
                .trade(1, Form.DAY_NANOS, 1, "AAPL", 1, 1)
                .other('~', 1, NANOS, 12)
                .other('~', 1, NANOS, 12)
                .replaced(1, NANOS, 10, 12, 0, 5);
        Heard heard = play(file);

        assertEquals(
                List.of(new Quote(AAPL, 100, 300, NONE, NONE, TS), new Quote(AAPL, NONE, NONE, NONE, NONE, TS)),
                heard.events());
        List<String> expected = List.of(
                "order 10 comes a second time",
                "an order to 'Z' 300 shares at 101, expected B or S and both positive",
                "'E' of order 99, which is not known",
                "'X' of 301 shares of an order of 300",
                "'D' of order 98, which is not known",
                "trading state 0x3f, expected H, P, Q or T",
                "symbol 'a b', expected " + Symbol.EXPECTED,
                "a broken trade of the instrument 3, which was not named before",
                "a cross with price 1 and size -1, expected both positive",
                "a time of 86400000000000 ns since midnight, expected less than a day",
                "messages of the unknown type 0x7e are skipped, and reported only this once",
                "a replacement of 0 shares at 5, expected both positive");
        assertEquals(expected.size(), heard.damage().size(), heard.damage().toString());
        for (int i = 0; i < expected.size(); i++) {
            int message = i < 11 ? i + 3 : 15;
            assertEquals(
                    "message " + (message + 1) + " at byte " + file.starts().get(message) + ": " + expected.get(i),
                    heard.damage().get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterRubbishTheNextMessageIsFound(boolean lengths) throws Exception {
        for (int rubbish = 1; rubbish < 90; rubbish++) {
            byte[] bytes = new byte[rubbish];
            Arrays.fill(bytes, (byte) 0xEE);
            bytes[0] = 0;
            if (rubbish > 1) {
                bytes[1] = 0;
            }
            Heard heard = play(begin(lengths)
                    .trade(1, NANOS, 100, "AAPL", 5, 1)
                    .raw(bytes)
                    .trade(1, NANOS, 100, "AAPL", 5, 2)
                    .trade(1, NANOS, 100, "AAPL", 5, 3)
                    .trade(1, NANOS, 100, "AAPL", 5, 4));
            List<String> ids = heard.events(Trade.class).stream().map(Trade::id).toList();
            assertTrue(ids.contains("1") && ids.contains("4"), rubbish + ": " + ids);
            assertTrue(heard.damage().size() >= 1, rubbish + "");
        }
    }

    @Test
    void aCutAnywhereKeepsWhatCameBefore() throws Exception {
        Itch file = begin(true)
                .trade(1, NANOS, 100, "AAPL", 5, 1)
                .add(1, NANOS, 10, 'B', 300, "AAPL", 100)
                .trade(1, NANOS, 100, "AAPL", 5, 2);
        byte[] whole = file.bytes();
        for (int length = file.starts().get(2); length < whole.length; length++) {
            int end = length;
            long complete = file.starts().stream()
                            .filter(start -> start > file.starts().get(1) && start <= end)
                            .count()
                    - 1;
            Heard heard = play(Arrays.copyOf(whole, length));
            assertEquals(complete, heard.events().size(), "cut at " + length);
            boolean between = file.starts().contains(length);
            assertEquals(between ? 0 : 1, heard.damage().size(), "cut at " + length + ": " + heard.damage());
        }
    }

    @Test
    void aLastWordOfZeroIsTheEndOfTheDay() throws Exception {
        Heard heard = play(begin(true).trade(1, NANOS, 100, "AAPL", 5, 1).raw((byte) 0, (byte) 0));
        assertEquals(1, heard.events().size());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void instrumentsAreKnownBeforehandAndAnOrderNamesOneToo() throws Exception {
        byte[] file = begin(true)
                .directory(2, NANOS, "IBM", 'N', 100)
                .add(3, NANOS, 1, 'B', 1, "BRK.A", 5)
                .bytes();
        ItchFile recording = new ItchFile(() -> new ByteArrayInputStream(file), "f", "R.", DAY);
        ZoneId zone = ZoneId.of("America/New_York");
        List<Listed> expected = List.of(
                new Listed(new Instrument(new Symbol("R.AAPL"), "", "USD", "NASDAQ", 4, 0, zone), "f", NONE, TS),
                new Listed(new Instrument(new Symbol("R.IBM"), "", "USD", "NYSE", 4, 0, zone), "f", NONE, TS),
                new Listed(new Instrument(new Symbol("R.BRK.A"), "", "USD", "", 4, 0, zone), "f", NONE, TS));
        assertEquals(expected, recording.instruments());
        Heard unscanned = new Heard();
        new ItchFile(() -> new ByteArrayInputStream(file), "f", "R.", DAY).play(unscanned);
        assertEquals(expected, unscanned.events(Listed.class));
    }

    @Test
    void garbageNeverThrows() throws Exception {
        byte[] good = begin(false)
                .add(1, NANOS, 10, 'B', 300, "AAPL", 100)
                .executed(1, NANOS, 10, 100, 1)
                .replaced(1, NANOS, 10, 11, 100, 5)
                .reduced(1, NANOS, 11, 1)
                .deleted(1, NANOS, 11)
                .cross(1, NANOS, 1, "AAPL", 1, 1)
                .bytes();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j <= random.nextInt(6); j++) {
                bad[14 + random.nextInt(bad.length - 14)] = (byte) random.nextInt(256);
            }
            play(bad);
        }
        byte[] noise = new byte[300_000];
        random.nextBytes(noise);
        play(noise);
    }

    /** Orders are kept in an ordinary map as well. */
    @Test
    void noOrderIsLostOrMixedUp() {
        Random random = new Random(11);
        Orders orders = new Orders();
        Map<Long, long[]> plain = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Numbers that are close together, far apart, and in steps that collide.
            long number = random.nextInt(4_000) * (random.nextBoolean() ? 1L : 1L << 20);
            int at = orders.find(number);
            assertEquals(plain.containsKey(number), at >= 0);
            if (at < 0) {
                Book.Side side = random.nextBoolean() ? Book.Side.BID : Book.Side.ASK;
                long[] values = {
                    random.nextInt(1 << 16), side == Book.Side.BID ? 0 : 1, 1 + random.nextInt(9), 1 + random.nextInt(5)
                };
                orders.add(number, (int) values[0], side, (int) values[2], (int) values[3]);
                plain.put(number, values);
            } else {
                long[] values = plain.get(number);
                assertEquals(values[0], orders.locate(at));
                assertEquals(values[1] == 0 ? Book.Side.BID : Book.Side.ASK, orders.side(at));
                assertEquals(values[2], orders.price(at));
                assertEquals(values[3], orders.size(at));
                if (random.nextBoolean() || values[3] == 1) {
                    orders.remove(at);
                    plain.remove(number);
                } else {
                    orders.reduce(at, 1);
                    values[3]--;
                }
            }
            assertEquals(plain.size(), orders.count());
        }
    }

    private static Itch begin(boolean lengths) {
        return new Itch(lengths).system(1, 'O').directory(1, NANOS, "AAPL", 'Q', 100);
    }

    private static Trade trade(long price, long size, Side side, String id, Set<Condition> conditions, long ts) {
        return new Trade(AAPL, price, size, side, id, "XNAS", conditions, ts);
    }

    private static Heard play(Itch file) throws IOException, InterruptedException {
        assertTrue(ItchFile.isItch(file.bytes()));
        return play(file.bytes());
    }

    /** Plays a file after its scan; what the scan listed is not listed again. */
    private static Heard play(byte[] file) throws IOException, InterruptedException {
        ItchFile recording = new ItchFile(() -> new ByteArrayInputStream(file), "f", "", DAY);
        recording.instruments();
        Heard heard = new Heard();
        recording.play(heard);
        assertEquals(List.of(), heard.events(Listed.class));
        return heard;
    }
}
