package dev.socketlab.json;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Argument;
import dev.socketlab.call.Arguments;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.OptionValues;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Netdb;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a call as {@link CallReader} reads it: its parameters by their C names, but for bytes,
 * which are {@code data} in an {@code encoding}, and flags or-ed into a type, which are {@code
 * flags}.
 */
public final class CallWriter {
    private final JsonMapper mapper;

    /**
     * @param mapper as {@link dev.socketlab.json.value.StrictJson} configures one
     */
    public CallWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The call's name, and its parameters but those in which it answers. */
    public ObjectNode write(Call call) {
        ObjectNode object = mapper.createObjectNode().put("call", call.name());
        Arguments.of(call).forEach(argument -> write(object, argument));
        return object;
    }

    private void write(ObjectNode object, Argument argument) {
        switch (argument) {
            case Argument.Fd(String name, int fd) -> object.put(name, fd);
            case Argument.Scalar(String name, long value) -> object.put(name, value);
            case Argument.Constant(String name, String constant, int value) ->
                    put(object, name, constant == null ? (Object) value : constant);
            case Argument.NetworkConstant(String name, String constant, int _) ->
                    object.put(name, constant);
            case Argument.Flags flags -> flags(object, flags);
            case Argument.ConstantWithFlags(Argument.Constant constant, Argument.Flags flags) -> {
                write(object, constant);
                flags(object, new Argument.Flags("flags", flags.names(), flags.mask()));
            }
            case Argument.Address(String name, var address) -> put(object, name, address);
            case Argument.Data(String _, byte[] bytes) -> data(object, bytes);
            case Argument.Text(String name, byte[] bytes) -> text(object, name, bytes);
            case Argument.Value(String name, var value) ->
                    put(object, name, OptionValues.write(value, null));
            case Argument.Message message -> message(object, message);
            case Argument.MessageRoom(String _, List<Long> iovLen, int controllen) -> {
                put(object, "iov_len", iovLen);
                object.put("controllen", controllen);
            }
            case Argument.Pollfds(String name, var fds) -> pollfds(object.putArray(name), fds);
            case Argument.Event(String _, int events, String data) -> {
                put(object, "events", EpollEvent.NAMES.flags(events));
                object.set("data", mapper.readTree(data));
            }
            case Argument.Hints(String name, Netdb.Hints hints) -> {
                if (hints != null) {
                    hints(object.putObject(name), hints);
                }
            }
            case Argument.Beside(String name, Object value) -> put(object, name, value);
            case Argument.Out _ -> {}
        }
    }

    private void put(ObjectNode object, String name, @Nullable Object value) {
        if (value != null) {
            object.set(name, mapper.valueToTree(value));
        }
    }

    private void flags(ObjectNode object, Argument.Flags flags) {
        if (flags.mask() != 0) {
            put(object, flags.name(), flags.names().flags(flags.mask()));
        }
    }

    private static void data(ObjectNode object, byte[] bytes) {
        DataEncoding.Encoded data = DataEncoding.encode(bytes, null);
        object.put("data", data.data()).put("encoding", data.encoding().text());
    }

    private static void text(ObjectNode object, String name, byte @Nullable [] bytes) {
        if (bytes != null) {
            DataEncoding.Encoded text = DataEncoding.encode(bytes, null);
            object.put(name, text.data());
            if (text.encoding() != DataEncoding.UTF_8) {
                object.put("encoding", text.encoding().text());
            }
        }
    }

    private void message(ObjectNode object, Argument.Message message) {
        put(object, "msg_name", message.msgName());
        ArrayNode iov = object.putArray("msg_iov");
        message.iov().forEach(bytes -> data(iov.addObject(), bytes));
        ArrayNode control = object.putArray("msg_control");
        for (Control one : message.control()) {
            switch (one) {
                case Control.Rights(List<Integer> fds) ->
                        put(
                                control.addObject()
                                        .put("level", "SOL_SOCKET")
                                        .put("type", "SCM_RIGHTS"),
                                "fds",
                                fds);
                case Control.Other(ControlMessage(int level, int type, byte[] data)) ->
                        data(control.addObject().put("level", level).put("type", type), data);
            }
        }
    }

    private void pollfds(ArrayNode array, List<Call.Pollfd> fds) {
        for (Call.Pollfd one : fds) {
            put(
                    array.addObject().put("fd", one.fd()),
                    "events",
                    PollEvent.NAMES.flags(one.events()));
        }
    }

    private void hints(ObjectNode object, Netdb.Hints hints) {
        named(object, "family", AddressFamily.NAMES, hints.family());
        named(object, "socktype", SocketType.NAMES, hints.socktype());
        named(object, "protocol", IpProtocol.NAMES, hints.protocol());
        put(object, "flags", AddrinfoFlag.NAMES.flags(hints.flags()));
    }

    private void named(ObjectNode object, String name, ConstantSet names, int value) {
        put(object, name, names.nameOrNumber(value));
    }
}
