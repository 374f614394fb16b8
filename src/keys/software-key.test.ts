import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createSecrets } from './secrets.ts';
import { createAuthorityKey, readAuthorityKey } from './software-key.ts';

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-keys-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const fileOf = (folder: string, issuer: Uint8Array) => join(folder, `${issuer.toHex()}.pem`);

test('a key that was made is read again as the same key', async () => {
  await withFolder(async (folder) => {
    const secrets = await createSecrets(join(folder, 'secret'));
    const made = await createAuthorityKey(folder, 'P-384', secrets);
    const read = await readAuthorityKey(folder, made.issuer, secrets);
    assert.deepEqual(read.spkiDer, made.spkiDer);
  });
});

test('a key under the name of another is not taken for it', async () => {
  await withFolder(async (folder) => {
    const secrets = await createSecrets(join(folder, 'secret'));
    const made = await createAuthorityKey(folder, 'P-256', secrets);
    const other = new Uint8Array(randomBytes(32));
    await copyFile(fileOf(folder, made.issuer), fileOf(folder, other));
    await assert.rejects(readAuthorityKey(folder, other, secrets), /is another one/);
  });
});

test('a private key that is stored with the public key of another is not used', async () => {
  await withFolder(async (folder) => {
    const secrets = await createSecrets(join(folder, 'secret'));
    const issuer = new Uint8Array(randomBytes(32));
    const pem = mismatchedKey().export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: Buffer.from(secrets('authority-keys')).toString('base64url'),
    });
    await writeFile(fileOf(folder, issuer), pem);
    await assert.rejects(readAuthorityKey(folder, issuer, secrets), /its own public key/);
  });
});

/** PKCS#8 of a P-256 key ends with its public point. */
function mismatchedKey(): KeyObject {
  const [one, other] = [newKey(), newKey()];
  const point = other.subarray(-65);
  const key = Buffer.concat([one.subarray(0, -65), point]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function newKey(): Buffer {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'der' });
}
