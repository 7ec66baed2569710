package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonRows;
import tickerplant.market.Events;
import tickerplant.market.Instrument;
import tickerplant.market.TradeUpdate;
import tickerplant.message.Row;

class JoinedRowsTest {
    private static final Instrument AAPL = Events.listed("AAPL", 100).instrument();

    @Test
    void itIsWhatOneListWouldBe() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<Row> plain = new ArrayList<>();
            JoinedRows joined = new JoinedRows();
            for (int lists = random.nextInt(20); lists > 0; lists--) {
                List<Row> list = new ArrayList<>();
                for (int rows = random.nextInt(random.nextBoolean() ? 5 : 200); rows > 0; rows--) {
                    long seq = (long) plain.size() + list.size();
                    list.add(new Row(new TradeUpdate(AAPL, seq, Events.trade("AAPL", 100, 100, seq)), new JsonRows()));
                }
                plain.addAll(list);
                joined.join(list);
            }
            assertEquals(plain, joined, "seed " + seed);
            assertEquals(plain.size(), joined.size());
            assertThrows(IndexOutOfBoundsException.class, () -> joined.get(plain.size()));
        }
    }
}
