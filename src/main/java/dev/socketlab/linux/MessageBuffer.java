package dev.socketlab.linux;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recvmsg(2) fills: struct msghdr with its buffers. The buffers are one after the other in
 * {@link #data}. Not shared between threads.
 */
public final class MessageBuffer {
    final int[] iovLen;
    final int controllen;
    byte[] name = new byte[0];
    byte[] data = new byte[0];
    byte[] control = new byte[0];
    int flags;

    /**
     * @param iovLen the length of each buffer, in bytes
     * @param controllen room for control messages, in bytes
     */
    public MessageBuffer(List<Integer> iovLen, int controllen) {
        this.iovLen = iovLen.stream().mapToInt(Integer::intValue).toArray();
        this.controllen = controllen;
    }

    /** msg_name: null where the kernel gave no address. */
    public @Nullable SocketAddress name() {
        return SocketAddress.parse(name);
    }

    /** The bytes received, as many as there were and fitted. */
    public byte[] data() {
        return data;
    }

    /** msg_control. */
    public List<ControlMessage> control() {
        return ControlMessage.parse(control);
    }

    /** msg_flags, as the kernel set them. */
    public int flags() {
        return flags;
    }

    /** Puts a message in, as the kernel does. */
    public void set(byte[] from, byte[] bytes, byte[] controlBytes, int msgFlags) {
        name = Arrays.copyOf(from, from.length);
        data = Arrays.copyOf(bytes, bytes.length);
        control = Arrays.copyOf(controlBytes, controlBytes.length);
        flags = msgFlags;
    }
}
