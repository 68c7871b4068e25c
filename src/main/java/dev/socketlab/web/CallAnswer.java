package dev.socketlab.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Addrinfos;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.AddressForm;
import dev.socketlab.json.Addresses;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.linux.Netdb;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import dev.socketlab.web.problem.CallFailedException;
import dev.socketlab.web.problem.Problems;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of calls that succeed: what C returned, and the out-parameters by their names.
 */
public sealed interface CallAnswer {
    /** An answer of a call that made something, which has a URL of its own. */
    sealed interface Created extends CallAnswer {
        /** The URL, or null where the call is not one that HTTP says 201 of. */
        @Nullable String location();
    }

    record Returned(long returned) implements CallAnswer {}

    record Opened(long returned, int fd, @JsonIgnore @Nullable String location)
            implements Created {}

    record Accepted(
            long returned,
            int fd,
            @Nullable AddressForm addr,
            @JsonIgnore @Nullable String location)
            implements Created {}

    record Received(long returned, String data, DataEncoding encoding) implements CallAnswer {}

    record ReceivedFrom(
            long returned, String data, DataEncoding encoding, @Nullable AddressForm src_addr)
            implements CallAnswer {}

    record Message(
            long returned,
            @Nullable AddressForm msg_name,
            List<Bytes> msg_iov,
            List<ControlItem.Answer> msg_control,
            @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> msg_flags)
            implements CallAnswer {}

    record Pair(long returned, List<Integer> sv, @JsonIgnore @Nullable String location)
            implements Created {}

    record Value(long returned, int value) implements CallAnswer {}

    record Pollfd(
            int fd, @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> revents) {}

    record Polled(long returned, List<Pollfd> fds) implements CallAnswer {}

    record EpollEventAnswer(
            @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> events,
            @Schema(ref = "AnyJson") @JsonRawValue String data) {}

    record Events(long returned, List<EpollEventAnswer> events) implements CallAnswer {}

    record Name(long returned, @Nullable AddressForm addr) implements CallAnswer {}

    record Option(
            long returned,
            String level,
            @Schema(ref = "NameOrNumber") Object optname,
            @Schema(ref = "OptionValue") Object optval)
            implements CallAnswer {}

    /** One of all options, with what it does. */
    record DescribedOption(
            long returned,
            String level,
            @Schema(ref = "NameOrNumber") Object optname,
            @Schema(ref = "OptionValue") Object optval,
            String description) {}

    record Flags(
            long returned, @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> flags)
            implements CallAnswer {}

    record Addrinfo(
            @Schema(ref = "NameOrNumber") Object family,
            @Schema(ref = "NameOrNumber") Object socktype,
            @Schema(ref = "NameOrNumber") Object protocol,
            @Nullable AddressForm addr,
            @Nullable String canonname) {}

    record Lookup(
            String source,
            @Nullable String nameserver,
            @Nullable String transport,
            double elapsedMillis) {}

    record AddrinfoList(
            long returned,
            int id,
            List<Addrinfo> res,
            Lookup lookup,
            @JsonIgnore @Nullable String location)
            implements Created {}

    record Nameinfo(long returned, String host, String service) implements CallAnswer {}

    record Nothing() implements CallAnswer {}

    record Linger(int l_onoff, int l_linger) {}

    record Timeval(long tv_sec, long tv_usec) {}

    record Ucred(int pid, long uid, long gid) {}

    record Bytes(String data, DataEncoding encoding) {}

