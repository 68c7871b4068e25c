package dev.socketlab.linux;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the kernel writes an out-parameter into, with the length it gave (the {@code addrlen}
 * or {@code optlen} of the call). Not shared between threads.
 */
public final class OutBuffer {
    final byte[] bytes;
    int length;

    /** Room for so many bytes. */
    public OutBuffer(int capacity) {
        bytes = new byte[capacity];
        length = capacity;
    }

    /** Room for any socket address: struct sockaddr_storage, 128 bytes. */
    public static OutBuffer forAddress() {
        return new OutBuffer(Layouts.SOCKADDR_STORAGE_SIZE);
    }

    /** The bytes that the kernel gave. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }

    /** The address that the kernel gave, or null where it gave none. */
    public @Nullable SocketAddress address() {
        return SocketAddress.parse(bytes());
    }

    /** Puts a value in, as the kernel does. */
    public void set(byte[] value) {
        System.arraycopy(value, 0, bytes, 0, Math.min(value.length, bytes.length));
        length = value.length;
    }
}
