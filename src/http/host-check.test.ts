import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { get, post } from '../../test/raw-requests.ts';
import { closeAll, MEMBERS, OWN, PORT, PUBLIC, send } from '../../test/test-front.ts';

after(closeAll);

const HOSTS: readonly { name: string; raw: string; want: number }[] = [
  {
    name: 'another host of ours',
    raw: get('/').replace('{host}', `${MEMBERS}:${PORT}`),
    want: 421,
  },
  { name: 'a foreign host', raw: get('/').replace('{host}', 'evil.test'), want: 421 },
  { name: 'the host without its port', raw: get('/').replace('{host}', PUBLIC), want: 421 },
  {
    name: 'the host with a dot behind',
    raw: get('/').replace('{host}', `${PUBLIC}.:${PORT}`),
    want: 421,
  },
  {
    name: 'the host in capitals',
    raw: get('/').replace('{host}', `MIHON.test:${PORT}`),
    want: 200,
  },
  { name: 'no Host', raw: get('/').replace('Host: {host}\r\n', ''), want: 400 },
  { name: 'no Host in HTTP/1.0', raw: 'GET / HTTP/1.0\r\n\r\n', want: 400 },
  { name: 'an empty Host', raw: get('/').replace('{host}', ''), want: 421 },
  { name: 'two Hosts', raw: get('/', 'Host: evil.test'), want: 400 },
  { name: 'two equal Hosts', raw: get('/', 'Host: {host}'), want: 400 },
  {
    name: 'a second Host after many headers',
    raw: get('/', ...Array.from({ length: 600 }, () => 'a: b'), 'Host: evil.test'),
    want: 400,
  },
  { name: 'an absolute target of its own', raw: get('https://{host}/'), want: 200 },
  { name: 'an absolute target elsewhere', raw: get('https://evil.test/'), want: 421 },
  { name: 'an absolute target by plain HTTP', raw: get('http://{host}/'), want: 421 },
  { name: 'a target that is no URL', raw: get('evil'), want: 400 },
];
for (const { name, raw, want } of HOSTS) {
  test(`a request with ${name} is answered with ${want}`, async () => {
    const answer = await send(raw);
    assert.equal(answer.status, want, answer.body);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });
}

const SMUGGLED: readonly { name: string; raw: string }[] = [
  {
    name: 'Content-Length and Transfer-Encoding',
    raw: post('/form', '0\r\n\r\n', OWN, 'Transfer-Encoding: chunked'),
  },
  { name: 'two equal Content-Lengths', raw: post('/form', 'a=b', OWN, 'Content-Length: 3') },
  { name: 'two Content-Lengths', raw: post('/form', 'a=b', OWN, 'Content-Length: 5') },
  { name: 'a Content-Length list', raw: post('/form', 'a=b', OWN).replace(': 3', ': 3, 3') },
  { name: 'a signed Content-Length', raw: post('/form', 'a=b', OWN).replace(': 3', ': +3') },
  {
    name: 'chunked not last',
    raw: post('/form', '0\r\n\r\n', OWN).replace(
      'Content-Length: 5',
      'Transfer-Encoding: chunked, identity',
    ),
  },
  {
    name: 'an unknown coding',
    raw: post('/form', '0\r\n\r\n', OWN).replace(
      'Content-Length: 5',
      'Transfer-Encoding: xchunked',
    ),
  },
  {
    name: 'a space before the colon',
    raw: post('/form', 'a=b', OWN).replace('Content-Length:', 'Content-Length :'),
  },
  { name: 'a folded header', raw: get('/', 'X: a\r\n b') },
  { name: 'a bare line feed', raw: get('/').replaceAll('\r\n', '\n') },
  { name: 'a NUL in a header', raw: get('/', 'X: a\0b') },
  {
    name: 'a broken chunk size',
    raw: post('/form', '3g\r\na=b\r\n0\r\n\r\n', OWN).replace(
      /Content-Length: \d+/,
      'Transfer-Encoding: chunked',
    ),
  },
  { name: 'HTTP/2 by prior knowledge', raw: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
];
for (const { name, raw } of SMUGGLED) {
  test(`a request with ${name} is refused and its connection ended`, async () => {
    const answer = await send(raw);
    assert.equal(answer.status, 400, answer.body);
    assert.equal(answer.headers.get('connection'), 'close');
    assert.doesNotMatch(answer.body, /HTTP\/1\.1 \d/, 'no second answer');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  });
}

test('headers beyond their limit are answered with 431, however much of them comes', async () => {
  for (const octets of [20_000, 200_000]) {
    assert.equal((await send(get('/', `X: ${'a'.repeat(octets)}`))).status, 431);
  }
});

test('an expectation nobody can meet is answered with 417 and the headers of every answer', async () => {
  const answer = await send(get('/', 'Expect: wonders'));
  assert.equal(answer.status, 417);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('CONNECT opens nothing, and Upgrade upgrades nothing', async () => {
  assert.ok(Number.isNaN((await send(get('evil.test:443').replace('GET', 'CONNECT'))).status));
  const upgrade = get('/').replace(
    'Connection: close',
    'Connection: upgrade, close\r\nUpgrade: h2c',
  );
  assert.equal((await send(upgrade)).status, 200);
});
