package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.TcpState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A UNIX socket as the kernel lists it, unix_diag of sock_diag(7).
 *
 * @param state a value of {@link TcpState}: ESTABLISHED, LISTEN or CLOSE
 * @param rqueue bytes to be received; of a listener, the connections in its accept queue
 * @param wqueue memory of what its peer has not received; of a listener, the limit of that queue
 * @param shutdown what is shut down of it, by itself or by its peer: RCV_SHUTDOWN and SEND_SHUTDOWN
 *     of net/sock.h
 */
public record UnixDiag(int state, long rqueue, long wqueue, int shutdown) {
    private static final int UDIAG_SHOW_RQLEN = 0x10;
    private static final int UNIX_DIAG_RQLEN = 4;
    private static final int UNIX_DIAG_SHUTDOWN = 6;
    private static final int ANY_STATE = -1;
    private static final int STATE = Layouts.offset(Layouts.UNIX_DIAG_MSG, "udiag_state");
    private static final int RQUEUE = Layouts.offset(Layouts.UNIX_DIAG_RQLEN, "udiag_rqueue");
    private static final int WQUEUE = Layouts.offset(Layouts.UNIX_DIAG_RQLEN, "udiag_wqueue");

    /** Asks for one socket, by its inode; another than the cookie's is none. */
    static ByteBuffer request(int type, long inode, long cookie) {
        int size = Netlink.HEADER + (int) Layouts.UNIX_DIAG_REQ.byteSize();
        return Netlink.message(size, type, Netlink.NLM_F_REQUEST)
                .put((byte) AddressFamily.AF_UNIX)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(ANY_STATE)
                .putInt((int) inode)
                .putInt(UDIAG_SHOW_RQLEN)
                .putInt((int) cookie)
                .putInt((int) (cookie >>> Integer.SIZE));
    }

    /** Reads an answer, struct unix_diag_msg. */
    static UnixDiag of(ByteBuffer answer) {
        Map<Integer, byte[]> attributes = Netlink.attributes(answer, Layouts.UNIX_DIAG_MSG);
        byte[] none = new byte[(int) Layouts.UNIX_DIAG_RQLEN.byteSize()];
        ByteBuffer lengths =
                ByteBuffer.wrap(attributes.getOrDefault(UNIX_DIAG_RQLEN, none))
                        .order(ByteOrder.nativeOrder());
        return new UnixDiag(
                answer.get(STATE),
                Integer.toUnsignedLong(lengths.getInt(RQUEUE)),
                Integer.toUnsignedLong(lengths.getInt(WQUEUE)),
                attributes.getOrDefault(UNIX_DIAG_SHUTDOWN, new byte[1])[0]);
    }
}
