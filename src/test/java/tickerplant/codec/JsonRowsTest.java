package tickerplant.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tickerplant.market.Decimal.ABSENT;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tickerplant.market.CancelUpdate;
import tickerplant.market.Channel;
import tickerplant.market.Condition;
import tickerplant.market.Day;
import tickerplant.market.Events;
import tickerplant.market.Instrument;
import tickerplant.market.Market;
import tickerplant.market.NothingYet;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.RecordingListener;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.StatusUpdate;
import tickerplant.market.Symbol;
import tickerplant.market.Ticker;
import tickerplant.market.TickerField;
import tickerplant.market.TickerUpdate;
import tickerplant.market.Trade;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;

class JsonRowsTest {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final long SEED = 20_260_101;
    private static final JsonRows ROWS = new JsonRows();
    private static final Symbol BTC = new Symbol("BTC-USD");
    private static final Instrument COIN = new Instrument(BTC, "", "", "", 2, 8, ZoneOffset.UTC);
    private static final Quote QUOTE = new Quote(Events.ACME, 18_931, 300, 18_933, 200, 5);
    private static final Day DAY = new Day(18_932, 100, 18_810, 19_002, 18_790, 18_800, 1_203_400, 9_120);

    private static String update(Update update) {
        return new String(ROWS.update(update), StandardCharsets.UTF_8);
    }

    private static String snapshot(Update update) {
        return new String(ROWS.snapshot(update), StandardCharsets.UTF_8);
    }

    private static JsonObject parsed(byte[] row) {
        try (JsonReader reader = PROVIDER.createReader(new ByteArrayInputStream(row))) {
            return reader.readObject();
        }
    }

    private static int bits(TickerField... fields) {
        int bits = 0;
        for (TickerField field : fields) {
            bits |= field.bit();
        }
        return bits;
    }

    private static TickerUpdate ticker(long n, long hi, long lo, int changed, Quote quote, Day day) {
        return new TickerUpdate(
                Events.ACME_INC, 1_042, n, hi, lo, changed, new Ticker(quote, day, 1_767_225_600_120_482L));
    }

