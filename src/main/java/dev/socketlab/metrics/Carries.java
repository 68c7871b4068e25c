package dev.socketlab.metrics;

import dev.socketlab.abi.MessageFlag;
import dev.socketlab.call.Call;

/** What a call carries beside its own parameters. */
enum Carries {
    BYTES_OUT,
    BYTES_IN,
    NOTHING;

    /** Of a call; one that only looks at bytes, with MSG_PEEK, carries none. */
    static Carries of(Call call) {
        return switch (call) {
            case Call.Send _, Call.Sendto _, Call.Sendmsg _, Call.Write _ -> BYTES_OUT;
            case Call.Read _ -> BYTES_IN;
            case Call.Recv recv -> received(recv.flags());
            case Call.Recvfrom recvfrom -> received(recvfrom.flags());
            case Call.Recvmsg recvmsg -> received(recvmsg.flags());
            case Call.Socket _,
                    Call.Socketpair _,
                    Call.Bind _,
                    Call.Listen _,
                    Call.Accept _,
                    Call.Connect _,
                    Call.Shutdown _,
                    Call.Close _,
                    Call.Getsockname _,
                    Call.Getpeername _,
                    Call.Getsockopt _,
                    Call.Setsockopt _,
                    Call.Fcntl _,
                    Call.Ioctl _,
                    Call.Dup _,
                    Call.Dup2 _,
                    Call.Poll _,
                    Call.EpollCreate1 _,
                    Call.EpollCtl _,
                    Call.EpollWait _,
                    Call.Unlink _,
                    Call.Getaddrinfo _,
                    Call.Freeaddrinfo _,
                    Call.Getnameinfo _ ->
                    NOTHING;
        };
    }

    private static Carries received(int flags) {
        return (flags & MessageFlag.MSG_PEEK) == 0 ? BYTES_IN : NOTHING;
    }
}
