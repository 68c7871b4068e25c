package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/**
 * Room for one Ethernet frame, IEEE 802.3 without the check sequence, which comes from one TAP
 * interface's fd and goes to others: used again for each frame, so that none costs an allocation.
 * Belongs to one thread; its memory is freed with it.
 */
public final class Frame {
    /** Two MAC addresses and the type of what follows, in bytes. */
    public static final int HEADER_SIZE = 14;

    private static final int CAPACITY = 1 << 16;
    private static final long SOURCE = 6;
    private static final long MULTICAST = 1L << 40;
    private static final MethodHandle READ =
            CLibrary.brief("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            CLibrary.brief("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final ValueLayout.OfInt BE32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort BE16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final MemorySegment errno;
    private int length;

    public Frame() {
        Arena arena = Arena.ofAuto();
        this.bytes = arena.allocate(CAPACITY);
        this.errno = CLibrary.errnoIn(arena);
    }

    /**
     * Reads the next frame that an interface sends.
     *
     * @return false when there is none (EAGAIN), or the interface is down (EIO) or gone
     */
    public boolean read(int fd) {
        try {
            long read = (long) READ.invokeExact(errno, fd, bytes, (long) CAPACITY);
            length = (int) Math.max(0, read);
            return read > 0;
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /**
     * Lets an interface receive the frame.
     *
     * @return false when it was lost, as the interface is down (EIO) or has no room (EAGAIN)
     */
    public boolean write(int fd) {
        try {
            return (long) WRITE.invokeExact(errno, fd, bytes, (long) length) == length;
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** The MAC address it is for, as a number of 48 bits. */
    public long destination() {
        return mac(0);
    }

    /** The MAC address it is from, as a number of 48 bits. */
    public long source() {
        return mac(SOURCE);
    }

    /** Whether a MAC address is a group's: multicast or broadcast. */
    public static boolean isGroup(long mac) {
        return (mac & MULTICAST) != 0;
    }

    private long mac(long offset) {
        return (bytes.get(BE32, offset) & 0xffffffffL) << 16
                | (bytes.get(BE16, offset + 4) & 0xffff);
    }
}
