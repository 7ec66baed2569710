package tickerplant.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.feed.Feed;
import tickerplant.feed.FeedSpec;
import tickerplant.feed.iex.Heard;
import tickerplant.market.Decimal;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Side;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class SampleFeedTest {
    private static final Symbol BTC = new Symbol("BTC-USD");

    @Test
    void aWeekOfTradesIsPlayedInItsOrder() throws Exception {
        Feed feed = SampleFeed.of(FeedSpec.parse("sample?speed=max&loop=false"), new PacedClock());
        Heard heard = new Heard();

        List<Listed> listed = feed.instruments();
        feed.run(heard);

        assertEquals("sample", feed.name());
        Instrument instrument = new Instrument(BTC, "Bitcoin / US dollar", "USD", "Bitstamp", 2, 8, ZoneOffset.UTC);
        assertEquals(List.of(new Listed(instrument, "sample", Decimal.ABSENT, 1_385_337_600_000_000L)), listed);
        // Of its 100,000 lines, 18 have the amount 0: dust that is no trade.
        assertEquals(100_000 - 18, heard.events().size());
        assertEquals(18, heard.damage().size());
        heard.damage().forEach(damage -> assertTrue(damage.contains("size '0', expected a positive"), damage));
        assertEquals(trade(1_385_337_600, 80_001, 10_000_000), heard.events().get(0));
        assertEquals(trade(1_385_337_613, 80_005, 27_838_049), heard.events().get(1));
        long last = 0;
        for (Trade trade : heard.events(Trade.class)) {
            assertEquals(Math.max(last, trade.ts()), trade.ts());
            last = trade.ts();
        }
    }

    @Test
    void byDefaultAMinutePassesInASecond() throws Exception {
        PacedClock clock = new PacedClock();
        Feed feed = SampleFeed.of(FeedSpec.parse("sample?loop=false"), clock);
        feed.run(new Heard());
        assertEquals(13_000_000 / 60, clock.sleepsInMicros().get(0));
    }

    @Test
    void aTargetIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SampleFeed.of(FeedSpec.parse("sample:x"), new PacedClock()));
    }

    private static Trade trade(long seconds, long price, long size) {
        return new Trade(BTC, price, size, Side.UNKNOWN, "", "bitstamp", Set.of(), seconds * 1_000_000);
    }
}
