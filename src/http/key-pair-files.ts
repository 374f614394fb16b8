// A host's key pair as two PEM files in a folder: `<host>.pem` with the chain, `<host>.key`.
// Not here: when they are read, and what is done with them.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPair } from './tls-server.ts';

/** Reads both files; where one is missing the error tells what to do. */
export async function readKeyPair(folder: string, host: string): Promise<KeyPair> {
  const [certificateChainPem, privateKeyPem] = await Promise.all(
    ['pem', 'key'].map(async (ending) => await readPart(folder, host, ending)),
  );
  return { certificateChainPem: certificateChainPem ?? '', privateKeyPem: privateKeyPem ?? '' };
}

/** When the first certificate of the chain ends; throws where the key is not its key. */
export function endOfKeyPair({ certificateChainPem, privateKeyPem }: KeyPair): Date {
  const certificate = new X509Certificate(certificateChainPem);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKeyPem))) {
    throw new Error('the certificate is not for this key');
  }
  return certificate.validToDate;
}

async function readPart(folder: string, host: string, ending: string): Promise<string> {
  try {
    return await readFile(join(folder, `${host}.${ending}`), 'utf8');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    const message = `no key pair for ${host}: put ${host}.pem and ${host}.key into ${folder}`;
    throw new Error(message, { cause });
  }
}
