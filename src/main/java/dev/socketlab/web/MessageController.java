package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages of several buffers and with control messages: sendmsg, recvmsg. */
@RestController
@RequestMapping(
        path = ApiPath.SESSION + "/sockets/{fd}",
        produces = MediaType.APPLICATION_JSON_VALUE)
class MessageController {
    private static final int MAX_CONTROLLEN = 65536;

    private final Api api;

    MessageController(Api api) {
        this.api = api;
    }

    record IovecRequest(@Required String data, @Nullable DataEncoding encoding) {}

    record SendmsgRequest(
            @Nullable SocketAddress msg_name,
            @Nullable List<IovecRequest> msg_iov,
            @Nullable List<ControlItem.ControlRequest> msg_control,
            @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags) {}

    record RecvmsgRequest(
            @Nullable List<Long> iov_len,
            @Nullable Integer controllen,
            @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
            @Nullable DataEncoding encoding) {}

    @PostMapping("/sendmsg")
    CallAnswer sendmsg(
            Session session,
            @PathVariable int fd,
            @RequestBody SendmsgRequest request,
            Caller caller) {
        Call call =
                new Call.Sendmsg(
                        fd,
                        request.msg_name(),
                        iov(orEmpty(request.msg_iov())),
                        control(orEmpty(request.msg_control())),
                        SocketController.or(request.flags(), 0));
        return api.answer(session, call, caller);
    }

    private static List<byte[]> iov(List<IovecRequest> items) {
        List<byte[]> iov = new ArrayList<>();
        for (IovecRequest item : items) {
            String where = "/msg_iov/" + iov.size() + "/data";
            iov.add(TransferController.decode(where, item.data(), item.encoding()));
        }
        return iov;
    }

    private static List<Control> control(List<ControlItem.ControlRequest> items) {
        List<Control> control = new ArrayList<>();
        for (ControlItem.ControlRequest item : items) {
            control.add(ControlItem.parse(item, "/msg_control/" + control.size()));
        }
        return control;
    }

    @PostMapping("/recvmsg")
    CallAnswer recvmsg(
            Session session,
            @PathVariable int fd,
            @RequestBody RecvmsgRequest request,
            Caller caller) {
        List<Long> iovLen = orEmpty(request.iov_len());
        for (int i = 0; i < iovLen.size(); i++) {
            TransferController.checkLength("/iov_len/" + i, iovLen.get(i));
        }
        int controllen = SocketController.or(request.controllen(), 0);
        if (controllen < 0 || controllen > MAX_CONTROLLEN) {
            throw new InvalidRequestException(
                    "/controllen", "controllen is 0 to " + MAX_CONTROLLEN);
        }
        int flags = SocketController.or(request.flags(), 0);
        Call call = new Call.Recvmsg(fd, iovLen, controllen, flags);
        return api.answer(session, call, caller, request.encoding());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
