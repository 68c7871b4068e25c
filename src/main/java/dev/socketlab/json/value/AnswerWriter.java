package dev.socketlab.json.value;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Addrinfos;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Netdb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is answered for the results of calls that succeeded. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * The answer of a call.
     *
     * @param encoding how its bytes are written; null for the usual
     */
    public static CallAnswer of(
            Call call, Result.Answered result, @Nullable DataEncoding encoding) {
        return switch (result) {
            case Result.Returned(int value) -> new CallAnswer.Returned(value);
            case Result.NewDescriptor(int fd, var addr, boolean withAddress) ->
                    withAddress
                            ? new CallAnswer.Accepted(fd, fd, addr)
                            : new CallAnswer.Opened(fd, fd);
            case Result.NewPair(int first, int second) ->
                    new CallAnswer.Socketpair(0, List.of(first, second));
            case Result.Received received -> received(call, received, encoding);
            case Result.Value(int value) -> new CallAnswer.Value(0, value);
            case Result.Polled(int returned, var fds) ->
                    new CallAnswer.Polled(
                            returned, fds.stream().map(AnswerWriter::pollfd).toList());
            case Result.Events(var events) ->
                    new CallAnswer.Events(
                            events.size(), events.stream().map(AnswerWriter::event).toList());
            case Result.Name(var addr) -> new CallAnswer.Name(0, addr);
            case Result.OptionRead read -> option(read, encoding);
            case Result.Flags(int cmd, int mask) ->
                    new CallAnswer.Flags(
                            mask,
                            cmd == FcntlCommand.F_GETFL
                                    ? StatusFlag.NAMES.flags(mask)
                                    : DescriptorFlag.NAMES.flags(mask));
            case Result.AddrinfoList(Addrinfos list) -> list(list);
            case Result.Nameinfo(Netdb.Nameinfo found) ->
                    new CallAnswer.Nameinfo(0, found.host(), found.service());
            case Result.Nothing() -> new CallAnswer.Nothing();
        };
    }

    /** A list of getaddrinfo as its call answered it. */
    public static CallAnswer.AddrinfoList list(Addrinfos list) {
        return new CallAnswer.AddrinfoList(
                0,
                list.id(),
                list.res().stream().map(AnswerWriter::addrinfo).toList(),
                new CallAnswer.Lookup(
                        list.lookup().source().name().toLowerCase(Locale.ROOT),
                        null,
                        null,
                        list.lookup().elapsed().toNanos() / 1e6));
    }

    private static CallAnswer.Addrinfo addrinfo(Netdb.Addrinfo ai) {
        return new CallAnswer.Addrinfo(
                AddressFamily.NAMES.nameOrNumber(ai.family()),
                SocketType.NAMES.nameOrNumber(ai.socktype()),
                IpProtocol.NAMES.nameOrNumber(ai.protocol()),
                ai.addr(),
                ai.canonname());
    }

    private static CallAnswer.Pollfd pollfd(Result.Revents one) {
        return new CallAnswer.Pollfd(one.fd(), PollEvent.NAMES.flags(one.revents()));
    }

    private static CallAnswer.EpollEventAnswer event(Result.Event one) {
        return new CallAnswer.EpollEventAnswer(EpollEvent.NAMES.flags(one.events()), one.data());
    }

    /** An option that was read. */
    public static CallAnswer.Sockopt option(
            Result.OptionRead read, @Nullable DataEncoding encoding) {
        String name = SocketOption.name(read.level(), read.optname());
        return new CallAnswer.Sockopt(
                0,
                SocketOption.levelText(read.level()),
                name == null ? (Object) read.optname() : name,
                OptionValues.write(read.optval(), encoding));
    }

    /** What of the message the call asks for. */
    private static CallAnswer received(
            Call call, Result.Received received, @Nullable DataEncoding encoding) {
        if (call instanceof Call.Recvmsg recvmsg) {
            return message(recvmsg, received, encoding);
        }
        DataEncoding.Encoded data = DataEncoding.encode(received.bytes(), encoding);
        return call instanceof Call.Recvfrom
                ? new CallAnswer.ReceivedFrom(
                        received.returned(), data.data(), data.encoding(), received.with().name())
                : new CallAnswer.Received(received.returned(), data.data(), data.encoding());
    }

    private static CallAnswer message(
            Call.Recvmsg call, Result.Received received, @Nullable DataEncoding encoding) {
        List<CallAnswer.Bytes> iov = new ArrayList<>();
        byte[] bytes = received.bytes();
        int at = 0;
        for (long length : call.iovLen()) {
            int end = (int) Math.min(bytes.length, at + length);
            iov.add(CallAnswer.Bytes.of(Arrays.copyOfRange(bytes, at, end), encoding));
            at = end;
        }
        Result.Envelope with = received.with();
        return new CallAnswer.Message(
                received.returned(),
                with.name(),
                iov,
                with.control().stream()
                        .map(control -> ControlWriter.answer(control, encoding))
                        .toList(),
                MessageFlag.NAMES.flags(with.flags()));
    }
}
