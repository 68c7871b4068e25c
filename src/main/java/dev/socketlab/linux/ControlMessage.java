package dev.socketlab.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A control message, struct cmsghdr with its data: cmsg(3). Host byte order, but where a type says
 * otherwise.
 *
 * @param level such as SOL_SOCKET
 * @param type such as SCM_RIGHTS
 * @param data the bytes of CMSG_DATA; those that a call gave may be fewer than the message has
 */
public record ControlMessage(int level, int type, byte[] data) {
    /** sizeof(struct cmsghdr): cmsg_len, cmsg_level, cmsg_type. */
    public static final int HEADER_SIZE = (int) Layouts.CMSGHDR.byteSize();

    private static final int ALIGNMENT = Long.BYTES;

    /** The bytes of several, as msg_control has them. */
    public static byte[] pack(List<ControlMessage> messages) {
        int size = messages.stream().mapToInt(one -> space(one.data().length)).sum();
        ByteBuffer control = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        int at = 0;
        for (ControlMessage one : messages) {
            control.position(at)
                    .putLong(HEADER_SIZE + (long) one.data().length)
                    .putInt(one.level())
                    .putInt(one.type())
                    .put(one.data());
            at += space(one.data().length);
        }
        return control.array();
    }

    /** Those in such bytes, as msg_control has them after recvmsg(2). */
    public static List<ControlMessage> parse(byte[] control) {
        List<ControlMessage> messages = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(control).order(ByteOrder.nativeOrder());
        for (int at = 0; at + HEADER_SIZE <= control.length; ) {
            long length = bytes.getLong(at);
            if (length < HEADER_SIZE || length > control.length - at) {
                break;
            }
            byte[] data = new byte[(int) length - HEADER_SIZE];
            bytes.get(at + HEADER_SIZE, data);
            int level = bytes.getInt(at + Long.BYTES);
            int type = bytes.getInt(at + Long.BYTES + Integer.BYTES);
            messages.add(new ControlMessage(level, type, data));
            at += space(data.length);
        }
        return messages;
    }

    /** CMSG_SPACE: what a message with so many bytes of data takes. */
    public static int space(int length) {
        return HEADER_SIZE + (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
