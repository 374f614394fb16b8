// The installation's master secret and what is derived from it, one secret for each purpose.
// Kept in a file outside the database; whoever has only the database can use nothing sealed by it.
import { hkdfSync, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';

/** What a derived secret is for; two purposes never share one. */
export type SecretPurpose =
  | 'authority-keys'
  | 'checkpoint-key'
  | 'pin-pepper'
  | 'label-marks'
  | 'form-tokens'
  | 'passkey-challenges'
  | 'passkey-handles'
  | 'acquisition-codes'
  | 'mailed-codes';

/** Derives the secret of a purpose; 32 octets. */
export type Secrets = (purpose: SecretPurpose) => Uint8Array;

const MASTER_OCTETS = 32;

/** Reads the master secret (64 hexadecimal digits) from its file. */
export async function readSecrets(file: string): Promise<Secrets> {
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`the secret file ${file} does not hold 64 hexadecimal digits`);
  }
  return secretsOf(Buffer.from(text, 'hex'));
}

/** Makes a new master secret; fails when the file exists, and is on disk when it returns. */
export async function createSecrets(file: string): Promise<Secrets> {
  const master = randomBytes(MASTER_OCTETS);
  await using handle = await open(file, 'wx', 0o600);
  await handle.writeFile(`${master.toString('hex')}\n`);
  await handle.sync();
  return secretsOf(master);
}

function secretsOf(master: Uint8Array): Secrets {
  // RFC 5869: the purpose is HKDF's `info`.
  return (purpose) => new Uint8Array(hkdfSync('sha256', master, '', `koshin ${purpose}`, 32));
}
