package tickerplant.containers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import tickerplant.server.RawClient;

/**
 * What a connected client must not send, and the close codes that are right. 0 is the end without one, which is right too: where
 * the server doesn't read the rest of what came, the network may drop its last words.
 */
@SuppressWarnings("ImmutableEnumChecker") // immutable in truth; saying so takes an annotation from a library of its own
enum BadFrames {
    UNMASKED_TEXT(Set.of(1002), client -> client.send(new byte[] {(byte) 0x81, 2, 'h', 'i'})),
    UNMASKED_PING(Set.of(1002), client -> client.send(new byte[] {(byte) 0x89, 2, 'h', 'i'})),
    RESERVED_OPCODE(Set.of(1002), client -> client.frame(0x83, bytes("hi"))),
    RESERVED_CONTROL_OPCODE(Set.of(1002), client -> client.frame(0x8b, bytes("hi"))),
    RESERVED_BIT_1(Set.of(1002), client -> client.frame(0xc1, bytes("hi"))),
    RESERVED_BIT_2(Set.of(1002), client -> client.frame(0xa1, bytes("hi"))),
    RESERVED_BIT_3(Set.of(1002), client -> client.frame(0x91, bytes("hi"))),
    PING_IN_FRAGMENTS(Set.of(1002), client -> client.frame(0x09, bytes("hi"))),
    PING_OF_126_BYTES(Set.of(1002), client -> client.frame(0x89, new byte[126])),
    CONTINUATION_OF_NOTHING(Set.of(1002), client -> client.frame(0x80, bytes("hi"))),
    TEXT_WITHIN_A_TEXT(Set.of(1002), client -> client.frame(0x01, bytes("{")).frame(0x81, bytes("{}"))),
    TEXT_NOT_UTF_8(Set.of(1007), client -> client.frame(0x81, new byte[] {(byte) 0xc0, (byte) 0xaf})),
    TEXT_WITH_HALF_A_CHARACTER(Set.of(1007), client -> client.frame(0x81, new byte[] {(byte) 0xe2, (byte) 0x82})),
    TEXT_WITH_A_SURROGATE(
            Set.of(1007), client -> client.frame(0x81, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})),
    CLOSE_OF_ONE_BYTE(Set.of(1002), client -> client.frame(0x88, new byte[] {3})),
    CLOSE_WITH_1005(Set.of(1002), client -> client.frame(0x88, new byte[] {3, (byte) 0xed})),
    CLOSE_WITH_2000(Set.of(1002), client -> client.frame(0x88, new byte[] {7, (byte) 0xd0})),
    CLOSE_WITH_A_REASON_NOT_UTF_8(
            Set.of(1002, 1007), client -> client.frame(0x88, new byte[] {3, (byte) 0xe8, (byte) 0xff})),
    MESSAGE_OVER_THE_LIMIT(Set.of(1009), client -> client.frame(0x81, new byte[65_537])),
    MESSAGE_OVER_THE_LIMIT_IN_BYTES(
            Set.of(1009), client -> client.frame(0x81, bytes("{\"x\":\"" + "€".repeat(22_000) + "\"}"))),
    MESSAGE_OF_FIVE_MEBIBYTES_THAT_BEGINS(
            Set.of(1009),
            client -> client.send(Arrays.copyOf(RawClient.masked(0x81, bytes("x".repeat(5 << 20))), 300_000))),
    MESSAGE_WITHOUT_END(Set.of(1009), client -> {
        client.frame(0x01, new byte[60_000]);
        client.frame(0x00, new byte[5_536]);
        return client.frame(0x00, new byte[1]);
    }),
    BINARY_WITHOUT_END(Set.of(1003, 1009), client -> {
        client.frame(0x02, new byte[60_000]);
        client.frame(0x00, new byte[5_536]);
        return client.frame(0x00, new byte[1]);
    }),
    // 4001: waited for, but not for long, since no pong can come meanwhile
    MESSAGE_OF_AN_EXABYTE(
            Set.of(1002, 1003, 1009, 4001),
            client -> client.send(ByteBuffer.allocate(14)
                    .put((byte) 0x82)
                    .put((byte) 0xff)
                    .putLong(1L << 60)
                    .array())),
    LENGTH_BELOW_ZERO(
            Set.of(1002, 1009),
            client -> client.send(ByteBuffer.allocate(14)
                    .put((byte) 0x82)
                    .put((byte) 0xff)
                    .putLong(-1)
                    .array())),
    TEN_THOUSAND_EMPTY_CONTINUATIONS(Set.of(1002, 1007, 1008, 1009), client -> {
        client.frame(0x01, new byte[0]);
        for (int i = 0; i < 10_000; i++) {
            client.frame(0x00, new byte[0]);
        }
        return client;
    });

    /** Sends it. */
    interface Deed {
        RawClient by(RawClient client) throws IOException;
    }

    private final Set<Integer> right;

    private final Deed deed;

    BadFrames(Set<Integer> right, Deed deed) {
        this.right = right;
        this.deed = deed;
    }

    boolean isRight(int code) {
        return code == 0 || right.contains(code);
    }

    void by(RawClient client) throws IOException {
        deed.by(client);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
