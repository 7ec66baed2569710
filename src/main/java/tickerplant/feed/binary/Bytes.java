package tickerplant.feed.binary;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers out of bytes; {@code le} is little-endian, {@code be} big-endian. The caller has checked the bounds. */
public final class Bytes {
    private static final VarHandle LE_16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE_32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LE_64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** Two bytes, unsigned. */
    public static int le16(byte[] bytes, int at) {
        return (short) LE_16.get(bytes, at) & 0xFFFF;
    }

    /** Two bytes, unsigned. */
    public static int be16(byte[] bytes, int at) {
        return Short.reverseBytes((short) LE_16.get(bytes, at)) & 0xFFFF;
    }

    /** Four bytes, signed. */
    public static int le32(byte[] bytes, int at) {
        return (int) LE_32.get(bytes, at);
    }

    /** Four bytes, signed. */
    public static int be32(byte[] bytes, int at) {
        return Integer.reverseBytes(le32(bytes, at));
    }

    /** Eight bytes, signed. */
    public static long le64(byte[] bytes, int at) {
        return (long) LE_64.get(bytes, at);
    }

    /** Six bytes, unsigned. */
    public static long be48(byte[] bytes, int at) {
        return ((long) be16(bytes, at) << 32) | Integer.toUnsignedLong(be32(bytes, at + 2));
    }

    /** Eight bytes, signed. */
    public static long be64(byte[] bytes, int at) {
        return Long.reverseBytes(le64(bytes, at));
    }
}
