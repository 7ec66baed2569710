package tickerplant.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What counts as one address where clients are counted. Any thread. */
public final class ClientNetwork {
    private static final int IPV6_NETWORK_BYTES = 8;
    /** An address of either kind, and never a name. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+(%[0-9a-zA-Z]+)?]?");

    private ClientNetwork() {}

    /** An IPv4 address, or the first 64 bits of an IPv6 one: whoever has one of those has all of them. */
    public static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length <= IPV6_NETWORK_BYTES) {
            return address.getHostAddress();
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES), bytes.length))
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }

    /**
     * The same of an address as a container or a proxy writes it. Names are never looked up: what is no address stands for
     * itself.
     *
     * @param address empty where it is not known
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return of(InetAddress.getByName(address.startsWith("[") ? address : "[" + address + "]"));
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /**
     * Whether an address, as a container writes it, is one of this machine's own. Names are never looked up: what is no
     * address is none of them.
     */
    public static boolean isLoopback(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