    @Test
    void aSnapshotOfTheTickerShowsAllThereIs() {
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"name\":\"Acme Inc.\",\"currency\":\"USD\",\"last\":189.32,"
                        + "\"last_size\":100,\"bid\":189.31,\"bid_size\":300,\"ask\":189.33,\"ask_size\":200,"
                        + "\"open\":188.1,\"high\":190.02,\"low\":187.9,\"prev_close\":188,\"change\":1.32,"
                        + "\"change_pct\":0.7,\"volume\":1203400,\"trades\":9120,\"ts\":1767225600120.482}",
                snapshot(ticker(7, 19_000, 18_000, 0, QUOTE, DAY)));
    }

    @Test
    void aSnapshotLeavesOutWhatHasNoValue() {
        assertEquals(
                "{\"symbol\":\"BTC-USD\",\"seq\":0,\"volume\":0,\"trades\":0}",
                snapshot(new TickerUpdate(COIN, 0, 1, ABSENT, ABSENT, 0, Ticker.starting(BTC, ABSENT))));
    }

    @Test
    void anUpdateOfTheTickerShowsWhatChanged() {
        int changed = bits(TickerField.LAST, TickerField.LAST_SIZE, TickerField.CHANGE, TickerField.VOLUME);
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"last\":189.32,\"last_size\":100,\"change\":1.32,\"change_pct\":0.7,"
                        + "\"volume\":1203400,\"ts\":1767225600120.482}",
                update(ticker(1, 18_932, 18_932, changed, QUOTE, DAY)));
    }

    @Test
    void whatLosesItsValueIsNull() {
        Quote oneSided = new Quote(Events.ACME, ABSENT, ABSENT, 18_933, 200, 5);
        Day rolled = new Day(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, 18_800, 0, 0);
        int changed = bits(TickerField.BID, TickerField.BID_SIZE, TickerField.HIGH, TickerField.CHANGE);
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"bid\":null,\"bid_size\":null,\"high\":null,\"change\":null,"
                        + "\"change_pct\":null,\"ts\":1767225600120.482}",
                update(ticker(1, ABSENT, ABSENT, changed, oneSided, rolled)));
    }

    @Test
    void aMergedRowTellsHowManyEventsItStandsForAndTheirExtremes() {
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"n\":7,\"hi\":189.55,\"lo\":189.3,\"trades\":9120,"
                        + "\"ts\":1767225600120.482}",
                update(ticker(7, 18_955, 18_930, bits(TickerField.TRADES), QUOTE, DAY)));
    }

    @Test
    void aMergedRowWithoutATradeHasNoExtremes() {
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"n\":2,\"bid\":189.31,\"ts\":1767225600120.482}",
                update(ticker(2, ABSENT, ABSENT, bits(TickerField.BID), QUOTE, DAY)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 20000, 0.01", // 0.005 is a tie
        "-1, 20000, -0.01",
        "1, 20001, 0",
        "-1, 20001, 0",
        "3, 20000, 0.02",
        "-3, 20000, -0.02",
        "-1, 30000, 0",
        "2, 30000, 0.01",
        "132, 18800, 0.7",
        "-18800, 18800, -100",
        "999999999999999998, 1, 99999999999999999800",
        "-999999999999999999, 3, -33333333333333333300",
        "922337203685477, 7, 13176245766935385.71",
        "922337203685478, 7, 13176245766935400"
    })
    void changeInPercentIsRoundedHalfUp(long change, long prevClose, BigDecimal expected) {
        BigDecimal percent = percent(change, prevClose);
        assertEquals(0, expected.compareTo(percent), percent.toPlainString());
    }

    @Test
    void generatedChangesInPercentAreThoseOfBigDecimal() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            long prevClose = 1 + (random.nextLong(999_999_999_999_999_998L) >> random.nextInt(59));
            long last = random.nextLong(999_999_999_999_999_999L) >> random.nextInt(59);
            long change = last - prevClose;
            BigDecimal expected = BigDecimal.valueOf(change)
                    .scaleByPowerOfTen(2)
                    .divide(BigDecimal.valueOf(prevClose), 2, RoundingMode.HALF_UP);
            BigDecimal percent = percent(change, prevClose);
            assertEquals(0, expected.compareTo(percent), change + " of " + prevClose + ": " + percent);
        }
    }

    private static BigDecimal percent(long change, long prevClose) {
        long last = prevClose + change;
        Day day = new Day(last, 1, last, last, last, prevClose, 1, 1);
        String row = update(ticker(1, last, last, bits(TickerField.CHANGE), QUOTE, day));
        String digits = row.replaceAll(".*\"change_pct\":([^,]*),.*", "$1");
        assertEquals(canonical(new BigDecimal(digits)), digits);
        return new BigDecimal(digits);
    }

    private static String canonical(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Test
    void withoutAPreviousCloseThereIsNoChangeInPercent() {
        Day day = new Day(5, 1, 5, 5, 5, 0, 1, 1);
        assertEquals(
                "{\"symbol\":\"ACME\",\"seq\":1042,\"change\":0.05,\"change_pct\":null,\"ts\":1767225600120.482}",
                update(ticker(1, 5, 5, bits(TickerField.CHANGE), QUOTE, day)));
        assertEquals(
                false, parsed(ROWS.snapshot(ticker(1, 5, 5, 0, QUOTE, day))).containsKey("change_pct"));
    }

    @Test
    void aTradeTellsOnlyWhatIsKnownOfIt() {
        Trade bare = new Trade(BTC, 4_500_012, 12_345_678, Side.UNKNOWN, "", "", Set.of(), 1_500);
        assertEquals(
                "{\"symbol\":\"BTC-USD\",\"seq\":3,\"price\":45000.12,\"size\":0.12345678,\"ts\":1.5}",
                update(new TradeUpdate(COIN, 3, bare)));
        Trade full = new Trade(
                Events.ACME,
                18_900,
                50,
                Side.SELL,
                "a\"1",
                "IEX",
                EnumSet.of(Condition.ODD_LOT, Condition.INTERMARKET_SWEEP),
                2_000);
        String row = "{\"symbol\":\"ACME\",\"seq\":4,\"price\":189,\"size\":50,\"side\":\"sell\",\"id\":\"a\\\"1\","
                + "\"venue\":\"IEX\",\"cond\":[\"odd_lot\",\"intermarket_sweep\"],\"ts\":2}";
        assertEquals(row, update(new TradeUpdate(Events.ACME_INC, 4, full)));
        assertEquals(row, snapshot(new TradeUpdate(Events.ACME_INC, 4, full)));
    }

    @Test
    void everyConditionAndSideHasItsWord() {
        for (Side side : Side.values()) {
            for (Condition condition : Condition.values()) {
                Trade trade = new Trade(Events.ACME, 1, 1, side, "", "", Set.of(condition), 1);
                JsonObject row = parsed(ROWS.update(new TradeUpdate(Events.ACME_INC, 1, trade)));
                assertEquals(
                        condition.name().toLowerCase(Locale.ROOT),
                        row.getJsonArray("cond").getString(0));
                assertEquals(
                        side == Side.UNKNOWN ? "absent" : side.name().toLowerCase(Locale.ROOT),
                        row.getString("side", "absent"));
            }
        }
    }

    @Test
    void aTradeTakenBackNamesTheSequenceThatItHad() {
        String row = "{\"symbol\":\"ACME\",\"seq\":9,\"cancels\":7,\"ts\":3}";
        assertEquals(row, update(new CancelUpdate(Events.ACME_INC, 9, 7, 3_000)));
    }

    @Test
    void aStatusTellsThePhaseAndWhyAndHowManyChangesItStandsFor() {
        StatusUpdate halted =
                new StatusUpdate(Events.ACME_INC, 2, 2, new Status(Events.ACME, Phase.HALTED, "news\npending", 4_000));
        String tail = "\"phase\":\"halted\",\"reason\":\"news\\u000apending\",\"ts\":4}";
        assertEquals("{\"symbol\":\"ACME\",\"seq\":2,\"n\":2," + tail, update(halted));
        assertEquals("{\"symbol\":\"ACME\",\"seq\":2," + tail, snapshot(halted));
        StatusUpdate open = new StatusUpdate(Events.ACME_INC, 3, 1, new Status(Events.ACME, Phase.OPEN, "", 5_000));
        assertEquals("{\"symbol\":\"ACME\",\"seq\":3,\"phase\":\"open\",\"ts\":5}", update(open));
    }

    @Test
    void whereNothingHasHappenedTheRowSaysNoMore() {
        assertEquals("{\"symbol\":\"ACME\",\"seq\":0}", snapshot(new NothingYet(Events.ACME_INC, Channel.TRADES, 0)));
    }

    /** Every number of generated rows, against the value that the market holds. */
    @Test
    void generatedRowsReadByAnotherParserShowWhatTheMarketHolds() {
        RecordingListener heard = new RecordingListener();
        Market market = new Market(heard, 1_000);
        market.apply(Events.listed("ACME", 10_250));
        Events.generated("ACME", SEED, 3_000).forEach(market::apply);
        List<TickerUpdate> updates = heard.tickers();
        for (int i = 0; i + 1 < updates.size(); i++) {
            compare(updates.get(i));
            compare(updates.get(i).merge(updates.get(i + 1)));
        }
    }

    private static void compare(TickerUpdate update) {
        JsonObject changes = parsed(ROWS.update(update));
        JsonObject whole = parsed(ROWS.snapshot(update));
        assertEquals(update.seq(), changes.getJsonNumber("seq").longValueExact());
        assertEquals(update.n(), changes.containsKey("n") ? changes.getInt("n") : 1);
        assertEquals(false, whole.containsKey("n"));
        assertEquals(update.n() > 1 && update.hi() != ABSENT, changes.containsKey("hi"));
        if (changes.containsKey("hi")) {
            assertEquals(
                    0, changes.getJsonNumber("hi").bigDecimalValue().compareTo(BigDecimal.valueOf(update.hi(), 2)));
            assertEquals(
                    0, changes.getJsonNumber("lo").bigDecimalValue().compareTo(BigDecimal.valueOf(update.lo(), 2)));
        }
        for (TickerField field : TickerField.values()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            long value = update.ticker().value(field);
            assertEquals((update.changed() & field.bit()) != 0, changes.containsKey(name), name);
            assertEquals(value != ABSENT, whole.containsKey(name), name);
            int decimals = field.kind() == TickerField.Kind.PRICE ? 2 : 0;
            for (JsonObject row : List.of(changes, whole)) {
                if (row.containsKey(name) && value == ABSENT) {
                    assertEquals(JsonValue.NULL, row.get(name), name);
                } else if (row.containsKey(name)) {
                    BigDecimal number = row.getJsonNumber(name).bigDecimalValue();
                    assertEquals(0, number.compareTo(BigDecimal.valueOf(value, decimals)), name);
                }
            }
        }
    }
}
