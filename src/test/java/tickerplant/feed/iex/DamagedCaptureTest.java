package tickerplant.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tickerplant.market.Symbol;

/** What is wrong with a capture is reported with its place, and the rest of it is played. */
class DamagedCaptureTest extends PlayedCapture {
    @Test
    void aDamagedPacketIsReportedWithItsPlaceAndTheRestIsPlayed() throws Exception {
        byte[] whole = CaptureBytes.ethernet(trade(2).bytes());
        CaptureBytes capture = CaptureBytes.pcap()
                .packet(trade(1))
                .frame(Arrays.copyOf(whole, whole.length - 5), whole.length)
                .packet(trade(3).version(2))
                .packet(trade(3).protocol(0x8005))
                .packet(Tops.from(3).raw(new byte[] {'T', 0, 1}))
                .packet(Tops.from(4).quote(NANOS, "AAPL", 1, 0, 0, 0))
                .packet(Tops.from(5).trade(0, NANOS, "A APL", 1, 5, 5))
                .packet(Tops.from(6).trade(0, NANOS, "AAPL", 0, 5, 5))
                .packet(Tops.from(7).trade(0, -1, "AAPL", 1, 5, 5))
                .packet(Tops.from(8).tradingStatus('?', NANOS, "AAPL", ""))
                .packet(trade(9).surplusCount(1))
                .frame(new byte[10])
                .packet(trade(11));

        Heard heard = play(capture.bytes());

        assertEquals(List.of("1", "9", "11"), ids(heard));
        List<String> reasons = List.of(
                "truncated: 35 bytes of a payload of 40",
                "IEX-TP version 2, expected 1",
                "message protocol 0x8005, expected 0x8003 (TOPS 1.6) or 0x8004 (DEEP 1.0)",
                "a message 'T' of 3 bytes, expected 38",
                "a quote with bid 0 and size 1, expected both positive, or both zero",
                "symbol 'A APL', expected " + Symbol.EXPECTED,
                "a trade with price 5 and size 0, expected both positive",
                "a time before 1970",
                "trading status 0x3f, expected H, O, P or T",
                "the header counts 2 messages, the payload holds only 1",
                "truncated in its link header");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            expected.add("packet " + (i + 2) + " at byte " + capture.starts().get(i + 1) + ": " + reasons.get(i));
        }
        assertEquals(expected, heard.damage());
    }

    @Test
    void messagesBeforeABrokenBlockArePlayed() throws Exception {
        byte[] payload = Tops.from(1)
                .trade(0, NANOS, "AAPL", 1, 1_000, 1)
                .trade(0, NANOS, "AAPL", 1, 1_000, 2)
                .bytes();
        payload[40 + 40] = 77;

        Heard heard = play(CaptureBytes.pcap()
                .frame(CaptureBytes.ethernet(payload))
                .packet(trade(3))
                .bytes());

        assertEquals(List.of("1", "3"), ids(heard));
        assertEquals(1, heard.damage().size());
        assertTrue(
                heard.damage().get(0).contains("message 2 of 2"), heard.damage().toString());
    }

    @Test
    void longerMessagesAreReadAndUnknownOnesReportedOnce() throws Exception {
        byte[] trade = Tops.from(1).trade(0, NANOS, "AAPL", 1, 1_000, 1).bytes();
        byte[] grown = Arrays.copyOf(Arrays.copyOfRange(trade, 42, trade.length), 50);

        Heard heard = play(CaptureBytes.pcap()
                .packet(Tops.from(1).raw(grown).raw(new byte[] {'I', 1}).raw(new byte[] {'I', 1}))
                .packet(Tops.from(4).raw(new byte[] {'I'}).raw(new byte[] {(byte) 0xFF}))
                .bytes());

        assertEquals(List.of("1"), ids(heard));
        assertEquals(2, heard.damage().size());
        assertTrue(heard.damage().get(0).contains("unknown type 0x49"));
        assertTrue(heard.damage().get(1).contains("unknown type 0xff"));
    }

    @Test
    void aGapIsReportedOnceAndHeartbeatsAreNone() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(trade(10))
                .packet(Tops.from(11))
                .packet(Tops.from(11))
                .packet(trade(14))
                .packet(trade(15))
                .packet(trade(3).session(8))
                .packet(trade(16))
                .bytes());

        assertEquals(List.of("10", "14", "15", "3", "16"), ids(heard));
        assertEquals(1, heard.damage().size());
        assertTrue(
                heard.damage().get(0).endsWith("messages 11 to 13 of session 7 channel 1 are missing"),
                heard.damage().toString());
    }

    @Test
    void whatComesTwiceIsPlayedOnceAndWhatComesLateIsPlayed() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(trade(10))
                .packet(trade(10))
                .packet(Tops.from(10).trade(0, NANOS, "AAPL", 1, 1_000, 10).trade(0, NANOS, "AAPL", 1, 1_000, 11))
                .packet(trade(14))
                .packet(trade(12))
                .packet(trade(12))
                .packet(trade(15))
                .bytes());

        assertEquals(List.of("10", "11", "14", "12", "15"), ids(heard));
        assertEquals(4, heard.damage().size(), heard.damage().toString());
        assertTrue(heard.damage().get(0).contains("messages 10 to 10 of session 7 channel 1 come again"));
        assertTrue(heard.damage().get(1).contains("messages 10 to 10 of session 7 channel 1 come again"));
        assertTrue(heard.damage().get(2).contains("messages 12 to 13 of session 7 channel 1 are missing"));
        assertTrue(heard.damage().get(3).contains("messages 12 to 12 of session 7 channel 1 come again"));
    }

    @Test
    void aPriceLevelWithoutAPriceIsDamage() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(deep(1).level('8', true, NANOS, "AAPL", 100, -1))
                .bytes());

        assertEquals(List.of(), heard.events());
        assertTrue(
                heard.damage().get(0).endsWith("a price level at -1, expected a positive price"),
                heard.damage().toString());
    }

    @Test
    void messagesOfTheOtherProtocolAreUnknown() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(deep(1).quote(NANOS, "AAPL", 1, 1, 2, 1))
                .packet(Tops.from(2).level('8', true, NANOS, "AAPL", 1, 1))
                .bytes());

        assertEquals(List.of(), heard.events());
        assertEquals(2, heard.damage().size());
    }

    @Test
    void oneWrongNumberDoesNotSilenceTheSession() throws Exception {
        Heard heard = play(CaptureBytes.pcap()
                .packet(trade(1))
                .packet(trade(1L << 60))
                .packet(trade(2))
                .packet(trade(3))
                .bytes());

        assertEquals(List.of("1", Long.toString(1L << 60), "2", "3"), ids(heard));
        assertEquals(1, heard.damage().size());
    }

    @Test
    void anAbsurdLengthCostsOnePacketOnly() throws Exception {
        for (int length : new int[] {-1, 0x7FFFFFFF, 300_000, 200_000, 90, 3}) {
            CaptureBytes classic = CaptureBytes.pcap();
            CaptureBytes blocks = CaptureBytes.pcapNg(ByteOrder.LITTLE_ENDIAN).linkType(CaptureBytes.ETHERNET);
            for (int i = 1; i <= 5; i++) {
                classic.packet(trade(i));
                blocks.packet(trade(i));
            }
            assertDamageOfThird(classic.bytes(), classic.starts().get(2) + 8, length);
            assertDamageOfThird(blocks.bytes(), blocks.starts().get(2) + 4, length);
        }
    }

    private static void assertDamageOfThird(byte[] capture, int at, int length) throws Exception {
        ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);
        Heard heard = play(capture);
        assertEquals(List.of("1", "2", "4", "5"), ids(heard), "length " + length);
        assertTrue(!heard.damage().isEmpty());
    }

    @Test
    void aCutAnywhereKeepsWhatCameBefore() throws Exception {
        for (boolean classic : new boolean[] {true, false}) {
            CaptureBytes capture = classic
                    ? CaptureBytes.pcap()
                    : CaptureBytes.pcapNg(ByteOrder.BIG_ENDIAN).linkType(CaptureBytes.ETHERNET);
            for (int i = 1; i <= 4; i++) {
                capture.packet(trade(i));
            }
            byte[] bytes = capture.bytes();
            int header = capture.starts().get(0);
            for (int cut = header; cut < bytes.length; cut++) {
                int end = cut;
                List<Integer> starts = new ArrayList<>(capture.starts());
                starts.add(bytes.length);
                long whole = starts.stream().filter(start -> start <= end).count() - 1;
                Heard heard = play(Arrays.copyOf(bytes, cut));
                assertEquals(whole, ids(heard).size(), "cut at " + cut);
                assertEquals(starts.contains(cut) ? 0 : 1, heard.damage().size(), "cut at " + cut + heard.damage());
            }
            for (int cut = 0; cut < header; cut++) {
                assertNeverThrowsButIo(Arrays.copyOf(bytes, cut));
            }
        }
    }

    @Test
    void aCutGzipStreamKeepsWhatCameBefore() throws Exception {
        CaptureBytes capture = CaptureBytes.pcap();
        for (int i = 1; i <= 50; i++) {
            capture.packet(trade(i));
        }
        byte[] packed = CaptureBytes.gzip(capture.bytes());
        int withEvents = 0;
        for (int cut = 20; cut < packed.length; cut++) {
            byte[] part = Arrays.copyOf(packed, cut);
            Heard heard = new Heard();
            try {
                new IexCapture(() -> new GZIPInputStream(new ByteArrayInputStream(part)), "f", "").play(heard);
            } catch (IOException e) {
                assertEquals("no longer a capture", e.getMessage());
                continue;
            }
            withEvents++;
            List<String> ids = ids(heard);
            for (int i = 0; i < ids.size(); i++) {
                assertEquals(Integer.toString(i + 1), ids.get(i));
            }
            assertEquals(1, heard.damage().size(), "cut at " + cut);
            assertTrue(heard.damage().get(0).contains("gzip stream is cut off or broken"));
        }
        assertTrue(withEvents > packed.length / 3, withEvents + " of " + packed.length);
    }

    @Test
    void garbageNeverThrows() throws Exception {
        long seed = 20_170_710;
        System.out.println("IexCaptureTest.garbageNeverThrows seed " + seed);
        Random random = new Random(seed);
        CaptureBytes classic = CaptureBytes.pcap();
        CaptureBytes blocks = CaptureBytes.pcapNg(ByteOrder.LITTLE_ENDIAN).linkType(CaptureBytes.ETHERNET);
        for (int i = 1; i <= 8; i++) {
            Tops tops = trade(i).quote(NANOS, "AAPL", 1, 2, 3, 4).directory(NANOS, "ZIEXT", 1, 5);
            classic.packet(tops);
            blocks.packet(tops);
        }
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = (round % 2 == 0 ? classic : blocks).bytes();
            int flips = 1 + random.nextInt(40);
            for (int i = 0; i < flips; i++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            assertNeverThrowsButIo(bytes);
        }
        for (int round = 0; round < 500; round++) {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            System.arraycopy((round % 2 == 0 ? classic : blocks).bytes(), 0, bytes, 0, Math.min(bytes.length, 24));
            assertNeverThrowsButIo(bytes);
        }
    }

    private static void assertNeverThrowsButIo(byte[] capture) throws InterruptedException {
        IexCapture recording = new IexCapture(source(capture), "f", "");
        Heard heard = new Heard();
        try {
            recording.play(heard);
        } catch (IOException e) {
            assertEquals("no longer a capture", e.getMessage());
        }
    }
}