    /**
     * The answer of a call that succeeded.
     *
     * @throws CallFailedException when it failed
     */
    static CallAnswer of(
            Session session, Call call, Result result, @Nullable DataEncoding encoding) {
        return switch (result) {
            case Result.Returned(int value) -> new Returned(value);
            case Result.NewDescriptor(int fd, var addr, boolean withAddress) -> {
                String location =
                        call instanceof Call.Fcntl ? null : location(session, "sockets", fd);
                yield withAddress
                        ? new Accepted(fd, fd, Addresses.form(addr), location)
                        : new Opened(fd, fd, location);
            }
            case Result.NewPair(int first, int second) ->
                    new Pair(0, List.of(first, second), location(session, "sockets", first));
            case Result.Received received -> ReceivedAnswer.of(call, received, encoding);
            case Result.Value(int value) -> new Value(0, value);
            case Result.Polled(int returned, var fds) ->
                    new Polled(
                            returned,
                            fds.stream()
                                    .map(one ->
                                            new Pollfd(
                                                    one.fd(), PollEvent.NAMES.flags(one.revents())))
                                    .toList());
            case Result.Events(var events) ->
                    new Events(
                            events.size(),
                            events.stream()
                                    .map(one ->
                                            new EpollEventAnswer(
                                                    EpollEvent.NAMES.flags(one.events()),
                                                    one.data()))
                                    .toList());
            case Result.Name(var addr) -> new Name(0, Addresses.form(addr));
            case Result.OptionRead read -> option(read, encoding);
            case Result.Flags(int cmd, int mask) ->
                    new Flags(
                            mask,
                            cmd == FcntlCommand.F_GETFL
                                    ? StatusFlag.NAMES.flags(mask)
                                    : DescriptorFlag.NAMES.flags(mask));
            case Result.AddrinfoList(Addrinfos list) ->
                    list(list, location(session, "addrinfo", list.id()));
            case Result.Nameinfo(Netdb.Nameinfo found) ->
                    new Nameinfo(0, found.host(), found.service());
            case Result.Nothing() -> new Nothing();
            case Result.Failure failure ->
                    throw new CallFailedException(Problems.of(call, failure));
            case Result.AddrinfoFailure failure ->
                    throw new CallFailedException(Problems.of(call, failure));
        };
    }

    /** A list of getaddrinfo as its call answered it. */
    static AddrinfoList list(Addrinfos list, @Nullable String location) {
        return new AddrinfoList(
                0,
                list.id(),
                list.res().stream().map(CallAnswer::addrinfo).toList(),
                new Lookup(
                        list.lookup().source().name().toLowerCase(Locale.ROOT),
                        null,
                        null,
                        list.lookup().elapsed().toNanos() / 1e6),
                location);
    }

    private static String location(Session session, String kind, int number) {
        return ApiPath.V1 + "/sessions/" + session.id() + "/" + kind + "/" + number;
    }

    /** The value of an option in the form that its option has. */
    static Option option(Result.OptionRead read, @Nullable DataEncoding encoding) {
        String name = SocketOption.name(read.level(), read.optname());
        Object optval =
                switch (read.optval()) {
                    case OptionValue.Scalar(long value, int size) when size == Long.BYTES ->
                            new BigInteger(Long.toUnsignedString(value));
                    case OptionValue.Scalar(long value, int _) -> value;
                    case OptionValue.Text(String text) -> text;
                    case OptionValue.Linger(int onoff, int linger) -> new Linger(onoff, linger);
                    case OptionValue.Timeval(long sec, long usec) -> new Timeval(sec, usec);
                    case OptionValue.Ucred(int pid, int uid, int gid) ->
                            new Ucred(
                                    pid, Integer.toUnsignedLong(uid), Integer.toUnsignedLong(gid));
                    case OptionValue.Mreq _, OptionValue.Mreqn _, OptionValue.Ipv6Mreq _ ->
                            bytes(read.optval().toBytes(), encoding);
                    case OptionValue.TcpInformation info -> info.fields();
                    case OptionValue.Raw(byte[] bytes) -> bytes(bytes, encoding);
                };
        return new Option(
                0,
                SocketOption.levelText(read.level()),
                name == null ? (Object) read.optname() : name,
                optval);
    }

    private static Bytes bytes(byte[] bytes, @Nullable DataEncoding encoding) {
        DataEncoding.Encoded data =
                DataEncoding.encode(bytes, encoding == null ? DataEncoding.BASE64 : encoding);
        return new Bytes(data.data(), data.encoding());
    }

    private static Addrinfo addrinfo(Netdb.Addrinfo ai) {
        return new Addrinfo(
                named(AddressFamily.NAMES, ai.family()),
                named(SocketType.NAMES, ai.socktype()),
                named(IpProtocol.NAMES, ai.protocol()),
                Addresses.form(ai.addr()),
                ai.canonname());
    }

    /** A constant by its name; the number where it has none. */
    static Object named(ConstantSet names, int value) {
        String name = names.name(value);
        return name == null ? (Object) value : name;
    }
}
