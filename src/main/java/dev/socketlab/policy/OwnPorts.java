package dev.socketlab.policy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The ports that the service itself listens on, its management port among them. */
public final class OwnPorts {
    private static final IpBlock LOOPBACK4 = IpBlock.parse("127.0.0.0/8");
    private static final IpBlock THIS_NETWORK = IpBlock.parse("0.0.0.0/8");
    private static final IpBlock LOOPBACK6 = IpBlock.parse("::/127");

    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

    /** A server of the service has begun to listen. */
    public void add(int port) {
        ports.add(port);
    }

    boolean has(int port) {
        return ports.contains(port);
    }

    /** Whether the address is one of this machine's, as the wildcard is too. */
    boolean isLocal(IpAddress address) {
        if (LOOPBACK4.contains(address)
                || THIS_NETWORK.contains(address)
                || LOOPBACK6.contains(address)) {
            return true;
        }
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getByAddress(bytes(address)))
                    != null;
        } catch (SocketException | UnknownHostException _) {
            return true; // not known to be another machine's
        }
    }

    private static byte[] bytes(IpAddress address) {
        byte[] bytes = new byte[address.bits() / Byte.SIZE];
        byte[] value = address.value().toByteArray();
        int length = Math.min(value.length, bytes.length);
        System.arraycopy(value, value.length - length, bytes, bytes.length - length, length);
        return bytes;
    }
}
