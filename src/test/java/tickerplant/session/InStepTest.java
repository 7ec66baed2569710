package tickerplant.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonFrames;
import tickerplant.codec.JsonRows;
import tickerplant.hub.Hub;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Market;
import tickerplant.market.Symbol;
import tickerplant.message.Frame;
import tickerplant.message.Frames;
import tickerplant.message.Row;
import tickerplant.message.UpdateMessage;

class InStepTest {
    private static final int ROOMY = 65_536;

    private final InStep inStep = new InStep();
    private final List<Row> rows = new ArrayList<>();

    InStepTest() {
        Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
        Market market = new Market(hub, 1_000);
        market.apply(Events.listed("ACME", 9_900));
        for (int i = 0; i < 20; i++) {
            market.apply(Events.trade("ACME", 10_000 + i, 100, i + 1));
            rows.add(hub.topic(Channel.TICKER, new Symbol("ACME")).orElseThrow().standing());
        }
    }

    private Frames frames(long ts, List<Row> ofThese) {
        return inStep.frames(new UpdateMessage(Channel.TICKER, ts, List.copyOf(ofThese)), new JsonFrames());
    }

    private Frame only(Frames frames, int maxBytes) {
        Frame frame = frames.next(maxBytes);
        assertFalse(frames.hasNext());
        return frame;
    }

    private static String text(Frame frame) {
        return frame.text();
    }

    @Test
    void whoIsDueTheSameRowsGetsTheSameFrame() {
        Frame first = only(frames(1, rows.subList(0, 5)), ROOMY);
        assertSame(first, only(frames(2, rows.subList(0, 5)), ROOMY));
    }

    @Test
    void aFewGroupsEachALittleFurtherAreRemembered() {
        List<Frame> sent = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sent.add(only(frames(i, rows.subList(i, i + 3)), ROOMY));
        }
        for (int i = 0; i < 8; i++) {
            assertSame(sent.get(i), only(frames(9, rows.subList(i, i + 3)), ROOMY));
        }
    }

    @Test
    void oneRowLessOrAnotherInTheMiddleIsAnotherFrame() {
        Frame first = only(frames(1, List.of(rows.get(0), rows.get(1), rows.get(2))), ROOMY);
        Frame shorter = only(frames(1, List.of(rows.get(0), rows.get(1))), ROOMY);
        Frame other = only(frames(1, List.of(rows.get(0), rows.get(3), rows.get(2))), ROOMY);
        assertNotSame(first, shorter);
        assertTrue(text(other).contains("100.03"), text(other));
        assertFalse(text(shorter).contains("100.02"), text(shorter));
    }

    @Test
    void whoHasLessRoomGetsShorterOnesOfTheirOwn() {
        Frame whole = only(frames(1, rows), ROOMY);
        Frames own = frames(2, rows);
        StringBuilder seen = new StringBuilder();
        int count = 0;
        while (own.hasNext()) {
            Frame frame = own.next(whole.length() - 1);
            assertTrue(frame.length() < whole.length());
            seen.append(text(frame));
            count++;
        }
        assertEquals(2, count);
        assertEquals(rows.size(), seen.toString().split("\"symbol\"", -1).length - 1);
        assertSame(whole, only(frames(3, rows), ROOMY), "what was sent in parts is not what others get");
    }

    @Test
    void anotherChannelIsAnotherFrame() {
        Frame ticker = only(frames(1, rows), ROOMY);
        UpdateMessage trades = new UpdateMessage(Channel.TRADES, 1, List.copyOf(rows));
        assertNotSame(ticker, only(inStep.frames(trades, new JsonFrames()), ROOMY));
    }
}
