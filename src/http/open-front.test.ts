import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import {
  closeAll,
  dial,
  front,
  get,
  kind,
  lines,
  OWN,
  open,
  PORT,
  PUBLIC,
  post,
  send,
} from '../../test/test-front.ts';

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
  release();
  assert.equal((await first).body, 'at last');
  assert.equal((await send(get('/held'), PUBLIC, busy.port)).status, 200);
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
