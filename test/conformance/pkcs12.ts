// 14 PKCS#12 files by several programs, with passwords of every kind, in DER and BER, and broken.
// A file counts as read when it gives a key and that key's certificate.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Pkcs12, readPkcs12 } from '../../src/cms/read-pkcs12.ts';
import { Refusal } from '../../src/errors.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import type { CaseResult, Corpus } from './corpus.ts';

/** Runs all files. */
export const pkcs12: Corpus = async (folder) => {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.p12'))
    .sort();
  return await Promise.all(files.map(async (file) => await runFile(folder, file)));
};

/** The reader is bounded in depth; what lies deeper is refused by name. */
const TOO_DEEP: Readonly<Record<string, string>> = {
  'empty_password_ber_nested.p12':
    'an OCTET STRING in pieces of pieces, 200 deep; ours are read 32 deep, and openssl refuses it too',
};

async function runFile(folder: string, name: string): Promise<CaseResult> {
  const file = new Uint8Array(readFileSync(join(folder, name)));
  const isBroken = name.startsWith('bad');
  try {
    const read = await readPkcs12(file, { password: passwordOf(name) });
    if (isBroken) return { name, outcome: 'failed', detail: 'it was read' };
    const outcome = holdsPair(read) ? 'passed' : 'failed';
    return { name, outcome, detail: outcome === 'passed' ? '' : 'no key with its certificate' };
  } catch (error) {
    if (!(error instanceof Refusal)) return { name, outcome: 'failed', detail: String(error) };
    const detail = `${error.code}: ${error.message}`;
    if (isBroken) return { name, outcome: 'passed', detail };
    const why = error.message.includes('nested too deeply') ? TOO_DEEP[name] : undefined;
    if (why !== undefined) return { name, outcome: 'unsupported', detail: why };
    return { name, outcome: 'failed', detail };
  }
}

function passwordOf(name: string): string {
  if (name.startsWith('unicode_')) return 'Hello, 世界';
  return name.startsWith('empty_') || name.startsWith('null_') ? '' : 'foo';
}

function holdsPair({ keys, certificates }: Pkcs12): boolean {
  const certified = certificates.map(({ der }) =>
    parseCertificate(der).subjectPublicKeyInfo.der.toHex(),
  );
  return keys.length === 1 && keys.every(({ der }) => certified.includes(publicKeyOf(der)));
}

function publicKeyOf(pkcs8: Uint8Array): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).toHex();
}
