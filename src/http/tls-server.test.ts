import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { CertificateMaker, type TestIdentity } from '../../test/make-certificates.ts';
import { Front } from './front.ts';
import { findSite, readHosts } from './host-names.ts';
import { type ShownCertificate, shownCertificate } from './shown-certificate.ts';
import { createTlsServer, type TlsServerOptions } from './tls-server.ts';

const run = promisify(execFile);
const REQUEST = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const HOSTS = readHosts(
  [
    { institution: '1', publicHost: 'one.test', loginHost: 'login.one.test' },
    { institution: '2', publicHost: 'two.test', loginHost: 'login.two.test' },
  ],
  443,
);
const [ONE, TWO] = ['m-0001.login.one.test', 'm-0001.login.two.test'];

const maker = await CertificateMaker.open();
const root1 = await maker.authority('Root One');
const issuing1 = await maker.subordinate('Issuing One', root1);
const made = {
  issuing1,
  issuing2: await maker.authority('Issuing Two'),
  server1: await maker.server('*.login.one.test'),
  server2: await maker.server('*.login.two.test'),
  client1: await maker.client('00012345678 suzuki01', issuing1),
};

let shown: (ShownCertificate | undefined)[] = [];
const { front, members } = await openMembers();
after(async () => {
  await front.close();
  await maker[Symbol.asyncDispose]();
});

async function openMembers(more: Partial<TlsServerOptions> = {}) {
  const members = createTlsServer(
    {
      hosts: HOSTS,
      asksForCertificate: true,
      presented: new Map([
        ['1', presented(made.server1, made.issuing1)],
        ['2', presented(made.server2, made.issuing2)],
      ]),
      ...more,
    },
    (request, response) => {
      shown.push(shownCertificate(request.socket));
      response.end('arrived');
    },
  );
  const takerOf = (name: string) => (findSite(name, HOSTS) ? members.server : undefined);
  const front = await Front.listen({ port: 0, host: '127.0.0.1', takerOf });
  return { front, members };
}

function presented(server: TestIdentity, authority: TestIdentity) {
  return { keyPair: keyPairOf(server), certificateAuthoritiesPem: [authority.certificatePem] };
}

function keyPairOf(server: TestIdentity) {
  return { certificateChainPem: server.certificatePem, privateKeyPem: server.privateKeyPem };
}

function dial(servername: string, more: ConnectionOptions = {}): TLSSocket {
  const where = { host: '127.0.0.1', port: front.port, servername };
  return connect({ ...where, rejectUnauthorized: false, ...more });
}

/** Asks one page over the connection; what came back, or the error that ended it. */
async function ask(socket: TLSSocket): Promise<string> {
  shown = [];
  socket.write(REQUEST);
  let answer = '';
  try {
    for await (const chunk of socket) answer += String(chunk);
  } catch (error) {
    return String(error);
  }
  return answer.split('\r\n\r\n')[1] ?? '';
}

