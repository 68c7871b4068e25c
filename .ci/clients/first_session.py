"""A first session with the Python client that OpenAPI Generator makes of the service's document."""

import sys

import socketlab_client as lab


class Session:
    """A session, its calls in short."""

    def __init__(self, client, sid):
        self.sid = sid
        self.names, self.server, self.client = lab.NamesApi(client), lab.ServerApi(client), lab.ClientApi(client)
        self.connection, self.data, self.options = lab.ConnectionApi(client), lab.DataApi(client), lab.OptionsApi(client)
        self.messages, self.several = lab.MessagesApi(client), lab.SeveralAtOnceApi(client)
        self.kernel, self.exit = lab.WhatTheKernelKnowsApi(client), lab.ExitApi(client)

    def connect(self):
        """The connected sockets of a client and a server, 3 and 5; 4 listens."""
        found = self.names.getaddrinfo(self.sid, lab.GetaddrinfoRequest(node="server", service="80"))
        assert "10.0.0.2" in [one.addr.address for one in found.res], found
        addr = lab.AddressRequest(addr=lab.SocketAddress("10.0.0.2:80"))
        assert self.server.socket(self.sid).fd == 3  # on the first host, the client's
        listener = self.server.socket(
            self.sid,
            lab.SocketRequest(domain=lab.AddressFamily("AF_INET"), type=lab.SocketType("SOCK_STREAM"), host="server"),
        )
        assert listener.fd == 4, listener
        self.server.bind(self.sid, 4, addr)
        self.server.listen(self.sid, 4, lab.ListenRequest(backlog=5))
        self.client.connect(self.sid, 3, addr)
        accepted = self.connection.accept(self.sid, 4)
        assert (accepted.fd, accepted.addr.family.actual_instance) == (5, "AF_INET"), accepted

    def transfer(self):
        assert self.data.send(self.sid, 3, lab.SendRequest(data="hello")).returned == 5
        received = self.data.recv(self.sid, 5, lab.RecvRequest(len=100))
        assert (received.returned, received.data, received.encoding) == (5, "hello", "utf-8"), received
        flags = lab.MessageFlags(["MSG_DONTWAIT"])
        try:
            self.data.recv(self.sid, 5, lab.RecvRequest(len=100, flags=flags))
            raise AssertionError("nothing was left to receive")
        except lab.ApiException as problem:
            assert problem.status == 409 and "EAGAIN" in problem.body, problem

    def look(self):
        self.options.setsockopt(self.sid, 3, "TCP_NODELAY", lab.SetRequest(optval=lab.OptionValue(1)))
        assert self.options.getsockopt(self.sid, 3, "TCP_NODELAY").optval.actual_instance == 1
        read = {
            one.optname.actual_instance: one.optval.actual_instance
            for one in self.options.getsockopt_all(self.sid, 3).options
        }
        assert len(read) > 50 and read["SO_MAX_PACING_RATE"] == 2**64 - 1, read
        assert (read["SO_LINGER"].l_onoff, read["TCP_INFO"].state) == (0, "ESTABLISHED"), read
        connected, listening = self.kernel.get_socket(self.sid, 5), self.kernel.get_socket(self.sid, 4)
        assert (connected.tcp.state, connected.peer.address) == ("ESTABLISHED", "10.0.0.1"), connected
        assert (listening.state, listening.peer, listening.queues.accept.limit) == ("LISTEN", None, 5), listening

    def wait(self):
        epfd = self.several.epoll_create1(self.sid).fd
        events = lab.EpollEvents(["EPOLLOUT"])
        entry = lab.EpollCtlRequest(op=lab.EpollOperation("EPOLL_CTL_ADD"), fd=3, events=events, data={"name": "client"})
        self.several.epoll_ctl(self.sid, epfd, entry)
        event = self.several.epoll_wait(self.sid, epfd).events[0]
        assert (event.events[0].actual_instance, event.data) == ("EPOLLOUT", {"name": "client"}), event

    def control(self):
        a, b = self.messages.socketpair(self.sid).sv
        rights = lab.ControlRequest(level=lab.NameOrNumber("SOL_SOCKET"), type=lab.NameOrNumber("SCM_RIGHTS"), fds=[3])
        message = lab.SendmsgRequest(msg_iov=[lab.IovecRequest(data="take it")], msg_control=[rights])
        self.messages.sendmsg(self.sid, a, message)
        taken = self.messages.recvmsg(self.sid, b, lab.RecvmsgRequest(iov_len=[100], controllen=64))
        assert taken.msg_iov[0].data == "take it" and len(taken.msg_control[0].fds) == 1, taken
        udp = self.server.socket(self.sid, lab.SocketRequest(type=lab.SocketType("SOCK_DGRAM"))).fd
        self.server.bind(self.sid, udp, lab.AddressRequest(addr=lab.SocketAddress("10.0.0.1:53")))
        self.options.setsockopt(self.sid, udp, "IP_PKTINFO", lab.SetRequest(optval=lab.OptionValue(1)))
        to_itself = lab.SendtoRequest(data="x", dest_addr=lab.SocketAddress("10.0.0.1:53"))
        self.messages.sendto(self.sid, udp, to_itself)
        told = self.messages.recvmsg(self.sid, udp, lab.RecvmsgRequest(iov_len=[9], controllen=64))
        assert told.msg_control[0].value.actual_instance.ipi_addr == "10.0.0.1", told


def main(url):
    client = lab.ApiClient(lab.Configuration(host=url))
    sessions = lab.SessionsApi(client)
    default = sessions.create_session()
    assert (default.network, default.hosts[0].interface) == ("isolated", None), default
    lab.ExitApi(client).end_session(default.id)
    hosts = [lab.HostRequest(name="client"), lab.HostRequest(name="server")]
    made = sessions.create_session(lab.SessionRequest(name="python", hosts=hosts))
    assert [host.interface for host in made.hosts] == ["eth0", "eth0"], made
    session = Session(client, made.id)
    for step in (session.connect, session.transfer, session.look, session.wait, session.control):
        step()
    report = session.exit.end_session(made.id)
    assert (len(report.closed), report.unfreed) == (8, [1]), report
    print("python: a first session")


main(sys.argv[1])
