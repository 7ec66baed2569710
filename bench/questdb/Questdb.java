import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlExecutionContext;
import io.questdb.griffin.SqlExecutionContextImpl;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** The journal's load on QuestDB in this process: {@code FOLDER TRADES nosync|sync}. Its trades and bars are those of JournalLoad. */
public final class Questdb {
    private static final long DAY = 1_767_225_600_000_000L;
    private static final long MINUTE = 60_000_000L;
    private static final int SYMBOLS = 100;
    /** As many as the journal gathers in 25 ms at 200,000 a second. */
    private static final int COMMIT = 5_000;

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        int mode = arguments[2].equals("sync") ? CommitMode.SYNC : CommitMode.NOSYNC;
        DefaultCairoConfiguration configuration = new DefaultCairoConfiguration(arguments[0]) {
            @Override
            public int getCommitMode() {
                return mode;
            }
        };
        try (CairoEngine engine = new CairoEngine(configuration);
                SqlExecutionContextImpl context = new SqlExecutionContextImpl(engine, 1)) {
            context.with(AllowAllSecurityContext.INSTANCE, null);
            engine.execute(
                    "CREATE TABLE trades (ts TIMESTAMP, sym SYMBOL INDEX, epoch INT, seq LONG, ticker_seq LONG, price LONG,"
                            + " size LONG, side BYTE, id VARCHAR, venue SYMBOL) TIMESTAMP(ts) PARTITION BY DAY WAL"
                            + " DEDUP UPSERT KEYS(ts, sym, epoch, seq)",
                    context);
            engine.execute(
                    "CREATE TABLE bars (ts TIMESTAMP, sym SYMBOL INDEX, open LONG, high LONG, low LONG, close LONG, volume LONG,"
                            + " turnover LONG, trades LONG, final BYTE, epoch INT, seq LONG) TIMESTAMP(ts) PARTITION BY DAY WAL"
                            + " DEDUP UPSERT KEYS(ts, sym)",
                    context);
            ingest(engine, count, arguments[2]);
            for (int round = 0; round < 2; round++) {
                read(engine, context, count);
            }
        }
    }

    private static void ingest(CairoEngine engine, int count, String mode) throws Exception {
        boolean[] ended = {false};
        Thread applying = new Thread(() -> {
            try (ApplyWal2TableJob job = new ApplyWal2TableJob(engine, 0)) {
                boolean more = true;
                while (more || !ended[0]) {
                    more = job.run(0);
                    if (!more) {
                        Thread.sleep(1);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        applying.start();
        long begun = System.nanoTime();
        long committed;
        try (WalWriter trades = engine.getWalWriter(engine.verifyTableName("trades"));
                WalWriter bars = engine.getWalWriter(engine.verifyTableName("bars"))) {
            long minute = 0;
            for (int i = 0; i < count; i++) {
                long now = (long) i * 390 / count;
                if (now != minute) {
                    bars(bars, minute, count);
                    minute = now;
                }
                TableWriter.Row row = trades.newRow(DAY + now * MINUTE + (long) i % (count / 390 + 1) * 1_000_000 / (count / 390 + 1));
                row.putSym(1, "S" + i % SYMBOLS);
                row.putInt(2, 1);
                row.putLong(3, 1 + i / SYMBOLS);
                row.putLong(4, 1 + i / SYMBOLS);
                row.putLong(5, 10_000 + i % 977);
                row.putLong(6, 1 + i % 300);
                row.putByte(7, (byte) (i % 2));
                row.putVarchar(8, new io.questdb.std.str.Utf8String("t" + i));
                row.putSym(9, "TEST");
                row.append();
                if (i % COMMIT == COMMIT - 1) {
                    trades.commit();
                }
            }
            trades.commit();
            bars(bars, minute, count);
            committed = System.nanoTime();
        }
        ended[0] = true;
        applying.join();
        double all = (System.nanoTime() - begun) / 1e9;
        say(
                "questdb, %s: %,d trades committed in %.2f s (%,.0f/s), in their places after %.2f s (%,.0f/s)",
                mode, count, (committed - begun) / 1e9, count * 1e9 / (committed - begun), all, count / all);
    }

    private static void bars(WalWriter bars, long minute, int count) {
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            TableWriter.Row row = bars.newRow(DAY + minute * MINUTE);
            row.putSym(1, "S" + symbol);
            for (int field = 2; field < 9; field++) {
                row.putLong(field, 10_000 + minute);
            }
            row.putByte(9, (byte) 1);
            row.putInt(10, 1);
            row.putLong(11, minute + 1);
            row.append();
        }
        bars.commit();
    }

    private static void read(CairoEngine engine, SqlExecutionContext context, int count) throws Exception {
        Random random = new Random(1);
        long[] bars = new long[2_000];
        long[] trades = new long[2_000];
        long[] seqs = new long[200];
        long rows = 0;
        for (int i = 0; i < bars.length; i++) {
            String symbol = "S" + random.nextInt(SYMBOLS);
            long begun = System.nanoTime();
            rows += rows(engine, context, "bars WHERE sym = '" + symbol + "' AND ts IN '2026-01-01'", 12);
            long between = System.nanoTime();
            rows += rows(engine, context, "trades WHERE sym = '" + symbol + "' LIMIT -500", 10);
            trades[i] = System.nanoTime() - between;
            bars[i] = between - begun;
        }
        for (int i = 0; i < seqs.length; i++) {
            String symbol = "S" + random.nextInt(SYMBOLS);
            long after = random.nextInt(count / SYMBOLS - 500);
            long begun = System.nanoTime();
            rows += rows(
                    engine,
                    context,
                    "trades WHERE sym = '" + symbol + "' AND epoch = 1 AND seq > " + after + " AND seq <= " + (after + 500),
                    10);
            seqs[i] = System.nanoTime() - begun;
        }
        say(
                "questdb, read: a day of minute bars %s; last 500 trades %s; 500 trades by seq %s; %,d rows",
                times(bars), times(trades), times(seqs), rows);
    }

    private static long rows(CairoEngine engine, SqlExecutionContext context, String sql, int columns) throws Exception {
        long count = 0;
        long sum = 0;
        try (RecordCursorFactory factory = engine.select(sql, context);
                RecordCursor cursor = factory.getCursor(context)) {
            Record record = cursor.getRecord();
            while (cursor.hasNext()) {
                for (int column = 3; column < Math.min(columns, 7); column++) {
                    sum += record.getLong(column);
                }
                count++;
            }
        }
        return sum == 0 ? 0 : count;
    }

    private static String times(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void say(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
