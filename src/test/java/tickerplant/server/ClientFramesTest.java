package tickerplant.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tickerplant.message.CloseCode;

class ClientFramesTest {
    private static final int LIMIT = 1_000;
    private static final int TEXT = 0x81;
    private static final int TEXT_BEGINS = 0x01;
    private static final int GOES_ON = 0x00;
    private static final int ENDS = 0x80;
    private static final int PING = 0x89;

    private final List<byte[]> pings = new ArrayList<>();
    private final ClientFrames frames = new ClientFrames(LIMIT, pings::add);

    private static byte[] frame(int head, int length) {
        return RawClient.masked(head, new byte[length]);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private byte[] pass(byte... bytes) {
        ByteBuffer passed = frames.pass(ByteBuffer.wrap(bytes));
        byte[] copy = new byte[passed.remaining()];
        passed.get(copy);
        return copy;
    }

    private void assertPasses(byte[] bytes) {
        assertArrayEquals(bytes, pass(bytes));
        assertEquals(Optional.empty(), frames.offence());
    }

    private void assertOffends(CloseCode code, byte[] bytes) {
        assertEquals(0, pass(bytes).length);
        assertEquals(Optional.of(code), frames.offence());
    }

    @Test
    void aMessageMayHaveTheLimitAndNotAByteMore() {
        assertPasses(frame(TEXT, LIMIT));
        assertPasses(frame(TEXT, LIMIT));
        assertOffends(CloseCode.TOO_LARGE, frame(TEXT, LIMIT + 1));
    }

    @Test
    void fragmentsCountTogether() {
        assertPasses(join(frame(TEXT_BEGINS, 400), frame(GOES_ON, 0), frame(GOES_ON, 600)));
        assertOffends(CloseCode.TOO_LARGE, frame(GOES_ON, 1));
    }

    @Test
    void anEndedMessageCountsNoMore() {
        assertPasses(join(frame(TEXT_BEGINS, 400), frame(ENDS, 600), frame(TEXT_BEGINS, 999), frame(ENDS, 1)));
    }

    @Test
    void controlFramesBetweenFragmentsDoNotCount() {
        byte[] before = frame(TEXT_BEGINS, 900);
        byte[] after = join(frame(GOES_ON, 100), frame(0x8a, 125));
        assertArrayEquals(join(before, after), pass(join(before, frame(PING, 125), after)));
        assertOffends(CloseCode.TOO_LARGE, frame(ENDS, 1));
    }

    @Test
    void aLengthIsRefusedWhenItIsDeclared() {
        byte[] head = Arrays.copyOf(
                ByteBuffer.allocate(14)
                        .put((byte) 0x82)
                        .put((byte) 0xff)
                        .putLong(1L << 62)
                        .array(),
                14);
        assertOffends(CloseCode.TOO_LARGE, head);
    }

    @Test
    void aLengthOverAllLimitsAfterAFragmentDoesNotOverflow() {
        assertPasses(frame(TEXT_BEGINS, 900));
        assertOffends(
                CloseCode.TOO_LARGE,
                ByteBuffer.allocate(14)
                        .put((byte) 0x80)
                        .put((byte) 0xff)
                        .putLong(Long.MAX_VALUE)
                        .array());
    }

    @Test
    void aNegativeLengthIsAProtocolError() {
        assertOffends(
                CloseCode.PROTOCOL_ERROR,
                ByteBuffer.allocate(14)
                        .put((byte) 0x82)
                        .put((byte) 0xff)
                        .putLong(-1)
                        .array());
    }

    @Test
    void aFrameThatIsNotMaskedIsAProtocolErrorWhateverItIs() {
        for (int head : new int[] {TEXT, 0x82, PING, 0x88}) {
            ClientFrames fresh = new ClientFrames(LIMIT, pings::add);
            ByteBuffer passed = fresh.pass(ByteBuffer.wrap(new byte[] {(byte) head, 0x02, 'h', 'i'}));
            assertEquals(0, passed.remaining());
            assertEquals(Optional.of(CloseCode.PROTOCOL_ERROR), fresh.offence());
        }
    }

    @Test
    void aControlFrameIsShortAndWhole() {
        assertPasses(frame(0x8a, 125));
        assertOffends(CloseCode.PROTOCOL_ERROR, frame(0x8a, 126));
        ClientFrames other = new ClientFrames(LIMIT, pings::add);
        other.pass(ByteBuffer.wrap(frame(0x09, 1)));
        assertEquals(Optional.of(CloseCode.PROTOCOL_ERROR), other.offence());
    }

    @Test
    void aMessageMayComeInFourThousandFramesAndNotInMore() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(TEXT_BEGINS, 0));
        for (int i = 2; i < ClientFrames.MOST_FRAGMENTS; i++) {
            all.writeBytes(frame(GOES_ON, 0));
        }
        assertPasses(join(all.toByteArray(), frame(ENDS, 0)));
        assertPasses(join(all.toByteArray(), frame(GOES_ON, 0)));
        assertOffends(CloseCode.TOO_LARGE, frame(GOES_ON, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 125})
    void aLengthIsWrittenInItsShortestForm(int length) {
        assertOffends(
                CloseCode.PROTOCOL_ERROR,
                ByteBuffer.allocate(8)
                        .put((byte) TEXT)
                        .put((byte) 0xfe)
                        .putShort((short) length)
                        .array());
        ClientFrames other = new ClientFrames(100_000, pings::add);
        other.pass(ByteBuffer.allocate(14)
                .put((byte) TEXT)
                .put((byte) 0xff)
                .putLong(65_535)
                .flip()
                .limit(14));
        assertEquals(Optional.of(CloseCode.PROTOCOL_ERROR), other.offence());
    }

