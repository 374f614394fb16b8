// CA keys in software: made here, encrypted at rest as PKCS#8, used here and nowhere else.
// Not a policy: what may be signed is checked before, by `ca`.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { equalOctets } from '../asn1/octets.ts';
import type { SignatureAlgorithm } from '../x509/signature-algorithm.ts';
import type { Secrets } from './secrets.ts';
import { writeDurably } from './write-durably.ts';

/** A CA key ready to sign. */
export type AuthorityKey = {
  /** SHA-256 of the SubjectPublicKeyInfo: the identity by which issuers are pinned. */
  readonly issuer: Uint8Array;
  readonly spkiDer: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** Signs a TBSCertificate; ECDSA, DER-encoded Ecdsa-Sig-Value (RFC 5480 appendix A). */
  readonly sign: (tbsDer: Uint8Array) => Uint8Array;
};

/** Curves of CA keys: P-384 for roots, P-256 where many certificates are signed. */
export type AuthorityCurve = 'P-256' | 'P-384';

type Used = { readonly algorithm: SignatureAlgorithm; readonly digest: string };

const ALGORITHMS: Readonly<Record<string, Used>> = {
  prime256v1: { algorithm: { scheme: 'ecdsa', hash: 'SHA-256' }, digest: 'sha256' },
  secp384r1: { algorithm: { scheme: 'ecdsa', hash: 'SHA-384' }, digest: 'sha384' },
};
const PROBE = new TextEncoder().encode('koshin: does this key sign for its public key?');
const generate = promisify(generateKeyPair);

/** Makes a key, stores it encrypted in a folder under its identity, and returns it once on disk. */
export async function createAuthorityKey(
  folder: string,
  curve: AuthorityCurve,
  secrets: Secrets,
): Promise<AuthorityKey> {
  const { privateKey } = await generate('ec', { namedCurve: curve });
  const pem = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: passphraseOf(secrets),
  });
  const key = authorityKeyOf(privateKey);
  await writeDurably(fileOf(folder, key.issuer), pem.toString());
  return key;
}

/** Reads and decrypts a key that `createAuthorityKey` stored. */
export async function readAuthorityKey(
  folder: string,
  issuer: Uint8Array,
  secrets: Secrets,
): Promise<AuthorityKey> {
  const file = fileOf(folder, issuer);
  const privateKey = decryptKey(await readFile(file, 'utf8'), file, secrets);
  const key = authorityKeyOf(privateKey);
  if (!equalOctets(key.issuer, issuer)) throw new Error(`the CA key in ${file} is another one`);
  return key;
}

function decryptKey(pem: string, file: string, secrets: Secrets): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase: passphraseOf(secrets) });
  } catch (cause) {
    throw new Error(`the CA key in ${file} cannot be opened with this installation's secret`, {
      cause,
    });
  }
}

function authorityKeyOf(privateKey: KeyObject): AuthorityKey {
  const used = ALGORITHMS[privateKey.asymmetricKeyDetails?.namedCurve ?? ''];
  if (used === undefined) throw new Error('a CA key is on P-256 or P-384');
  const publicKey = createPublicKey(privateKey);
  // What a file says of its public half need not belong to the private one.
  if (!verify(used.digest, PROBE, publicKey, sign(used.digest, PROBE, privateKey))) {
    throw new Error('a CA key does not sign for its own public key');
  }
  const spkiDer = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    issuer: new Uint8Array(createHash('sha256').update(spkiDer).digest()),
    spkiDer,
    algorithm: used.algorithm,
    sign: (tbsDer) => {
      const { buffer, byteOffset, byteLength } = sign(used.digest, tbsDer, privateKey);
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  };
}

function fileOf(folder: string, issuer: Uint8Array): string {
  return join(folder, `${Buffer.from(issuer).toString('hex')}.pem`);
}

function passphraseOf(secrets: Secrets): string {
  return Buffer.from(secrets('authority-keys')).toString('base64url');
}
