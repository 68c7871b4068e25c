// A first session with the TypeScript client that OpenAPI Generator makes of the service's document.
import { strict as assert } from 'node:assert';
import * as lab from './client/index';

async function main(url: string): Promise<void> {
    const at = new lab.Configuration({ basePath: url });
    const sessions = new lab.SessionsApi(at);
    const exit = new lab.ExitApi(at);

    const standard = await sessions.createSession();
    assert.deepEqual([standard.network, standard.hosts[0]?._interface], ['isolated', null]);
    await exit.endSession({ sid: standard.id });

    const made = await sessions.createSession({
        sessionRequest: { name: 'typescript', hosts: [{ name: 'client' }, { name: 'server' }] },
    });
    assert.deepEqual(made.hosts.map((host) => host._interface), ['eth0', 'eth0']);
    const sid = made.id;
    await connect(at, sid);
    await transfer(at, sid);
    await look(at, sid);
    await wait(at, sid);
    await control(at, sid);
    const report = await exit.endSession({ sid });
    assert.deepEqual([report.closed.length, report.unfreed], [8, [1]]);
    console.log('typescript: a first session');
}

// The connected sockets of a client and a server, 3 and 5; 4 listens
async function connect(at: lab.Configuration, sid: string): Promise<void> {
    const server = new lab.ServerApi(at);
    const found = await new lab.NamesApi(at).getaddrinfo({
        sid,
        getaddrinfoRequest: { node: 'server', service: '80' },
    });
    const addr = found.res.map((one) => one.addr).find((one) => one?.address === '10.0.0.2');
    assert(addr);
    assert.equal((await server.socket({ sid })).fd, 3); // on the first host, the client's
    const listener = { domain: 'AF_INET', type: 'SOCK_STREAM', host: 'server' };
    assert.equal((await server.socket({ sid, socketRequest: listener })).fd, 4);
    await server.bind({ sid, fd: 4, addressRequest: { addr: '10.0.0.2:80' } });
    await server.listen({ sid, fd: 4, listenRequest: { backlog: 5 } });
    await new lab.ClientApi(at).connect({ sid, fd: 3, addressRequest: { addr } });
    const accepted = await new lab.ConnectionApi(at).accept({ sid, fd: 4 });
    assert.deepEqual([accepted.fd, accepted.addr?.family], [5, 'AF_INET']);
}

async function transfer(at: lab.Configuration, sid: string): Promise<void> {
    const data = new lab.DataApi(at);
    assert.equal((await data.send({ sid, fd: 3, sendRequest: { data: 'hello' } })).returned, 5);
    const received = await data.recv({ sid, fd: 5, recvRequest: { len: 100 } });
    assert.deepEqual([received.returned, received.data, received.encoding], [5, 'hello', 'utf-8']);
    await assert.rejects(
        data.recv({ sid, fd: 5, recvRequest: { len: 100, flags: ['MSG_DONTWAIT'] } }),
        (error) => error instanceof lab.ResponseError && error.response.status === 409,
    );
}

async function look(at: lab.Configuration, sid: string): Promise<void> {
    const options = new lab.OptionsApi(at);
    const kernel = new lab.WhatTheKernelKnowsApi(at);
    await options.setsockopt({ sid, fd: 3, name: 'TCP_NODELAY', setRequest: { optval: 1 } });
    assert.equal((await options.getsockopt({ sid, fd: 3, name: 'TCP_NODELAY' })).optval, 1);
    const all = (await options.getsockoptAll({ sid, fd: 3 })).options;
    const read = new Map(all.map((one) => [one.optname, one.optval]));
    assert(read.size > 50);
    assert.equal(read.get('SO_MAX_PACING_RATE'), 2 ** 64); // the nearest that a number can be
    assert.deepEqual(read.get('SO_LINGER'), { lOnoff: 0, lLinger: 0 });
    const connected = await kernel.getSocket({ sid, fd: 5 });
    assert.deepEqual([connected.tcp?.state, connected.peer?.address], ['ESTABLISHED', '10.0.0.1']);
    const listening = await kernel.getSocket({ sid, fd: 4 });
    assert.deepEqual([listening.state, listening.peer, listening.queues.accept.limit], ['LISTEN', null, 5]);
}

async function wait(at: lab.Configuration, sid: string): Promise<void> {
    const several = new lab.SeveralAtOnceApi(at);
    const epfd = (await several.epollCreate1({ sid })).fd;
    await several.epollCtl({
        sid,
        epfd,
        epollCtlRequest: { op: 'EPOLL_CTL_ADD', fd: 3, events: ['EPOLLOUT'], data: { name: 'client' } },
    });
    const { events } = await several.epollWait({ sid, epfd });
    assert.deepEqual(events, [{ events: ['EPOLLOUT'], data: { name: 'client' } }]);
}

async function control(at: lab.Configuration, sid: string): Promise<void> {
    const messages = new lab.MessagesApi(at);
    const server = new lab.ServerApi(at);
    const [a, b] = (await messages.socketpair({ sid })).sv;
    assert(a && b);
    const rights = { level: 'SOL_SOCKET', type: 'SCM_RIGHTS', fds: [3] };
    const message = { msgIov: [{ data: 'take it' }], msgControl: [rights] };
    await messages.sendmsg({ sid, fd: a, sendmsgRequest: message });
    const taken = await messages.recvmsg({ sid, fd: b, recvmsgRequest: { iovLen: [100], controllen: 64 } });
    assert.deepEqual([taken.msgIov[0]?.data, taken.msgControl[0]?.fds?.length], ['take it', 1]);

    const fd = (await server.socket({ sid, socketRequest: { type: 'SOCK_DGRAM' } })).fd;
    await server.bind({ sid, fd, addressRequest: { addr: '10.0.0.1:53' } });
    await new lab.OptionsApi(at).setsockopt({ sid, fd, name: 'IP_PKTINFO', setRequest: { optval: 1 } });
    await messages.sendto({ sid, fd, sendtoRequest: { data: 'x', destAddr: '10.0.0.1:53' } });
    const told = await messages.recvmsg({ sid, fd, recvmsgRequest: { iovLen: [9], controllen: 64 } });
    assert.equal((told.msgControl[0]?.value as lab.InPktinfo).ipiAddr, '10.0.0.1');
}

main(process.argv[2] ?? 'http://127.0.0.1:8080').catch((error) => {
    console.error(error);
    process.exit(1);
});