/** What `openssl s_client` prints around one request. */
async function sClient(port: number, host: string, ...more: readonly string[]): Promise<string> {
  const where = ['s_client', '-ign_eof', '-connect', `127.0.0.1:${port}`, '-servername', host];
  const running = run('openssl', [...where, ...more]);
  running.child.stdin?.end(REQUEST);
  try {
    const { stdout, stderr } = await running;
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as Error & { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

const client = () => ({ cert: made.client1.certificatePem, key: made.client1.privateKeyPem });
const derOf = (identity: TestIdentity) => new X509Certificate(identity.certificatePem).raw;

for (const [host, own, others] of [
  [ONE, /CN ?= ?Issuing One/, /Two|Root/],
  [TWO, /CN ?= ?Issuing Two/, /One/],
] as const) {
  test(`${host} names its institution's issuing authority and no other`, async () => {
    const printed = await sClient(front.port, host);
    const names = /Acceptable client certificate CA names\n(.*?)\nRequested/s.exec(printed)?.[1];
    assert.match(names ?? printed, own);
    assert.doesNotMatch(names ?? printed, others);
    assert.match(printed, /arrived/);
  });
}

test('the names change with replaceAuthorities, without a restart', async () => {
  members.replaceAuthorities('2', [made.client1.certificatePem, made.issuing2.certificatePem]);
  assert.match(
    await sClient(front.port, TWO),
    /CA names\nCN ?= ?00012345678 suzuki01\nCN ?= ?Issuing Two/,
  );
  members.replaceAuthorities('2', [made.issuing2.certificatePem]);
});

test('an empty list of names is refused, since it would ask for any certificate', () => {
  assert.throws(() => members.replaceAuthorities('2', []), /any certificate/);
});

test('what was shown is the leaf that the connection carried', async () => {
  const { cert, key } = client();
  assert.equal(await ask(dial(ONE, { cert, key })), 'arrived');
  assert.deepEqual(shown, [{ leaf: derOf(made.client1) }]);
  const both = cert + made.issuing1.certificatePem;
  assert.equal(await ask(dial(ONE, { cert: both, key })), 'arrived');
  assert.deepEqual(shown, [{ leaf: derOf(made.client1) }]);
});

test('no certificate means nothing shown, and still an answer', async () => {
  assert.equal(await ask(dial(ONE)), 'arrived');
  assert.deepEqual(shown, [undefined]);
});

test('a certificate of an authority that was not named is shown all the same', async () => {
  assert.equal(await ask(dial(TWO, client())), 'arrived');
  assert.deepEqual(shown[0]?.leaf, derOf(made.client1));
});

test('what was shown is read once a connection', async () => {
  const socket = dial(ONE, client());
  shown = [];
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  const [first] = shown;
  await ask(socket);
  assert.ok(first !== undefined);
  assert.equal(shown[0], first);
});

for (const version of ['-tls1_3', '-tls1_2']) {
  for (const target of [ONE, TWO]) {
    test(`openssl ${version}: a session kept at ${ONE} does not resume at ${target}`, async () => {
      const { front: other } = await openMembers({ allowsTls12: true });
      await using _ = other;
      const kept = await maker.file('session', '');
      const identity = [
        '-cert',
        made.client1.certificateFile,
        '-key',
        made.client1.keyFile,
        version,
      ];
      const first = await sClient(other.port, ONE, '-sess_out', kept, ...identity);
      assert.match(first, /arrived/);
      shown = [];
      const second = await sClient(other.port, target, '-sess_in', kept, version);
      assert.doesNotMatch(second, /Reused/);
      assert.deepEqual(
        shown.filter((one) => one !== undefined),
        [],
      );
    });
  }
}

test('openssl resumes such a session where resumption is not switched off', async () => {
  const server = createServer(
    { cert: made.server1.certificatePem, key: made.server1.privateKeyPem },
    (_request, response) => response.end('arrived'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kept = await maker.file('session', '');
  await sClient(port, ONE, '-sess_out', kept);
  assert.match(await sClient(port, ONE, '-sess_in', kept), /Reused/);
  server.close();
});

test('Node: no ticket that a connection was given resumes on its host or on another', async () => {
  const tickets: Buffer[] = [];
  const first = dial(ONE, client());
  first.on('session', (ticket) => tickets.push(ticket));
  await ask(first);
  assert.ok(tickets.length > 0, 'the library gives tickets all the same');
  for (const target of [ONE, TWO]) {
    for (const session of tickets) {
      const again = dial(target, { session });
      await once(again, 'secureConnect');
      assert.equal(again.isSessionReused(), false);
      await ask(again);
      assert.deepEqual(
        shown.filter((one) => one !== undefined),
        [],
      );
    }
  }
});

const PROTOCOLS: readonly { name: string; options: ConnectionOptions; want: RegExp }[] = [
  { name: 'HTTP/2 only', options: { ALPNProtocols: ['h2'] }, want: /no application protocol/ },
  { name: 'HTTP/2 or 1.1', options: { ALPNProtocols: ['h2', 'http/1.1'] }, want: /^arrived$/ },
  { name: 'no ALPN', options: {}, want: /^arrived$/ },
  { name: 'TLS 1.2 only', options: { maxVersion: 'TLSv1.2' }, want: /protocol version/ },
];
for (const { name, options, want } of PROTOCOLS) {
  test(`a client that speaks ${name} gets ${want.source}`, async () => {
    assert.match(await ask(dial(ONE, options)), want);
  });
}

test('TLS 1.2 is served where it was declared, without renegotiation', async () => {
  const { front: other } = await openMembers({ allowsTls12: true });
  await using _ = other;
  const socket = dial(ONE, { maxVersion: 'TLSv1.2', port: other.port });
  await once(socket, 'secureConnect');
  // The reset may come once more after the refusal was seen.
  socket.on('error', () => undefined);
  let renegotiated = false;
  socket.renegotiate({}, (error) => {
    renegotiated = error === null;
  });
  await assert.rejects(once(socket, 'secure'), /no renegotiation|ECONNRESET/i);
  assert.equal(renegotiated, false);
});

test('a new key pair is presented from the next handshake on; a wrong one changes nothing', async () => {
  const next = await maker.server('*.login.one.test');
  const open = dial(ONE);
  await once(open, 'secureConnect');
  members.replaceKeyPair('1', keyPairOf(next));
  const wrong = { ...keyPairOf(next), privateKeyPem: made.server2.privateKeyPem };
  assert.throws(() => members.replaceKeyPair('1', wrong));
  assert.throws(() => members.replaceKeyPair('9', keyPairOf(next)), /presents nothing/);
  const later = dial(ONE);
  await once(later, 'secureConnect');
  assert.deepEqual(later.getPeerX509Certificate()?.raw, derOf(next));
  assert.equal(await ask(later), 'arrived');
  assert.equal(await ask(open), 'arrived');
});
