import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { get, post } from '../../test/raw-requests.ts';
import {
  closeAll,
  dial,
  front,
  kind,
  lines,
  OWN,
  onceLogged,
  open,
  PORT,
  PUBLIC,
  send,
} from '../../test/test-front.ts';
import { FRONT_LIMITS } from './front.ts';
import { DEFAULT_LOAD } from './open-front.ts';

after(closeAll);

test('headers that come too slowly, and none at all, end the connection', async () => {
  await using slow = await open({ tls: { timeouts: { headers: 50, request: 100, check: 10 } } });
  const socket = dial(PUBLIC, slow.port);
  socket.write('GET / HTTP/1.1\r\nX: ');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 408 .*nosniff/s);
  const silent = dial(PUBLIC, slow.port);
  silent.resume();
  await once(silent, 'close');
});

test('a body that comes too slowly ends the connection', async () => {
  await using slow = await open({ tls: { timeouts: { headers: 50, request: 100, check: 10 } } });
  const answer = await send(post('/form', 'a=b', OWN).replace(': 3', ': 30'), PUBLIC, slow.port);
  assert.equal(answer.status, 408);
});

test('a kept connection is ended after its time', async () => {
  await using slow = await open({ tls: { timeouts: { keepAlive: 50 } } });
  const answer = await send(get('/').replace('Connection: close\r\n', ''), PUBLIC, slow.port);
  assert.equal(answer.status, 200);
});

test('beyond its load the process turns requests away cheaply, and serves again after', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const register = (face: FastifyInstance) => {
    face.get('/held', async () => {
      arrive();
      await held;
      return 'at last';
    });
  };
  await using busy = await open({
    faces: { public: { ...kind, register } },
    load: { inFlight: 1 },
  });
  const first = send(get('/held'), PUBLIC, busy.port);
  await arrived;
  const second = await send(get('/held'), PUBLIC, busy.port);
  assert.deepEqual([second.status, second.headers.get('retry-after')], [503, '5']);
  assert.equal(second.headers.get('x-content-type-options'), 'nosniff');
  assert.match(second.body, /<p>503 overloaded [0-9A-Z]{8}<\/p>/);
  release();
  assert.equal((await first).body, 'at last');
  assert.equal((await send(get('/held'), PUBLIC, busy.port)).status, 200);
});

test('slow bodies, as many as requests are worked on at once, keep nobody out', async () => {
  await using busy = await open({ load: { inFlight: 2 } });
  const slow = post('/form', 'a=b', OWN, 'Expect: 100-continue').replace('a=b', 'a');
  const waiting = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const socket = dial(PUBLIC, busy.port);
      socket.write(slow.replaceAll('{host}', `${PUBLIC}:${PORT}`));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      assert.match(answer.toString(), /^HTTP\/1\.1 100 /);
      return socket;
    }),
  );
  assert.equal((await send(get('/'), PUBLIC, busy.port)).status, 200);
  for (const socket of waiting) {
    socket.write('=b');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
  }
});

test('no address may hold as many connections as there are requests worked on at once', () => {
  assert.ok(FRONT_LIMITS.connectionsPerAddress < DEFAULT_LOAD.inFlight / 2);
  assert.ok(FRONT_LIMITS.connectionsPerAddress <= FRONT_LIMITS.connections / 50);
});

test('a connection that sends on and on without waiting for answers is ended', async () => {
  let asked = 0;
  const register = (face: FastifyInstance) => {
    face.get('/', () => {
      asked += 1;
      return 'x'.repeat(1_000);
    });
  };
  await using piled = await open({ faces: { public: { ...kind, register } } });
  const socket = dial(PUBLIC, piled.port);
  const one = get('/').replace('Connection: close\r\n', '');
  socket.write((one.repeat(99) + get('/')).replaceAll('{host}', `${PUBLIC}:${PORT}`));
  socket.on('error', () => undefined).resume();
  await once(socket, 'close');
  assert.ok(asked <= 4, `${asked} requests were worked on`);
});

test('an answer that is not read is given up', { timeout: 20_000 }, async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const register = (face: FastifyInstance) => {
    face.get('/', async (request, reply) => {
      request.raw.socket.once('close', end);
      await reply.send('x'.repeat(50_000_000));
    });
  };
  await using patient = await open({
    faces: { public: { ...kind, register } },
    tls: { timeouts: { answer: 100, idle: 0 } },
  });
  const socket = dial(PUBLIC, patient.port).on('error', () => undefined);
  socket.write(get('/').replace('{host}', `${PUBLIC}:${PORT}`));
  await ended;
  socket.destroy();
});

test('a request that is broken does not swallow the answer before it', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const register = (face: FastifyInstance) => {
    face.post('/', async () => {
      await held;
      return 'done';
    });
  };
  await using served = await open({ faces: { public: { ...kind, register } } });
  const first = post('/', 'a=b', OWN).replace('Connection: close\r\n', '');
  const socket = dial(PUBLIC, served.port);
  socket.write(`${first}BROKEN\r\n\r\n`.replaceAll('{host}', `${PUBLIC}:${PORT}`));
  socket.write('BROKEN\r\n\r\n', () => release());
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  assert.match(text, /^HTTP\/1\.1 200 OK.*\r\n\r\ndoneHTTP\/1\.1 400 Bad Request\r\n.*\r\n\r\n$/s);
});

test('a body that its sender breaks off is a line about a stranger, not a fault of ours', async () => {
  const socket = dial(PUBLIC);
  const broken = post('/form', 'a=b', OWN, 'Expect: 100-continue').replace('a=b', 'a');
  socket.write(broken.replaceAll('{host}', `${PUBLIC}:${PORT}`));
  await once(socket, 'data');
  lines.length = 0;
  const written = onceLogged();
  socket.destroy();
  await written;
  assert.deepEqual([lines[0]?.level, lines[0]?.fields['reason']], ['info', 'aborted']);
});

test('closing lets a request finish, ends kept connections, and takes no new ones', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const register = (face: FastifyInstance) => {
    face.get('/', () => 'quick');
    face.get('/held', async () => {
      arrive();
      await held;
      return 'at last';
    });
  };
  const closing = await open({ faces: { public: { ...kind, register } } });
  const kept = dial(PUBLIC, closing.port);
  kept.write(get('/').replace('Connection: close\r\n', '').replace('{host}', `${PUBLIC}:${PORT}`));
  await once(kept, 'data');
  const running = send(get('/held'), PUBLIC, closing.port);
  await arrived;
  const closed = closing.close(5_000);
  await once(kept, 'close');
  await once(dial(PUBLIC, closing.port), 'error');
  release();
  assert.equal((await running).body, 'at last');
  await closed;
});

test('a kind without a face is an unknown name', async () => {
  const [error] = (await once(dial('login.mihon.test'), 'error')) as [Error & { code?: string }];
  assert.equal(error.code, 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
});

test('a handshake that fails leaves a line in the log', async () => {
  lines.length = 0;
  const socket = dial(PUBLIC, front.port, { maxVersion: 'TLSv1.2' });
  await once(socket, 'error');
  assert.equal(lines[0]?.fields['address'], '127.0.0.1');
  assert.match(String(lines[0]?.fields['reason']), /unsupported protocol/);
});
