import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { openssl } from '../../test/openssl.ts';
import { makeNewKey } from './new-key.ts';

const KINDS = [
  { kind: 'RSA-2048', details: { modulusLength: 2048, publicExponent: 65_537n } },
  { kind: 'RSA-3072', details: { modulusLength: 3072, publicExponent: 65_537n } },
  { kind: 'RSA-4096', details: { modulusLength: 4096, publicExponent: 65_537n } },
  { kind: 'P-256', details: { namedCurve: 'prime256v1' } },
  { kind: 'P-384', details: { namedCurve: 'secp384r1' } },
];

const REQ = ['req', '-inform', 'DER', '-noout'];

/** What openssl says of a request's signature; it ends well whatever it says. */
function verdict(request: Uint8Array): string {
  return spawnSync('openssl', [...REQ, '-verify'], { input: request, encoding: 'utf8' }).stderr;
}

test('openssl says so where the signature of a request is not good', async () => {
  const { request } = await makeNewKey('P-256');
  request[request.length - 1] = (request.at(-1) ?? 0) ^ 1;
  assert.match(verdict(request), /self-signature verify failure/);
});

for (const { kind, details } of KINDS) {
  test(`a key of ${kind} is made, and openssl verifies its request`, async () => {
    const { publicKeySpki, privateKeyPkcs8, request } = await makeNewKey(kind);
    const key = createPrivateKey({
      key: Buffer.from(privateKeyPkcs8),
      format: 'der',
      type: 'pkcs8',
    });
    assert.deepEqual(key.asymmetricKeyDetails, details);
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
    assert.deepEqual(publicKeySpki, new Uint8Array(spki));
    assert.match(verdict(request), /self-signature verify OK/);
    assert.match(
      openssl([...REQ, '-text'], request),
      /Subject: *\n(.*\n)*.*Attributes:\s+\(none\)/,
    );
    const shown = openssl([...REQ, '-pubkey'], request);
    assert.equal(
      createPublicKey(shown).export({ format: 'der', type: 'spki' }).toHex(),
      spki.toHex(),
    );
  });
}

test('requests by P-256 verify whatever the first octets of the signature', async () => {
  for (let i = 0; i < 40; i++) {
    const { request } = await makeNewKey('P-256');
    assert.match(verdict(request), /self-signature verify OK/);
  }
});

for (const kind of ['P-521', 'RSA-1024', '']) {
  test(`a key of '${kind}' is refused`, async () => {
    await assert.rejects(makeNewKey(kind), { code: 'unsupported-algorithm' });
  });
}
