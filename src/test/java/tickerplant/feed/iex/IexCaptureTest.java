package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tickerplant.market.Cancel;
import tickerplant.market.Condition;
import tickerplant.market.Decimal;
import tickerplant.market.Event;
import tickerplant.market.Instrument;
import tickerplant.market.Listed;
import tickerplant.market.Phase;
import tickerplant.market.Quote;
import tickerplant.market.Side;
import tickerplant.market.Status;
import tickerplant.market.Symbol;
import tickerplant.market.Trade;

class IexCaptureTest extends PlayedCapture {
    @Test
    void everyMessageBecomesItsEvent() throws Exception {
        byte[] capture = CaptureBytes.pcap()
                .packet(Tops.from(1)
                        .systemEvent('O', NANOS)
                        .directory(NANOS, "ZIEXT", 100, 252_500)
                        .tradingStatus('H', NANOS, "ZIEXT", "T1")
                        .tradingStatus('O', NANOS, "ZIEXT", "")
                        .tradingStatus('P', NANOS, "ZIEXT", "IPO1")
                        .tradingStatus('T', NANOS, "ZIEXT", "NA")
                        .other('O', 'N', NANOS, "ZIEXT", 18)
                        .other('P', 1, NANOS, "ZIEXT", 19)
                        .quote(NANOS, "AAPL", 100, 1_489_000, 1_490_000, 0xFFFFFFFF)
                        .trade(0xC0, NANOS + 999, "AAPL", 283, 1_489_100, 128_140)
                        .tradeBreak(NANOS + 2_000, "AAPL", 283, 1_489_100, 128_140)
                        .officialPrice(NANOS, "AAPL", 1)
                        .other('A', 'C', NANOS, "AAPL", 80))
                .packet(Tops.from(14).quote(NANOS, "AAPL", 0, 0, 0, 0).quote(NANOS, "AAPL", 5, 1, 0, 0))
                .bytes();

        Heard heard = play(capture);

        assertEquals(
                List.of(
                        new Status(ZIEXT, Phase.HALTED, "T1", MICROS),
                        new Status(ZIEXT, Phase.AUCTION, "", MICROS),
                        new Status(ZIEXT, Phase.HALTED, "IPO1", MICROS),
                        new Status(ZIEXT, Phase.OPEN, "NA", MICROS),
                        new Quote(AAPL, 1_489_000, 100, 1_490_000, 0xFFFFFFFFL, MICROS),
                        new Trade(
                                AAPL,
                                1_489_100,
                                283,
                                Side.UNKNOWN,
                                "128140",
                                "IEX",
                                Set.of(Condition.INTERMARKET_SWEEP, Condition.EXTENDED),
                                MICROS + 1),
                        new Cancel(AAPL, "128140", MICROS + 2),
                        new Quote(AAPL, Decimal.ABSENT, Decimal.ABSENT, Decimal.ABSENT, Decimal.ABSENT, MICROS),
                        new Quote(AAPL, 1, 5, Decimal.ABSENT, Decimal.ABSENT, MICROS)),
                heard.events());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void theUniverseIsKnownBeforehandWithItsLastCloses() throws Exception {
        byte[] capture = CaptureBytes.pcap()
                .packet(Tops.from(1)
                        .quote(NANOS, "AAPL", 100, 1, 2, 100)
                        .directory(NANOS + 5_000, "ZIEXT", 100, 252_500)
                        .directory(NANOS, "AAPL", 100, 0))
                .bytes();

        List<Listed> listed = new IexCapture(source(capture), "f", "R.").instruments();

        ZoneId zone = ZoneId.of("America/New_York");
        assertEquals(
                List.of(
                        new Listed(
                                new Instrument(new Symbol("R.AAPL"), "", "USD", "IEX", 4, 0, zone),
                                "f",
                                Decimal.ABSENT,
                                MICROS),
                        new Listed(
                                new Instrument(new Symbol("R.ZIEXT"), "", "USD", "IEX", 4, 0, zone),
                                "f",
                                252_500,
                                MICROS + 5)),
                listed);
    }

    @Test
    void everyFormOfCaptureGivesTheSameEvents() throws Exception {
        byte[] first = Tops.from(1).trade(0, NANOS, "AAPL", 1, 1_000, 1).bytes();
        byte[] second = Tops.from(2).trade(0, NANOS, "AAPL", 2, 1_001, 2).bytes();
        List<byte[]> captures = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int magic : new int[] {0xA1B2C3D4, 0xA1B23C4D}) {
                captures.add(CaptureBytes.pcap(order, magic, CaptureBytes.ETHERNET)
                        .frame(CaptureBytes.ethernet(first))
                        .frame(CaptureBytes.ethernet(second, 5, 6))
                        .bytes());
                captures.add(CaptureBytes.pcap(order, magic, CaptureBytes.RAW_IP)
                        .frame(CaptureBytes.ip(first))
                        .frame(CaptureBytes.ip(second))
                        .bytes());
            }
            captures.add(CaptureBytes.pcapNg(order)
                    .linkType(CaptureBytes.ETHERNET)
                    .frame(CaptureBytes.ethernet(first))
                    .block(5, ByteBuffer.allocate(12))
                    .section()
                    .linkType(CaptureBytes.RAW_IP)
                    .simple(CaptureBytes.ip(second))
                    .bytes());
        }
        List<Event> expected = List.of(
                new Trade(AAPL, 1_000, 1, Side.UNKNOWN, "1", "IEX", Set.of(), MICROS),
                new Trade(AAPL, 1_001, 2, Side.UNKNOWN, "2", "IEX", Set.of(), MICROS));
        for (byte[] capture : captures) {
            Heard heard = play(capture);
            assertEquals(expected, heard.events());
            assertEquals(List.of(), heard.damage());
        }
        assertEquals(10, captures.size());
    }

    @Test
    void otherTrafficIsPassedOverAndFramesMayBePadded() throws Exception {
        byte[] arp = new byte[60];
        arp[12] = 8;
        arp[13] = 6;
        byte[] tcp = CaptureBytes.ethernet(new byte[20]);
        tcp[14 + 9] = 6;
        byte[] trade = CaptureBytes.ethernet(
                Tops.from(1).trade(0, NANOS, "AAPL", 1, 1_000, 1).bytes());
        byte[] capture = CaptureBytes.pcap()
                .frame(arp)
                .frame(tcp)
                .frame(Arrays.copyOf(trade, trade.length + 4))
                .bytes();

        Heard heard = play(capture);

        assertEquals(1, heard.events().size());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void theTopOfTheBookIsMadeOfPriceLevels() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(deep(1).level('8', true, NANOS, "AAPL", 100, 1_000)
                        .level('8', true, NANOS, "AAPL", 300, 900) // behind the best: nothing to tell
                        .level('5', true, NANOS, "AAPL", 50, 1_100)
                        .level('8', false, NANOS, "AAPL", 0, 1_000) // a trade takes the best, which ends with the next
                        .level('8', true, NANOS, "AAPL", 200, 900)
                        .level('5', true, NANOS, "AAPL", 0, 1_100)
                        .level('5', true, NANOS, "AAPL", 0, 1_100)) // was not there any more
                .bytes());

        assertEquals(
                List.of(
                        new Quote(AAPL, 1_000, 100, Decimal.ABSENT, Decimal.ABSENT, MICROS),
                        new Quote(AAPL, 1_000, 100, 1_100, 50, MICROS),
                        new Quote(AAPL, 900, 200, 1_100, 50, MICROS),
                        new Quote(AAPL, 900, 200, Decimal.ABSENT, Decimal.ABSENT, MICROS)),
                heard.events());
        assertEquals(List.of(), heard.damage());
    }

    @Test
    void whenTheExchangeBeginsAnewItsBooksAreEmpty() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(deep(1).sent(NANOS).level('8', true, NANOS, "AAPL", 100, 1_000))
                .packet(deep(2).sent(NANOS + 1).trade(0, NANOS, "AAPL", 1, 1_000, 7))
                .packet(deep(1).sent(NANOS + 1_000).trade(0, NANOS, "AAPL", 1, 1_000, 8))
                .packet(deep(2).sent(NANOS + 2_000).trade(0, NANOS, "AAPL", 1, 1_000, 9))
                .packet(deep(1).sent(NANOS).level('8', true, NANOS, "AAPL", 100, 1_000)) // a late copy
                .bytes());

        assertEquals(List.of("7", "8", "9"), ids(heard));
        assertEquals(
                List.of(
                        new Quote(AAPL, 1_000, 100, Decimal.ABSENT, Decimal.ABSENT, MICROS),
                        new Quote(AAPL, Decimal.ABSENT, Decimal.ABSENT, Decimal.ABSENT, Decimal.ABSENT, MICROS + 1)),
                heard.events(Quote.class));
        assertEquals(2, heard.damage().size(), heard.damage().toString());
        assertTrue(heard.damage().get(0).endsWith("session 7 channel 1 begins anew after message 2"));
        assertTrue(heard.damage().get(1).contains("come again"));
    }

    @Test
    void aCaptureOfSomethingElseIsRefusedWithTheReason() {
        byte[] capture = CaptureBytes.pcap().packet(trade(1).protocol(0x8005)).bytes();
        IOException refused =
                assertThrows(IOException.class, () -> new IexCapture(source(capture), "f", "").instruments());
        assertEquals(
                "no packet of IEX TOPS 1.6 or DEEP 1.0 among 1; packet 1 at byte 24: message protocol 0x8005, expected 0x8003"
                        + " (TOPS 1.6) or 0x8004 (DEEP 1.0)",
                refused.getMessage());
    }
}
