// A host's key pair as two PEM files in a folder: `<host>.pem` with the chain, `<host>.key`.
// Not here: when they are read, and what is done with them.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyPair } from './tls-server.ts';

/** A key pair as it lies in the folder: the name of its files, and the host names it is shown under. */
export type HostKeyFiles = { readonly host: string; readonly names: readonly string[] };

/** What a key pair is worth. */
export type KeyPairReach = {
  readonly starts: Date;
  readonly ends: Date;
  /** The names of its host that browsers will not take it for. */
  readonly missing: readonly string[];
};

/** Reads both files; where one is missing the error tells what to do. */
export async function readKeyPair(folder: string, host: string): Promise<KeyPair> {
  const [certificateChainPem, privateKeyPem] = await Promise.all(
    ['pem', 'key'].map(async (ending) => await readPart(folder, host, ending)),
  );
  return { certificateChainPem: certificateChainPem ?? '', privateKeyPem: privateKeyPem ?? '' };
}

/** When and for which names the first certificate of the chain serves; throws where the key is not its key. */
export function reachOfKeyPair(
  { certificateChainPem, privateKeyPem }: KeyPair,
  names: readonly string[],
): KeyPairReach {
  const certificate = new X509Certificate(certificateChainPem);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKeyPem))) {
    throw new Error('the certificate is not for this key');
  }
  return {
    starts: certificate.validFromDate,
    ends: certificate.validToDate,
    missing: names.filter((name) => certificate.checkHost(name) === undefined),
  };
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
