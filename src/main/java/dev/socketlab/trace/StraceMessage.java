package dev.socketlab.trace;

import dev.socketlab.abi.ControlType;
import dev.socketlab.call.Argument;
import dev.socketlab.call.Control;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.ControlMessage;
import java.util.List;

/** A struct msghdr as strace(1) writes it. */
final class StraceMessage {
    private StraceMessage() {}

    static String of(Argument.Message message) {
        String control =
                String.join(", ", message.control().stream().map(StraceMessage::of).toList());
        return "{msg_name="
                + StraceText.address(message.msgName())
                + ", msg_iov="
                + iov(message.iov().stream().map(StraceMessage::iovec).toList())
                + (control.isEmpty() ? "" : ", msg_control=[" + control + "]")
                + "}";
    }

    static String of(Argument.MessageRoom room) {
        return "{msg_iov="
                + iov(room.iovLen().stream().map(len -> "{iov_len=" + len + "}").toList())
                + ", msg_controllen="
                + room.controllen()
                + "}";
    }

    private static String iov(List<String> vectors) {
        return "[" + String.join(", ", vectors) + "], msg_iovlen=" + vectors.size();
    }

    private static String iovec(byte[] bytes) {
        return "{iov_base=" + StraceText.string(bytes) + ", iov_len=" + bytes.length + "}";
    }

    private static String of(Control control) {
        return switch (control) {
            case Control.Rights(List<Integer> fds) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=" + fds + "}";
            case Control.Other(ControlMessage message) -> {
                String type = ControlType.name(message.level(), message.type());
                yield "{cmsg_level="
                        + SocketOption.levelText(message.level())
                        + ", cmsg_type="
                        + (type == null ? message.type() : type)
                        + ", cmsg_data="
                        + StraceText.string(message.data())
                        + "}";
            }
        };
    }
}
