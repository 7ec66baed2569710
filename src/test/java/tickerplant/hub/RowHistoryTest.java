package tickerplant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonRows;
import tickerplant.market.Events;
import tickerplant.market.Instrument;
import tickerplant.market.News;
import tickerplant.market.NewsUpdate;
import tickerplant.market.TradeUpdate;
import tickerplant.market.Update;
import tickerplant.message.Recovered;
import tickerplant.message.Row;
import tickerplant.message.RowEncoder;
import tickerplant.service.Settings;

class RowHistoryTest {
    private static final JsonRows ENCODER = new JsonRows();
    private static final Instrument AAPL = Events.listed("AAPL", 100).instrument();

    private static Row row(Update update) {
        return new Row(update, ENCODER);
    }

    private static Row trade(long seq) {
        return row(new TradeUpdate(AAPL, seq, Events.trade("AAPL", 100 + seq, 100, seq)));
    }

    private static List<Long> seqs(List<Row> rows) {
        return rows.stream().map(row -> row.update().seq()).toList();
    }

    private static List<Long> run(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void whateverWasAddedAndForgottenThePartsAreTheNewestRowsInOrder() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            RowLog log = new RowLog();
            long oldest = 1;
            long newest = 0;
            for (int i = 0; i < 1_000; i++) {
                if (log.size() > 0 && random.nextInt(100) < 45) {
                    assertEquals(oldest++, log.removeFirst().update().seq());
                } else {
                    log.add(trade(++newest));
                }
                int count = random.nextInt(log.size() + 2);
                long first = Math.max(oldest, newest - count + 1);
                assertEquals(run(first, newest), seqs(log.last(count)), "seed " + seed);
            }
        }
    }

    @Test
    void aPartStaysWhatItWas() {
        RowLog log = new RowLog();
        LongStream.rangeClosed(1, 200).forEach(seq -> log.add(trade(seq)));
        List<Row> part = log.last(150);
        LongStream.rangeClosed(201, 400).forEach(seq -> log.add(trade(seq)));
        for (int i = 0; i < 390; i++) {
            log.removeFirst();
        }
        assertEquals(run(51, 200), seqs(part));
        assertEquals(run(391, 400), seqs(log.last(1_000)));
    }

    @Test
    void theOldestOfAllSymbolsGiveWay() {
        RowHistory.Room room = new RowHistory.Room(10, Long.MAX_VALUE);
        RowHistory busy = new RowHistory(room);
        RowHistory quiet = new RowHistory(room);
        quiet.add(trade(1));
        LongStream.rangeClosed(1, 10).forEach(seq -> busy.add(trade(seq)));

        assertEquals(Recovered.SNAPSHOT, quiet.since(0, trade(1)).how());
        assertEquals(run(1, 10), seqs(busy.since(0, trade(10)).rows()));
        busy.add(trade(11));
        assertEquals(Recovered.PARTIAL, busy.since(0, trade(11)).how());
        assertEquals(new Recovery.Run(1, 1), busy.since(0, trade(11)).missing().orElseThrow());
        assertEquals(Recovered.REPLAYED, busy.since(1, trade(11)).how());
    }

    @Test
    void longTextsLeaveRoomForFewerRows() {
        RowHistory.Room room = new RowHistory.Room(1_000, 100_000);
        RowHistory history = new RowHistory(room);
        Row last = trade(0);
        for (long seq = 1; seq <= 1_000; seq++) {
            last = row(
                    new NewsUpdate(AAPL, seq, new News(AAPL.symbol(), "x".repeat(News.MAX_HEADLINE), "", "wire", seq)));
            history.add(last);
        }
        int weight = RowHistory.weight(last);
        assertTrue(weight > 3 * News.MAX_HEADLINE, "weight is " + weight);
        assertEquals(100_000 / weight, history.since(0, last).rows().size());
    }

    /** As many as a minute of 5,000 events a second can have, in the heap that the documents name. */
    @Test
    void byDefaultAMinuteOfTradesIsRemembered() {
        int missed = 60 * 5_000;
        long bytes = Math.min(Settings.defaults().historyBytes(), (256L << 20) / 5 * 2);
        RowHistory.Room room = new RowHistory.Room(Settings.defaults().historyRows(), bytes);
        List<RowHistory> histories =
                Stream.generate(() -> new RowHistory(room)).limit(20).toList();
        for (long i = 0; i < missed; i++) {
            histories.get((int) (i % 20)).add(trade(i / 20 + 1));
        }
        for (RowHistory history : histories) {
            Recovery recovery = history.since(0, trade(missed / 20));
            assertEquals(Recovered.REPLAYED, recovery.how());
            assertEquals(run(1, missed / 20), seqs(recovery.rows()));
        }
    }

    @Test
    void aThousandWhoComeBackShareOneTextOfEachRow() {
        AtomicInteger encoded = new AtomicInteger();
        RowEncoder counting = new RowEncoder() {
            @Override
            public byte[] update(Update update) {
                encoded.incrementAndGet();
                return ENCODER.update(update);
            }

            @Override
            public byte[] snapshot(Update update) {
                return ENCODER.snapshot(update);
            }

            @Override
            public int check(Update update) {
                return ENCODER.check(update);
            }
        };
        RowHistory history = new RowHistory(new RowHistory.Room(1_000, Long.MAX_VALUE));
        for (long seq = 1; seq <= 1_000; seq++) {
            history.add(new Row(trade(seq).update(), counting));
        }
        for (int client = 0; client < 1_000; client++) {
            history.since(client % 10, trade(1_000)).rows().forEach(Row::updateText);
        }
        assertEquals(1_000, encoded.get());
    }
}
