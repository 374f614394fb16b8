import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { CertificateMaker, type TestIdentity } from '../../test/make-certificates.ts';
import { get } from '../../test/raw-requests.ts';
import { closeAll, dial, kind, open, PORT, PUBLIC } from '../../test/test-front.ts';
import { systemClock } from '../clock.ts';

import type { Log } from '../log.ts';
import { makeServerKeyPairs } from '../sample/server-key-pairs.ts';
import { KeyPairReload } from './key-pair-reload.ts';

const maker = await CertificateMaker.open();
const [first, second] = [await maker.server(PUBLIC), await maker.server(PUBLIC)];
after(async () => {
  await closeAll();
  await maker[Symbol.asyncDispose]();
});

test('a new key pair is shown to new connections once it is whole; open ones go on', async () => {
  await using served = await serveFirst();
  const held = await connected(served.port);
  await served.put('pem', second.certificatePem);
  await served.reload.check();
  assert.equal(await served.shown(), fingerprintOf(first));
  assert.deepEqual(served.levels, ['warn']);
  await served.put('key', second.privateKeyPem);
  await served.reload.check();
  assert.equal(await served.shown(), fingerprintOf(second));
  assert.deepEqual(served.levels, ['warn', 'info']);
  held.write(get('/').replaceAll('{host}', `${PUBLIC}:${PORT}`));
  const [answer] = (await once(held, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
  held.destroy();
});

const BROKEN: readonly {
  readonly name: string;
  readonly ending: 'pem' | 'key';
  readonly content: string | null;
}[] = [
  { name: 'no key', ending: 'key', content: null },
  { name: 'no certificate', ending: 'pem', content: null },
  { name: 'an empty file', ending: 'pem', content: '' },
  { name: 'half a certificate', ending: 'pem', content: second.certificatePem.slice(0, 300) },
  { name: 'half a key', ending: 'key', content: second.privateKeyPem.slice(0, 100) },
  { name: 'the key of another', ending: 'key', content: first.privateKeyPem },
  {
    name: 'half a chain behind the certificate',
    ending: 'pem',
    content: second.certificatePem + first.certificatePem.slice(0, 300),
  },
];
for (const { name, ending, content } of BROKEN) {
  test(`${name}: the old key pair stays, it is logged once, and the whole one is taken later`, async () => {
    await using served = await serveFirst();
    await served.put('pem', second.certificatePem);
    await served.put('key', second.privateKeyPem);
    await served.put(ending, content);
    await served.reload.check();
    await served.reload.check();
    assert.equal(await served.shown(), fingerprintOf(first));
    assert.deepEqual(served.levels, ['warn']);
    await served.put('pem', second.certificatePem);
    await served.put('key', second.privateKeyPem);
    await served.reload.check();
    assert.equal(await served.shown(), fingerprintOf(second));
    assert.deepEqual(served.levels, ['warn', 'info']);
  });
}

test('nothing is said of files that are as they were, nor of a fault that was undone', async () => {
  await using served = await serveFirst();
  await served.reload.check();
  assert.deepEqual(served.levels, []);
  await served.put('key', null);
  await served.reload.check();
  await served.put('key', first.privateKeyPem);
  await served.reload.check();
  assert.deepEqual(served.levels, ['warn']);
  await served.put('key', null);
  await served.reload.check();
  assert.deepEqual(served.levels, ['warn', 'warn']);
  assert.equal(await served.shown(), fingerprintOf(first));
});

const DAY_MS = 24 * 60 * 60 * 1000;
const WORSE = [
  { name: 'one for another name', hosts: [`www.${PUBLIC}`], days: 0, says: `not for ${PUBLIC}` },
  { name: 'one that has ended', hosts: [PUBLIC], days: -400, says: 'has ended' },
  { name: 'one that begins next month', hosts: [PUBLIC], days: 30, says: 'begins only at' },
];
for (const { name, hosts, days, says } of WORSE) {
  test(`${name} takes nothing away: the old key pair stays, and it is logged once`, async () => {
    await using served = await serveFirst();
    const made = new Date(Date.now() + days * DAY_MS);
    await makeServerKeyPairs(served.folder, { [PUBLIC]: hosts }, made);
    await served.reload.check();
    await served.reload.check();
    assert.equal(await served.shown(), fingerprintOf(first));
    assert.deepEqual(served.levels, ['warn']);
    assert.ok(served.reasons.join().includes(says), served.reasons.join());
  });
}

/** A front that serves the first key pair, from files that the test replaces. */
async function serveFirst() {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-tls-'));
  opened.defer(async () => await rm(folder, { recursive: true }));
  const put = async (ending: 'pem' | 'key', content: string | null) => {
    const file = join(folder, `${PUBLIC}.${ending}`);
    if (content === null) return await rm(file);
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
  };
  await put('pem', first.certificatePem);
  await put('key', first.privateKeyPem);
  const keyPair = { certificateChainPem: first.certificatePem, privateKeyPem: first.privateKeyPem };
  const front = opened.use(
    await open({ faces: { public: { ...kind, presented: new Map([['1394', { keyPair }]]) } } }),
  );
  const levels: string[] = [];
  const reasons: string[] = [];
  const note = (level: string) => (fields: Readonly<Record<string, unknown>>) => {
    levels.push(level);
    reasons.push(String(fields['reason']));
  };
  const log: Log = { info: note('info'), warn: note('warn'), error: note('error') };
  const replace = (next: typeof keyPair) => front.replaceKeyPair('public', '1394', next);
  const needs = { clock: systemClock, log };
  const host = { host: PUBLIC, names: [PUBLIC], keyPair, replace };
  const reload = new KeyPairReload(folder, [host], needs);
  const { port } = front;
  const kept = opened.move();
  return {
    port,
    folder,
    put,
    reload,
    levels,
    reasons,
    /** The fingerprint of the certificate that a new connection is shown. */
    shown: async () => {
      const socket = await connected(port);
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.destroy();
      return fingerprint256;
    },
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

async function connected(port: number): Promise<TLSSocket> {
  const socket = dial(PUBLIC, port);
  await once(socket, 'secureConnect');
  return socket;
}

function fingerprintOf({ certificatePem }: TestIdentity): string {
  return new X509Certificate(certificatePem).fingerprint256;
}
