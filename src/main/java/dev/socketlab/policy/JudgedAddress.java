package dev.socketlab.policy;

import dev.socketlab.linux.SocketAddress;
import org.jspecify.annotations.Nullable;

/** An address that the policy has let pass: the very bytes that go to the kernel. */
public final class JudgedAddress {
    private final byte[] bytes;
    private final @Nullable SocketAddress address;

    /** For who judges. */
    JudgedAddress(byte[] bytes, @Nullable SocketAddress address) {
        this.bytes = bytes;
        this.address = address;
    }

    /** The struct sockaddr. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The same socket by another way to it: that of the file that its path, having been judged, was
     * found to lead to.
     *
     * @param way a struct sockaddr_un
     */
    public JudgedAddress by(byte[] way) {
        return new JudgedAddress(way, address);
    }

    /** What was judged; null where they are too few for a family. */
    public @Nullable SocketAddress address() {
        return address;
    }
}
