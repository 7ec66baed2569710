package tickerplant.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tickerplant.codec.JsonRows;
import tickerplant.market.Channel;
import tickerplant.market.Events;
import tickerplant.market.Listing;
import tickerplant.market.Market;
import tickerplant.market.News;
import tickerplant.market.Symbol;
import tickerplant.message.Row;

class DemandTest {
    private final List<String> heard = new ArrayList<>();
    private final Hub hub = new Hub(new JsonRows(), (event, reason) -> {}, 1_000);
    private final Market market = new Market(hub, 1_000);

    DemandTest() {
        hub.demand(new Hub.Demand() {
            @Override
            public void wanted(Listing listing) {
                heard.add("wanted " + listing.instrument().symbol());
            }

            @Override
            public void released(Listing listing) {
                heard.add("released " + listing.instrument().symbol());
            }
        });
        for (int i = 0; i < 100; i++) {
            market.apply(Events.listed("S" + i, 100));
        }
    }

    private Follower follow(Channel channel, String symbol) {
        Follower follower = new Follower(hub.topic(channel, new Symbol(symbol)).orElseThrow()) {
            @Override
            protected void offer(Row row) {
                // nothing is played
            }
        };
        follower.topic().follow(follower);
        return follower;
    }

    private static void leave(Follower follower) {
        follower.topic().leave(follower);
    }

    @Test
    void theFirstFollowerOfAnyChannelWantsASymbolAndTheLastReleasesIt() {
        Follower ticker = follow(Channel.TICKER, "S99");
        Follower bars = follow(Channel.BARS_1M, "S99");
        Follower again = follow(Channel.TICKER, "S99");
        Follower other = follow(Channel.NEWS, "S1");
        leave(ticker);
        leave(again);
        assertEquals(List.of("wanted S99", "wanted S1"), heard);

        leave(bars);
        leave(bars);
        leave(other);
        assertEquals(List.of("wanted S99", "wanted S1", "released S99", "released S1"), heard);

        follow(Channel.TRADES, "S99");
        assertEquals("wanted S99", heard.get(4));
    }

    @Test
    void theWholeMarketIsNobodysSymbol() {
        market.apply(new News(Symbol.WHOLE_MARKET, "rates", "", "", 2));
        Follower follower = new Follower(hub.marketWide(Channel.NEWS).orElseThrow()) {
            @Override
            protected void offer(Row row) {
                // nothing is played
            }
        };
        follower.topic().follow(follower);
        leave(follower);
        assertTrue(heard.isEmpty(), heard.toString());
    }
}
