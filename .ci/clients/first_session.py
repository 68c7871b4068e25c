"""A first session with the Python client that OpenAPI Generator makes of the service's document."""

import sys

import socketlab_client as lab


def main(url):
    client = lab.ApiClient(lab.Configuration(host=url))
    sid = lab.SessionsApi(client).create_session(lab.SessionRequest(name="python", network="host")).id
    server, data, options = lab.ServerApi(client), lab.DataApi(client), lab.OptionsApi(client)
    connection, ending = lab.ConnectionApi(client), lab.ExitApi(client)

    def address(text):
        return lab.AddressRequest(addr=lab.SocketAddress(text))

    names = lab.NamesApi(client).getaddrinfo(
        sid, lab.GetaddrinfoRequest(node="127.0.0.1", service="80")
    )
    assert names.res[0].addr.address == "127.0.0.1", names
    listener = server.socket(sid).fd
    assert listener == 3
    server.bind(sid, listener, address("127.0.0.1:0"))
    server.listen(sid, listener, lab.ListenRequest(backlog=5))
    port = connection.getsockname(sid, listener).addr.port
    client_fd = server.socket(
        sid, lab.SocketRequest(domain=lab.AddressFamily("AF_INET"), type=lab.SocketType("SOCK_STREAM"))
    ).fd
    lab.ClientApi(client).connect(sid, client_fd, address(f"127.0.0.1:{port}"))
    accepted = connection.accept(sid, listener)
    assert accepted.addr.family.actual_instance == "AF_INET", accepted
    assert data.send(sid, client_fd, lab.SendRequest(data="hello")).returned == 5
    received = data.recv(sid, accepted.fd, lab.RecvRequest(len=100))
    assert (received.returned, received.data, received.encoding) == (5, "hello", "utf-8"), received
    try:
        data.recv(sid, accepted.fd, lab.RecvRequest(len=100, flags=[lab.MessageFlag("MSG_DONTWAIT")]))
        raise AssertionError("nothing was left to receive")
    except lab.ApiException as problem:
        assert problem.status == 409 and "EAGAIN" in problem.body, problem
    options.setsockopt(sid, client_fd, "TCP_NODELAY", lab.SetRequest(optval=lab.OptionValue(1)))
    assert options.getsockopt(sid, client_fd, "TCP_NODELAY").optval.actual_instance == 1
    assert len(options.getsockopt_all(sid, client_fd).options) > 50
    report = ending.end_session(sid)
    assert (report.closed, report.unfreed) == ([3, 4, 5], [1]), report
    print("python: a first session")


main(sys.argv[1])
