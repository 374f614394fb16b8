import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpsServer } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { CertificateMaker } from '../../test/make-certificates.ts';
import { Front, type FrontOptions, type FrontRefusal } from './front.ts';

const maker = await CertificateMaker.open();
after(async () => await maker[Symbol.asyncDispose]());
const identity = await maker.server('a.test', 'b.test');

function httpsServer(name: string): HttpsServer {
  return createServer(
    { cert: identity.certificatePem, key: identity.privateKeyPem },
    (request, response) => response.end(`${name} ${request.socket.remoteAddress}`),
  );
}

async function listen(more: Partial<FrontOptions> = {}) {
  const refusals: FrontRefusal[] = [];
  const servers = new Map([
    ['a.test', httpsServer('A')],
    ['b.test', httpsServer('B')],
  ]);
  const front = await Front.listen({
    port: 0,
    host: '127.0.0.1',
    takerOf: (name) => servers.get(name),
    onRefused: (reason) => refusals.push(reason),
    ...more,
  });
  return { front, refusals };
}

function tls(front: Front, servername: string | undefined): TLSSocket {
  const port = front.port;
  const options = {
    host: '127.0.0.1',
    port,
    ca: identity.certificatePem,
    checkServerIdentity: () => undefined,
  };
  return connectTls(servername === undefined ? options : { ...options, servername });
}

async function ask(front: Front, servername: string): Promise<string> {
  const socket = tls(front, servername);
  socket.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer.split('\r\n\r\n')[1] ?? '';
}

function tcp(front: Front): Socket {
  return connectTcp({ host: '127.0.0.1', port: front.port }).on('error', () => {});
}

/** The bytes a TLS client would send first, taken from a connection to nowhere. */
async function clientHello(servername: string): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  await using front = await Front.listen({
    port: 0,
    takerOf: () => ({
      emit: (_event, socket) => {
        resolve(socket.read() as Buffer);
        socket.destroy();
        return true;
      },
    }),
  });
  const socket = tls(front, servername).on('error', () => {});
  const hello = await promise;
  socket.destroy();
  return hello;
}

test('each connection goes to the server of its name, with its own remote address', async () => {
  await using front = (await listen()).front;
  const answers = await Promise.all(['a.test', 'b.test', 'a.test'].map((name) => ask(front, name)));
  assert.deepEqual(answers, ['A 127.0.0.1', 'B 127.0.0.1', 'A 127.0.0.1']);
});

test('a greeting that comes in single bytes is served like any other', async () => {
  await using front = (await listen()).front;
  const hello = await clientHello('a.test');
  const socket = tcp(front);
  socket.setNoDelay(true);
  for (const byte of hello) {
    socket.write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  const [first] = (await once(socket, 'data')) as [Buffer];
  assert.deepEqual([...first.subarray(0, 2)], [22, 3], 'a ServerHello comes back');
  socket.destroy();
});

for (const name of ['unknown.test', undefined]) {
  test(`the name ${name} gets the alert unrecognized_name and no connection`, async () => {
    const { front, refusals } = await listen();
    await using _ = front;
    const [error] = (await once(tls(front, name), 'error')) as [Error & { code?: string }];
    assert.equal(error.code, 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
    assert.deepEqual(refusals, ['unknown-name']);
  });
}

const GARBAGE = [
  { name: 'plain HTTP', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: a.test\r\n\r\n') },
  { name: 'a broken greeting', bytes: Buffer.from('16030100050100000000', 'hex') },
];
for (const { name, bytes } of GARBAGE) {
  test(`${name} is closed without an answer`, async () => {
    const { front, refusals } = await listen();
    await using _ = front;
    const socket = tcp(front);
    let answered = 0;
    socket.on('data', (chunk: Buffer) => (answered += chunk.length));
    socket.write(bytes);
    await once(socket, 'close');
    assert.deepEqual([answered, refusals], [0, ['not-tls']]);
  });
}

for (const sent of ['', '16', '1603010200010001fc']) {
  test(`a greeting that stops after ${sent.length / 2} bytes is closed in bounded time`, async () => {
    const { front, refusals } = await listen({ limits: { greetingMilliseconds: 50 } });
    await using _ = front;
    const socket = tcp(front);
    socket.write(Buffer.from(sent, 'hex'));
    await once(socket, 'close');
    assert.deepEqual(refusals, ['slow-greeting']);
  });
}

test('a client that ends before its greeting is forgotten', async () => {
  const { front, refusals } = await listen();
  await using _ = front;
  const socket = tcp(front);
  socket.end('');
  await once(socket, 'close');
  assert.equal(front.openConnections, 0);
  assert.deepEqual(refusals, []);
});

test('connections beyond the bounds are closed, and their end makes room again', async () => {
  for (const [limits, reason] of [
    [{ connections: 2 }, 'too-many-connections'],
    [{ connectionsPerAddress: 2 }, 'too-many-from-address'],
  ] as const) {
    const { front, refusals } = await listen({ limits });
    await using _ = front;
    const open = [tls(front, 'a.test'), tls(front, 'b.test')];
    await Promise.all(open.map(async (socket) => await once(socket, 'secureConnect')));
    assert.equal(front.openConnections, 2);
    await once(tcp(front), 'close');
    assert.deepEqual(refusals, [reason]);
    open[0]?.end();
    while (front.openConnections > 1) await new Promise(setImmediate);
    assert.match(await ask(front, 'a.test'), /A/);
    open[1]?.destroy();
  }
});

test('no connection is begun while no handshake can be made in time', async () => {
  let isLate = true;
  const { front, refusals } = await listen({ isLate: () => isLate });
  await using _ = front;
  await once(tcp(front), 'close');
  assert.deepEqual(refusals, ['too-busy']);
  isLate = false;
  assert.match(await ask(front, 'a.test'), /A/);
});

test('closing lets an open connection end by itself, and ends the rest after the grace', async () => {
  const { front } = await listen();
  const [polite, stubborn] = [tls(front, 'a.test'), tls(front, 'a.test')];
  await Promise.all([polite, stubborn].map(async (socket) => await once(socket, 'secureConnect')));
  const { port } = front;
  const closing = front.close(200);
  await once(connectTcp({ host: '127.0.0.1', port }), 'error');
  polite.end();
  await once(polite, 'close');
  assert.equal(stubborn.destroyed, false);
  stubborn.on('error', () => {});
  await Promise.all([closing, once(stubborn, 'close')]);
  assert.equal(front.openConnections, 0);
});
