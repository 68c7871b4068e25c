package dev.socketlab.json;

import dev.socketlab.call.Call;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.form.AcceptForm;
import dev.socketlab.json.form.BindForm;
import dev.socketlab.json.form.CloseForm;
import dev.socketlab.json.form.ConnectForm;
import dev.socketlab.json.form.DescriptorForm;
import dev.socketlab.json.form.Dup2Form;
import dev.socketlab.json.form.DupForm;
import dev.socketlab.json.form.EpollCreate1Form;
import dev.socketlab.json.form.EpollCtlForm;
import dev.socketlab.json.form.EpollWaitForm;
import dev.socketlab.json.form.FcntlForm;
import dev.socketlab.json.form.FreeaddrinfoForm;
import dev.socketlab.json.form.GetaddrinfoForm;
import dev.socketlab.json.form.GetnameinfoForm;
import dev.socketlab.json.form.GetpeernameForm;
import dev.socketlab.json.form.GetsocknameForm;
import dev.socketlab.json.form.GetsockoptForm;
import dev.socketlab.json.form.IoctlForm;
import dev.socketlab.json.form.ListenForm;
import dev.socketlab.json.form.PollForm;
import dev.socketlab.json.form.ProcessForm;
import dev.socketlab.json.form.ReadForm;
import dev.socketlab.json.form.RecvForm;
import dev.socketlab.json.form.RecvfromForm;
import dev.socketlab.json.form.RecvmsgForm;
import dev.socketlab.json.form.SendForm;
import dev.socketlab.json.form.SendmsgForm;
import dev.socketlab.json.form.SendtoForm;
import dev.socketlab.json.form.SetsockoptForm;
import dev.socketlab.json.form.ShutdownForm;
import dev.socketlab.json.form.SocketForm;
import dev.socketlab.json.form.SocketpairForm;
import dev.socketlab.json.form.UnlinkForm;
import dev.socketlab.json.form.WriteForm;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Word;
import dev.socketlab.refusal.Reason;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a call with no request around it: {@code {"call":"bind","fd":3,"addr":"127.0.0.1:80"}}. The
 * call has its C name; its parameters have theirs, or the words that the URL of the call has for
 * them.
 */
public final class CallReader {
    /** From the words of a call, which are taken first, and its form, to the call. */
    private interface Reading {
        Call read(Parameters parameters);
    }

    private static final Map<String, Reading> READINGS = new TreeMap<>();

    static {
        process("socket", SocketForm.class);
        process("socketpair", SocketpairForm.class);
        descriptor("bind", BindForm.class);
        descriptor("listen", ListenForm.class);
        descriptor("accept", AcceptForm.class);
        descriptor("accept4", AcceptForm.class);
        descriptor("connect", ConnectForm.class);
        descriptor("send", SendForm.class);
        descriptor("recv", RecvForm.class);
        descriptor("sendto", SendtoForm.class);
        descriptor("recvfrom", RecvfromForm.class);
        descriptor("sendmsg", SendmsgForm.class);
        descriptor("recvmsg", RecvmsgForm.class);
        descriptor("write", WriteForm.class);
        descriptor("read", ReadForm.class);
        descriptor("shutdown", ShutdownForm.class);
        descriptor("close", CloseForm.class);
        descriptor("getsockname", GetsocknameForm.class);
        descriptor("getpeername", GetpeernameForm.class);
        READINGS.put("getsockopt", CallReader::getsockopt);
        READINGS.put("setsockopt", CallReader::setsockopt);
        descriptor("fcntl", FcntlForm.class);
        READINGS.put("ioctl", CallReader::ioctl);
        descriptor("dup", DupForm.class);
        descriptor("dup2", Dup2Form.class);
        process("poll", PollForm.class);
        process("epoll_create1", EpollCreate1Form.class);
        READINGS.put("epoll_ctl", CallReader::epollCtl);
        READINGS.put("epoll_wait", CallReader::epollWait);
        READINGS.put("unlink", CallReader::unlink);
        process("getaddrinfo", GetaddrinfoForm.class);
        READINGS.put("freeaddrinfo", CallReader::freeaddrinfo);
        process("getnameinfo", GetnameinfoForm.class);
    }

    private final JsonMapper mapper;

    /**
     * @param mapper as {@link dev.socketlab.json.value.StrictJson} configures one
     */
    public CallReader(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * A call that is asked for.
     *
     * @param answerEncoding how the bytes of its answer are written; null for the usual
     */
    public record Asked(Call call, @Nullable DataEncoding answerEncoding) {}

    private static void process(String name, Class<? extends ProcessForm> form) {
        READINGS.put(name, parameters -> parameters.form(form).toCall());
    }

    private static void descriptor(String name, Class<? extends DescriptorForm> form) {
        READINGS.put(
                name,
                parameters -> {
                    int fd = parameters.fd();
                    return parameters.form(form).toCall(fd);
                });
    }

    private static Call getsockopt(Parameters parameters) {
        int fd = parameters.fd();
        SocketOption.Named option = parameters.option();
        return parameters.form(GetsockoptForm.class).toCall(fd, option);
    }

    private static Call setsockopt(Parameters parameters) {
        int fd = parameters.fd();
        SocketOption.Named option = parameters.option();
        return parameters.form(SetsockoptForm.class).toCall(fd, option);
    }

    private static Call ioctl(Parameters parameters) {
        int fd = parameters.fd();
        Word request = parameters.word("request");
        return parameters.form(IoctlForm.class).toCall(fd, request);
    }

    private static Call epollCtl(Parameters parameters) {
        int epfd = parameters.number("epfd");
        return parameters.form(EpollCtlForm.class).toCall(epfd);
    }

    private static Call epollWait(Parameters parameters) {
        int epfd = parameters.number("epfd");
        return parameters.form(EpollWaitForm.class).toCall(epfd);
    }

    private static Call unlink(Parameters parameters) {
        Word pathname = parameters.word("pathname", "path");
        return parameters.form(UnlinkForm.class).toCall(pathname);
    }

    private static Call freeaddrinfo(Parameters parameters) {
        int res = parameters.number("res", "id");
        return parameters.form(FreeaddrinfoForm.class).toCall(res);
    }

    /** The names of the calls. */
    public static Set<String> names() {
        return READINGS.keySet();
    }

    /**
     * Reads a call.
     *
     * @param object the call's name as {@code call}, and its parameters
     * @throws InvalidRequestException when it is none; {@code where} is a pointer into the object
     */
    public Asked read(ObjectNode object) {
        JsonNode name = object.path("call");
        Reading reading = name.isString() ? READINGS.get(name.stringValue()) : null;
        if (reading == null) {
            throw new InvalidRequestException(
                    "/call", Reason.of("expected.call", String.join(", ", names())));
        }
        Parameters parameters = new Parameters(mapper, object.deepCopy().without("call"));
        try {
            Call call = reading.read(parameters);
            return new Asked(call, parameters.answerEncoding());
        } catch (InvalidRequestException e) {
            throw e.under("");
        }
    }
}
