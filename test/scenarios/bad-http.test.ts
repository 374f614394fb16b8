// HTTP and TLS as no browser speaks them, sent by strangers to every kind of host of the running system:
// 4xx or a closed connection, no internals, no audit entry, a bounded log; and everybody else goes on.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { dialAt, exchange, get, post, type RawAnswer, type RawPlace } from '../raw-requests.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { assertNoInternals } from '../system/refusals.ts';
import type { InSession } from '../system/renewal-client.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const KINDS = ['public', 'login', 'members'] as const;
type Kind = (typeof KINDS)[number];

/** The statuses that a request may be answered with; `closed` for no answer at all. */
type Wanted = readonly (number | 'closed')[];
type Case = { readonly name: string; readonly raw: string; readonly want: Wanted };

const ORIGIN = 'Origin: https://{host}';
const JSON_TYPE = 'Content-Type: application/json';
const CHUNKED = 'Transfer-Encoding: chunked';
const withoutLength = (raw: string) => raw.replace(/Content-Length: \d+/, CHUNKED);

const BODIES: readonly Case[] = [
  { name: 'a body too large', raw: post('/pin', `a=${'b'.repeat(200_000)}`, ORIGIN), want: [413] },
  {
    name: 'a length beyond any, and no body',
    raw: post('/pin', '', ORIGIN).replace('Length: 0', 'Length: 99999999999'),
    want: [413],
  },
  {
    name: 'chunks too large in all',
    raw: withoutLength(
      post('/pin', `${'8000\r\n'.concat('a'.repeat(0x8000), '\r\n').repeat(4)}0\r\n\r\n`, ORIGIN),
    ),
    want: [413],
  },
  {
    name: 'text in place of a form',
    raw: post('/pin', 'a=b', ORIGIN, 'Content-Type: text/plain'),
    want: [415],
  },
  {
    name: 'multipart in place of a form',
    raw: post('/pin', 'x', ORIGIN, 'Content-Type: multipart/form-data; boundary=a'),
    want: [415],
  },
  { name: 'a body without a type', raw: post('/pin', 'a=b', ORIGIN, 'Content-Type:'), want: [415] },
  { name: 'a coded body', raw: post('/pin', 'a=b', ORIGIN, 'Content-Encoding: gzip'), want: [415] },
  { name: 'a field twice', raw: post('/pin', 'pin=a&pin=b', ORIGIN), want: [400] },
  { name: 'a field twice, once escaped', raw: post('/pin', 'pin=a&p%69n=b', ORIGIN), want: [400] },
  { name: 'broken UTF-8', raw: post('/pin', 'pin=%E9%88', ORIGIN), want: [400] },
  { name: 'overlong UTF-8', raw: post('/pin', 'pin=%C0%AF', ORIGIN), want: [400] },
  { name: 'half a surrogate pair', raw: post('/pin', 'pin=%ED%A0%80', ORIGIN), want: [400] },
  { name: 'a broken escape', raw: post('/pin', 'pin=%', ORIGIN), want: [400] },
  { name: 'a NUL', raw: post('/pin', 'pin=%00', ORIGIN), want: [400] },
  {
    name: 'fields without number',
    raw: post('/pin', Array.from({ length: 5_000 }, (_, i) => `f${i}=`).join('&'), ORIGIN),
    want: [400],
  },
  {
    name: 'JSON nested ten thousand deep',
    raw: post('/passkey/challenge', '['.repeat(10_000) + ']'.repeat(10_000), ORIGIN, JSON_TYPE),
    want: [400, 403, 415],
  },
  {
    name: 'JSON in broken UTF-8',
    raw: post('/passkey', '{"id":"\xe9"}', ORIGIN, JSON_TYPE),
    want: [400, 415],
  },
  {
    name: 'JSON with __proto__',
    raw: post('/passkey', '{"__proto__":{"admin":true}}', ORIGIN, JSON_TYPE),
    want: [400, 415],
  },
];

