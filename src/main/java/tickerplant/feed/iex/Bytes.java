package tickerplant.feed.iex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers out of bytes; {@code le} is little-endian, {@code be} big-endian. The caller has checked the bounds. */
final class Bytes {
    private static final VarHandle LE_16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE_32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE_64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int le16(byte[] bytes, int at) {
        return (short) LE_16.get(bytes, at) & 0xFFFF;
    }

    static int be16(byte[] bytes, int at) {
        return Short.reverseBytes((short) LE_16.get(bytes, at)) & 0xFFFF;
    }

    static int le32(byte[] bytes, int at) {
        return (int) LE_32.get(bytes, at);
    }

    static int be32(byte[] bytes, int at) {
        return Integer.reverseBytes(le32(bytes, at));
    }

    static long le64(byte[] bytes, int at) {
        return (long) LE_64.get(bytes, at);
    }
}
