// The key that signs the audit tree's checkpoints: Ed25519, made once, encrypted at rest, used here and
// nowhere else. Not what is signed: that it is consistent is checked before.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Secrets } from './secrets.ts';
import { writeDurably } from './write-durably.ts';

/** A checkpoint key ready to sign. */
export type CheckpointKey = {
  /** RFC 8032: 32 octets. */
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

const FILE = 'checkpoint.pem';
const KEY_OCTETS = 32;
const generate = promisify(generateKeyPair);

/** Reads the key of this folder; makes it, where there is none. */
export async function openCheckpointKey(folder: string, secrets: Secrets): Promise<CheckpointKey> {
  const file = join(folder, FILE);
  if (!existsSync(file)) await create(file, secrets);
  return await readCheckpointKey(folder, secrets);
}

/** Reads the key of this folder. */
export async function readCheckpointKey(folder: string, secrets: Secrets): Promise<CheckpointKey> {
  const file = join(folder, FILE);
  const privateKey = decrypt(await readFile(file, 'utf8'), file, secrets);
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    publicKey: new Uint8Array(spki.subarray(-KEY_OCTETS)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

async function create(file: string, secrets: Secrets): Promise<void> {
  const { privateKey } = await generate('ed25519');
  const pem = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: passphraseOf(secrets),
  });
  await writeDurably(file, pem.toString());
}

function decrypt(pem: string, file: string, secrets: Secrets): KeyObject {
  const key = keyFrom(pem, file, secrets);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the key in ${file} is not of Ed25519`);
  return key;
}

function keyFrom(pem: string, file: string, secrets: Secrets): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase: passphraseOf(secrets) });
  } catch (cause) {
    const says = `the checkpoint key in ${file} cannot be opened with this installation's secret`;
    throw new Error(says, { cause });
  }
}

function passphraseOf(secrets: Secrets): string {
  return Buffer.from(secrets('checkpoint-key')).toString('base64url');
}