    @Test
    void aPingIsToldAndDoesNotPass() {
        byte[] text = frame(TEXT, 3);
        assertArrayEquals(
                join(text, text),
                pass(join(
                        RawClient.masked(PING, new byte[] {1, 2, 3, 4, 5}),
                        text,
                        RawClient.masked(PING, new byte[0]),
                        text,
                        RawClient.masked(PING, new byte[] {6}))));
        assertEquals(3, pings.size());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, pings.get(0));
        assertArrayEquals(new byte[0], pings.get(1));
        assertArrayEquals(new byte[] {6}, pings.get(2));
    }

    @Test
    void aPingWithAReservedBitIsNoneAndPassesToBeRefused() {
        assertPasses(frame(0xc9, 4));
        assertEquals(List.of(), pings);
    }

    @Test
    void pingsAfterAnOffenceOrAGoodbyeAreNotTold() {
        assertPasses(frame(0x88, 2));
        assertTrue(frames.isClosed());
        assertPasses(frame(PING, 2));
        ClientFrames other = new ClientFrames(LIMIT, pings::add);
        other.pass(ByteBuffer.wrap(join(frame(TEXT, LIMIT + 1), frame(PING, 2))));
        assertEquals(List.of(), pings);
    }

    @Test
    void whatStandsBeforeTheOffencePassesAndNothingAfterIt() {
        byte[] good = join(frame(TEXT, 10), frame(TEXT, 200));
        assertArrayEquals(good, pass(join(good, frame(TEXT, LIMIT + 1), frame(TEXT, 5))));
        assertEquals(Optional.of(CloseCode.TOO_LARGE), frames.offence());
        assertEquals(0, pass(frame(TEXT, 5)).length);
    }

    @Test
    void afterAMessageThatIsTooLongTheClientMaySendItToItsEndAndClose() {
        byte[] all = join(frame(TEXT, 5_000), frame(PING, 3), frame(TEXT_BEGINS, 70_000));
        for (int at = 0; at < all.length; at += 999) {
            assertEquals(0, pass(Arrays.copyOfRange(all, at, Math.min(all.length, at + 999))).length);
            assertFalse(frames.isOver());
        }
        assertEquals(0, pass(frame(0x88, 2)).length);
        assertTrue(frames.isOver());
        assertEquals(Optional.of(CloseCode.TOO_LARGE), frames.offence());
    }

    @Test
    void aClientThatSendsWithoutEndIsNotWaitedFor() {
        pass(ByteBuffer.allocate(14)
                .put((byte) 0x82)
                .put((byte) 0xff)
                .putLong(Long.MAX_VALUE)
                .array());
        int reads = 0;
        for (byte[] more = new byte[16_384]; !frames.isOver(); reads++) {
            pass(more);
        }
        assertEquals(1_025, reads);
    }

    @Test
    void aClientThatSendsLittleAtATimeIsNotWaitedForEither() {
        pass(frame(TEXT_BEGINS, LIMIT + 1));
        int reads = 0;
        for (; !frames.isOver(); reads++) {
            pass((byte) 0);
        }
        assertTrue(reads < 20_000, "reads: " + reads);
    }

    @Test
    void aProtocolErrorIsTheEndAtOnce() {
        pass((byte) TEXT, (byte) 0);
        assertTrue(frames.isOver());
    }

    @Test
    void aHeadIsHeldBackUntilItIsWhole() {
        byte[] frame = frame(TEXT, 300);
        for (int i = 0; i < 7; i++) {
            assertEquals(0, pass(frame[i]).length, "byte " + i);
        }
        assertArrayEquals(Arrays.copyOf(frame, 8), pass(frame[7]));
        assertPasses(Arrays.copyOfRange(frame, 8, 100));
    }

    @Test
    void whatIsUntouchedIsNotCopied() {
        byte[] bytes = frame(TEXT, 300);
        assertSame(bytes, frames.pass(ByteBuffer.wrap(bytes)).array());
    }

    /** Those whose place, divided by three, leaves such a rest. */
    private static byte[][] some(byte[][] parts, Integer... rests) {
        return IntStream.range(0, parts.length)
                .filter(i -> List.of(rests).contains(i % 3))
                .mapToObj(i -> parts[i])
                .toArray(byte[][]::new);
    }

    /** However the bytes are cut, what comes out is what went in but for the pings, and these are told. */
    @Test
    void itDoesNotMatterHowTheBytesAreCut() {
        Random random = new Random(20_260_101);
        for (int round = 0; round < 300; round++) {
            byte[][] parts = new byte[20][];
            for (int i = 0; i < parts.length; i++) {
                int head = i % 3 == 0 ? TEXT_BEGINS : i % 3 == 1 ? PING : ENDS;
                byte[] payload = new byte[random.nextInt(head == PING ? 126 : LIMIT / 2)];
                random.nextBytes(payload);
                parts[i] = RawClient.masked(head, payload);
            }
            byte[] all = join(parts);
            pings.clear();
            ClientFrames fresh = new ClientFrames(LIMIT, pings::add);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int at = 0; at < all.length; ) {
                int length = Math.min(all.length - at, 1 + random.nextInt(round % 2 == 0 ? 3 : 700));
                ByteBuffer passed = fresh.pass(ByteBuffer.wrap(all, at, length));
                out.write(passed.array(), passed.arrayOffset() + passed.position(), passed.remaining());
                at += length;
            }
            byte[][] told =
                    pings.stream().map(ping -> RawClient.masked(PING, ping)).toArray(byte[][]::new);
            assertArrayEquals(join(some(parts, 1)), join(told));
            assertArrayEquals(join(some(parts, 0, 2)), out.toByteArray());
            assertEquals(Optional.empty(), fresh.offence());
        }
    }
}