const SMUGGLED: readonly Case[] = [
  {
    name: 'Content-Length and Transfer-Encoding',
    raw: post('/pin', '0\r\n\r\n', ORIGIN, CHUNKED),
    want: [400],
  },
  { name: 'two equal Content-Lengths', raw: post('/pin', 'a=b', 'Content-Length: 3'), want: [400] },
  { name: 'two Content-Lengths', raw: post('/pin', 'a=b', 'Content-Length: 30'), want: [400] },
  { name: 'a list of lengths', raw: post('/pin', 'a=b').replace(': 3', ': 3, 3'), want: [400] },
  { name: 'a signed length', raw: post('/pin', 'a=b').replace(': 3', ': +3'), want: [400] },
  {
    name: 'a length in hexadecimal',
    raw: post('/pin', 'a=b').replace(': 3', ': 0x3'),
    want: [400],
  },
  { name: 'two codings', raw: withoutLength(post('/pin', '0\r\n\r\n', CHUNKED)), want: [400] },
  {
    name: 'chunked that is not last',
    raw: withoutLength(post('/pin', '0\r\n\r\n')).replace('chunked', 'chunked, identity'),
    want: [400],
  },
  {
    name: 'a coding with a tab before it',
    raw: withoutLength(post('/pin', '0\r\n\r\n')).replace('chunked', '\x0bchunked'),
    want: [400],
  },
  {
    name: 'a broken chunk size',
    raw: withoutLength(post('/pin', '3g\r\na=b\r\n0\r\n\r\n', ORIGIN)),
    want: [400],
  },
  {
    name: 'a chunk longer than it says',
    raw: withoutLength(post('/pin', '3\r\na=bGET / HTTP/1.1\r\n0\r\n\r\n', ORIGIN)),
    want: [400],
  },
  {
    name: 'a bare line feed after a chunk size',
    raw: withoutLength(post('/pin', '3\na=b\r\n0\r\n\r\n', ORIGIN)),
    want: [400],
  },
  { name: 'a space before the colon', raw: get('/', 'X : a'), want: [400] },
  { name: 'a folded header', raw: get('/', 'X: a\r\n b'), want: [400] },
  { name: 'bare line feeds', raw: get('/').replaceAll('\r\n', '\n'), want: [400] },
  { name: 'a bare carriage return', raw: get('/', 'X: a\rY: b'), want: [400] },
  { name: 'a NUL in a header', raw: get('/', 'X: a\0b'), want: [400] },
  { name: 'a header without a name', raw: get('/', ': a'), want: [400] },
  { name: 'HTTP/0.9', raw: 'GET /\r\n\r\n', want: [400] },
  { name: 'HTTP/2 by prior knowledge', raw: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', want: [400] },
  { name: 'HTTP/3.7', raw: get('/').replace('HTTP/1.1', 'HTTP/3.7'), want: [400] },
  { name: 'a method that is none', raw: get('/').replace('GET', 'G ET'), want: [400] },
  { name: 'CONNECT', raw: get('evil.test:443').replace('GET', 'CONNECT'), want: ['closed'] },
  { name: 'no HTTP at all', raw: '\x16\x03\x01\x02\x00\x01\r\n\r\n', want: [400] },
];

const HEADERS: readonly Case[] = [
  { name: 'one header too long', raw: get('/', `X: ${'a'.repeat(40_000)}`), want: [431] },
  {
    name: 'headers without number',
    raw: get('/', ...Array.from({ length: 5_000 }, (_, i) => `X${i}: a`)),
    want: [431],
  },
  {
    name: 'cookies without number',
    raw: get('/', `Cookie: ${'a=b; '.repeat(8_000)}`),
    want: [431],
  },
  { name: 'a target too long', raw: get(`/${'a'.repeat(40_000)}`), want: [431] },
  { name: 'a wonder expected', raw: get('/', 'Expect: wonders'), want: [417] },
  { name: 'Host of another', raw: get('/').replace('{host}', 'evil.test'), want: [421] },
  { name: 'no Host', raw: get('/').replace('Host: {host}\r\n', ''), want: [400] },
  { name: 'two Hosts', raw: get('/', 'Host: {host}'), want: [400] },
  { name: 'a target elsewhere', raw: get('https://evil.test/'), want: [421] },
  { name: 'a path with a broken escape', raw: get('/%c0'), want: [400] },
  { name: 'a path upwards', raw: get('/../../../etc/passwd'), want: [404] },
  { name: 'a path upwards, escaped', raw: get('/%2e%2e%2f%2e%2e%2fetc%2fpasswd'), want: [404] },
];

let koshin: TestKoshin;
let person: InSession;
const infos: Readonly<Record<string, unknown>>[] = [];
const errors: string[] = [];

function placeOf(kind: Kind): RawPlace {
  const { publicHost, membersDomain } = koshin.mihon;
  const serverName = {
    public: publicHost,
    login: membersDomain,
    members: `m-0007.${membersDomain}`,
  }[kind];
  return { port: koshin.port, serverName, authority: `${serverName}:${koshin.port}` };
}

async function entries(): Promise<number> {
  const { db } = koshin.house;
  return (await db.selectFrom('audit_entry').select('entry').execute()).length;
}

function outcomeOf({ status }: RawAnswer): number | 'closed' {
  return Number.isNaN(status) ? 'closed' : status;
}

suite('bad HTTP', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({
      log: {
        info: (fields) => infos.push(fields),
        warn: () => {},
        error: (_fields, message) => errors.push(message),
      },
    });
    person = await loggedIn(koshin, await makeCustomer('suzuki01', koshin));
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  for (const { name, raw, want } of [...BODIES, ...SMUGGLED, ...HEADERS]) {
    test(`a stranger’s ${name} is refused on every host`, async () => {
      const earlier = await entries();
      for (const kind of KINDS) {
        const answer = await exchange(raw, placeOf(kind));
        // A path that a host does not have is refused before its body is looked at.
        const all: Wanted = raw.startsWith('POST') ? [...want, 404, 405] : want;
        assert.ok(all.includes(outcomeOf(answer)), `${kind}: ${answer.status}`);
        assertNoInternals(answer);
        assert.ok(!/HTTP\/1\.1 \d/.test(answer.body), 'no second answer');
      }
      assert.equal(await entries(), earlier, 'no audit entry');
      assert.equal((await person.visitor.get(`${person.origin}/notices`)).status, 200);
    });
  }

  for (const servername of ['evil.test', 'mihon.localhost.evil.test', undefined]) {
    test(`a handshake for ${servername ?? 'no name'} ends in an alert`, async () => {
      const tls = servername === undefined ? { servername: '' } : { servername };
      const socket = dialAt({ port: koshin.port, serverName: '', tls });
      const [error] = (await once(socket, 'error')) as [Error & { code?: string }];
      assert.equal(error.code, 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
    });
  }

  test('who sends slowly, or stops half way, is ended in bounded time and keeps nobody waiting', async () => {
    const started = performance.now();
    const earlier = await entries();
    const place = placeOf('members');
    const half = post('/pin', 'a=b', ORIGIN).replace(': 3', ': 30');
    const [first, second] = [get('/').slice(0, 40), half.slice(0, 60)];
    const waiting = [first, second, half].map(async (raw) => await exchange(raw, place));
    const silent = connectTcp({ host: '127.0.0.1', port: koshin.port });
    silent.write(Buffer.from('1603010200', 'hex'));
    const closed = once(silent.resume(), 'close');
    assert.equal((await person.visitor.get(`${person.origin}/notices`)).status, 200);
    for (const answer of await Promise.all(waiting)) assert.equal(answer.status, 408);
    await closed;
    assert.ok(performance.now() - started < 60_000);
    assert.equal(await entries(), earlier);
  });

  test('a session’s body cut off by its sender changes nothing, and its sender goes on', async () => {
    const place = placeOf('members');
    const socket = dialAt(place);
    socket.write(
      post('/pin', 'a=b', ORIGIN, 'Expect: 100-continue')
        .replaceAll('{host}', place.authority)
        .slice(0, -1),
    );
    await once(socket, 'data');
    socket.destroy();
    assert.equal((await person.visitor.get(`${person.origin}/notices`)).status, 200);
  });

  test('all of it filled a bounded part of the log, counted the rest, and was no fault of ours', () => {
    assert.deepEqual(errors, []);
    assert.ok(infos.length < 300, `${infos.length} lines`);
    assert.ok(infos.some(({ leftOut }) => Number(leftOut) > 0));
  });
});
