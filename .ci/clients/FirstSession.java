import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.*;
import org.openapitools.client.model.*;

/** A first session with the Java client that OpenAPI Generator makes of the service's document. */
class FirstSession {
    private final ApiClient client;
    private final String sid;

    private FirstSession(ApiClient client, String sid) {
        this.client = client;
        this.sid = sid;
    }

    public static void main(String[] args) throws ApiException {
        ApiClient client = new ApiClient().setBasePath(args[0]);
        SessionsApi sessions = new SessionsApi(client);
        ExitApi exit = new ExitApi(client);

        Created standard = sessions.createSession(null);
        check(standard.getHosts().get(0).getInterface() == null, standard);
        exit.endSession(standard.getId());

        List<HostRequest> hosts =
                List.of(new HostRequest().name("client"), new HostRequest().name("server"));
        Created made = sessions.createSession(new SessionRequest().name("java").hosts(hosts));
        check(made.getHosts().stream().allMatch(host -> "eth0".equals(host.getInterface())), made);
        FirstSession session = new FirstSession(client, made.getId());
        session.connect();
        session.transfer();
        session.look();
        session.await();
        session.control();
        LeakReport report = exit.endSession(made.getId());
        check(report.getClosed().size() == 8 && report.getUnfreed().equals(List.of(1)), report);
        System.out.println("java: a first session");
    }

    private static void check(boolean holds, Object seen) {
        if (!holds) {
            throw new AssertionError(seen);
        }
    }

    private static AddressRequest address(String text) {
        return new AddressRequest().addr(new SocketAddress(text));
    }

    /** The connected sockets of a client and a server, 3 and 5; 4 listens. */
    private void connect() throws ApiException {
        ServerApi server = new ServerApi(client);
        AddrinfoList found =
                new NamesApi(client)
                        .getaddrinfo(
                                sid, new GetaddrinfoRequest().node("server").service("80"), null);
        check(
                found.getRes().stream()
                        .anyMatch(one -> one.getAddr().getAddress().equals("10.0.0.2")),
                found);
        check(server.socket(sid, null).getFd() == 3, sid); // on the first host, the client's
        SocketRequest listener =
                new SocketRequest()
                        .domain(new AddressFamily("AF_INET"))
                        .type(new SocketType("SOCK_STREAM"))
                        .host("server");
        check(server.socket(sid, listener).getFd() == 4, sid);
        server.bind(sid, 4, address("10.0.0.2:80"));
        server.listen(sid, 4, new ListenRequest().backlog(5));
        new ClientApi(client).connect(sid, 3, address("10.0.0.2:80"), null);
        Accepted accepted = new ConnectionApi(client).accept(sid, 4, null, null);
        check(accepted.getFd() == 5, accepted);
        check(accepted.getAddr().getFamily().getString().equals("AF_INET"), accepted);
    }

    private void transfer() throws ApiException {
        DataApi data = new DataApi(client);
        check(data.send(sid, 3, new SendRequest().data("hello"), null, null).getReturned() == 5, 5);
        Received received = data.recv(sid, 5, new RecvRequest().len(100L), null);
        check(received.getData().equals("hello"), received);
        MessageFlags flags = new MessageFlags();
        flags.setActualInstance(List.of(new MessageFlag("MSG_DONTWAIT")));
        try {
            check(false, data.recv(sid, 5, new RecvRequest().len(100L).flags(flags), null));
        } catch (ApiException problem) {
            check(problem.getCode() == 409, problem);
            check(problem.getResponseBody().contains("EAGAIN"), problem.getResponseBody());
        }
    }

    private void look() throws ApiException {
        OptionsApi options = new OptionsApi(client);
        set(3, "TCP_NODELAY");
        Sockopt noDelay = options.getsockopt(sid, 3, "TCP_NODELAY", null, null, null);
        check(noDelay.getOptval().getBigDecimal().intValueExact() == 1, noDelay);
        Map<String, OptionValue> read = new HashMap<>();
        options.getsockoptAll(sid, 3)
                .getOptions()
                .forEach(one -> read.put(one.getOptname().getString(), one.getOptval()));
        BigDecimal unlimited = new BigDecimal("18446744073709551615");
        check(read.size() > 50, read);
        check(read.get("SO_MAX_PACING_RATE").getBigDecimal().equals(unlimited), read);
        check(read.get("SO_LINGER").getLinger().getlOnoff() == 0, read);
        check(read.get("TCP_INFO").getTcpInfo().getState().equals("ESTABLISHED"), read);
        WhatTheKernelKnowsApi kernel = new WhatTheKernelKnowsApi(client);
        SocketAnswer connected = kernel.getSocket(sid, 5);
        check(connected.getTcp().getState().equals("ESTABLISHED"), connected);
        check(connected.getPeer().getAddress().equals("10.0.0.1"), connected);
        SocketAnswer listening = kernel.getSocket(sid, 4);
        check(listening.getState().equals("LISTEN") && listening.getPeer() == null, listening);
        check(listening.getQueues().getAccept().getLimit() == 5, listening);
    }

    private void set(int fd, String option) throws ApiException {
        SetRequest one = new SetRequest().optval(new OptionValue(BigDecimal.ONE));
        new OptionsApi(client).setsockopt(sid, fd, option, one, null);
    }

    private void await() throws ApiException {
        SeveralAtOnceApi several = new SeveralAtOnceApi(client);
        int epfd = several.epollCreate1(sid, null).getFd();
        EpollEvents events = new EpollEvents();
        events.setActualInstance(List.of(new EpollEvent("EPOLLOUT")));
        several.epollCtl(
                sid,
                epfd,
                new EpollCtlRequest()
                        .op(new EpollOperation("EPOLL_CTL_ADD"))
                        .fd(3)
                        .events(events)
                        .data(Map.of("name", "client")));
        EpollEventAnswer event = several.epollWait(sid, epfd, null, null).getEvents().get(0);
        check(event.getEvents().get(0).getString().equals("EPOLLOUT"), event);
        check(event.getData().equals(Map.of("name", "client")), event);
    }

    private void control() throws ApiException {
        MessagesApi messages = new MessagesApi(client);
        List<Integer> sv = messages.socketpair(sid, null).getSv();
        ControlRequest rights =
                new ControlRequest()
                        .level(new NameOrNumber("SOL_SOCKET"))
                        .type(new NameOrNumber("SCM_RIGHTS"))
                        .fds(List.of(3));
        SendmsgRequest message =
                new SendmsgRequest()
                        .msgIov(List.of(new IovecRequest().data("take it")))
                        .msgControl(List.of(rights));
        messages.sendmsg(sid, sv.get(0), message, null);
        RecvmsgRequest room =
                new RecvmsgRequest().iovLen(new ArrayList<>(List.of(100L))).controllen(64);
        Message taken = messages.recvmsg(sid, sv.get(1), room, null);
        check(taken.getMsgControl().get(0).getFds().size() == 1, taken);

        ServerApi server = new ServerApi(client);
        int udp =
                server.socket(sid, new SocketRequest().type(new SocketType("SOCK_DGRAM"))).getFd();
        server.bind(sid, udp, address("10.0.0.1:53"));
        set(udp, "IP_PKTINFO");
        SendtoRequest toItself =
                new SendtoRequest().data("x").destAddr(new SocketAddress("10.0.0.1:53"));
        messages.sendto(sid, udp, toItself, null, null, null);
        Message told = messages.recvmsg(sid, udp, room, null);
        InPktinfo info = told.getMsgControl().get(0).getValue().getInPktinfo();
        check(info.getIpiAddr().equals("10.0.0.1"), told);
    }
}
