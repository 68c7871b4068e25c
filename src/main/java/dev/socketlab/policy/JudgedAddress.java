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

    /** What the bytes are; null where they are too few for a family. */
    public @Nullable SocketAddress address() {
        return address;
    }
}
