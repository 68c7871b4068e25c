// A first session with the TypeScript client that OpenAPI Generator makes of the service's document.
import { strict as assert } from 'node:assert';
import * as lab from './client/index';

async function main(url: string): Promise<void> {
    const at = new lab.Configuration({ basePath: url });
    const names = new lab.NamesApi(at);
    const server = new lab.ServerApi(at);
    const client = new lab.ClientApi(at);
    const connection = new lab.ConnectionApi(at);
    const data = new lab.DataApi(at);
    const options = new lab.OptionsApi(at);
    const exit = new lab.ExitApi(at);

    const session = await new lab.SessionsApi(at).createSession({
        sessionRequest: { name: 'typescript', network: 'host' },
    });
    const sid = session.id;
    const found = await names.getaddrinfo({
        sid,
        getaddrinfoRequest: { node: '127.0.0.1', service: '80' },
    });
    assert.equal(found.res[0]?.addr?.address, '127.0.0.1');
    const listener = (await server.socket({ sid })).fd;
    await server.bind({ sid, fd: listener, addressRequest: { addr: '127.0.0.1:0' } });
    await server.listen({ sid, fd: listener, listenRequest: { backlog: 5 } });
    const addr = (await connection.getsockname({ sid, fd: listener })).addr;
    assert(addr);
    const fd = (await server.socket({ sid, socketRequest: { domain: 'AF_INET', type: 'SOCK_STREAM' } })).fd;
    await client.connect({ sid, fd, addressRequest: { addr } });
    const accepted = await connection.accept({ sid, fd: listener });
    assert.equal(accepted.addr?.family, 'AF_INET');
    assert.equal((await data.send({ sid, fd, sendRequest: { data: 'hello' } })).returned, 5);
    const received = await data.recv({ sid, fd: accepted.fd, recvRequest: { len: 100 } });
    assert.deepEqual([received.returned, received.data, received.encoding], [5, 'hello', 'utf-8']);
    await assert.rejects(
        data.recv({ sid, fd: accepted.fd, recvRequest: { len: 100, flags: ['MSG_DONTWAIT'] } }),
        (error) => error instanceof lab.ResponseError && error.response.status === 409,
    );
    await options.setsockopt({ sid, fd, name: 'TCP_NODELAY', setRequest: { optval: 1 } });
    assert.equal((await options.getsockopt({ sid, fd, name: 'TCP_NODELAY' })).optval, 1);
    assert((await options.getsockoptAll({ sid, fd })).options.length > 50);
    const report = await exit.endSession({ sid });
    assert.deepEqual([report.closed, report.unfreed], [[3, 4, 5], [1]]);
    console.log('typescript: a first session');
}

main(process.argv[2] ?? 'http://127.0.0.1:8080').catch((error) => {
    console.error(error);
    process.exit(1);
});
