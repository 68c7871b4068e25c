package dev.socketlab.trace;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Argument;
import dev.socketlab.call.Arguments;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Structure;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call as strace(1) writes it, on one line of printable ASCII: {@code listen(3, 128)}. */
public final class Strace {
    private Strace() {}

    /** The call with its arguments. */
    public static String of(Call call) {
        return call.syscall()
                + Arguments.of(call).stream()
                        .flatMap(argument -> argument(argument).stream())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Empty where something is put, and for what C knows nothing of. */
    private static Optional<String> argument(Argument argument) {
        String text =
                switch (argument) {
                    case Argument.Fd(String _, int fd) -> Integer.toString(fd);
                    case Argument.Scalar(String _, long value) -> Long.toString(value);
                    case Argument.Constant constant -> constant(constant);
                    case Argument.NetworkConstant(String _, String constant, int _) ->
                            "htons(" + constant + ")";
                    case Argument.Flags(String _, var names, int mask) -> names.maskText(mask);
                    case Argument.ConstantWithFlags(
                                    Argument.Constant constant,
                                    Argument.Flags flags) ->
                            constant(constant)
                                    + (flags.mask() == 0
                                            ? ""
                                            : "|" + flags.names().maskText(flags.mask()));
                    case Argument.Address(String _, var address) -> StraceText.address(address);
                    case Argument.Data(String _, byte[] bytes) -> buffer(bytes);
                    case Argument.Text(String _, byte[] bytes) ->
                            bytes == null ? "NULL" : StraceText.string(bytes);
                    case Argument.Value(String _, OptionValue value) -> value(value);
                    case Argument.Message message -> StraceMessage.of(message);
                    case Argument.MessageRoom room -> StraceMessage.of(room);
                    case Argument.Pollfds(String _, var fds) ->
                            fds.stream()
                                            .map(Strace::pollfd)
                                            .collect(Collectors.joining(", ", "[", "], "))
                                    + fds.size();
                    case Argument.Event(String _, int events, String _) ->
                            "{events=" + EpollEvent.NAMES.maskText(events) + "}";
                    case Argument.Hints(String _, Netdb.Hints hints) -> hints(hints);
                    case Argument.Out _, Argument.Beside _ -> null;
                };
        return Optional.ofNullable(text);
    }

    private static String constant(Argument.Constant constant) {
        String name = constant.constant();
        return name == null ? Integer.toString(constant.value()) : name;
    }

    /** The bytes and their number. */
    private static String buffer(byte[] bytes) {
        return StraceText.string(bytes) + ", " + bytes.length;
    }

    private static String value(OptionValue value) {
        return switch (value) {
            case OptionValue.Scalar(long number, int size) -> "[" + number + "], " + size;
            case OptionValue.InAddr address ->
                    "inet_addr(\"" + address.text() + "\"), " + Integer.BYTES;
            case OptionValue.Struct(Structure structure, byte[] bytes) ->
                    structure(structure, bytes) + ", " + bytes.length;
            case OptionValue.Text _, OptionValue.TcpInformation _, OptionValue.Raw _ ->
                    buffer(value.toBytes());
        };
    }

    private static String structure(Structure structure, byte[] bytes) {
        return structure.read(bytes).entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String pollfd(Call.Pollfd one) {
        return "{fd=" + one.fd() + ", events=" + PollEvent.NAMES.maskText(one.events()) + "}";
    }

    private static String hints(Netdb.@Nullable Hints hints) {
        return hints == null
                ? "NULL"
                : "{"
                        + AddrinfoFlag.NAMES.maskText(hints.flags())
                        + ", "
                        + AddressFamily.NAMES.text(hints.family())
                        + ", "
                        + (hints.socktype() == 0 ? "0" : SocketType.NAMES.text(hints.socktype()))
                        + ", "
                        + IpProtocol.NAMES.text(hints.protocol())
                        + "}";
    }
}
