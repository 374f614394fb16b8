// How contents of a PKCS#12 file are decrypted, in the ways that programs have encrypted them.
// Not here: MD5, DES with one key, RC4 and scrypt, which are refused as unsupported.
import { DerReader } from '../asn1/der-reader.ts';
import { INTEGER, NULL, OCTET_STRING, SEQUENCE } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../x509/signed.ts';
import {
  blocksFor,
  costOfPkcs12,
  deriveByPkcs12,
  type Pkcs12Hash,
  PURPOSE,
} from './pkcs12-key-derivation.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { decryptRc2Cbc } from './rc2.ts';
import { decryptTripleDesCbc } from './triple-des.ts';

/** A password in both forms; with none given, PKCS#12's may be empty or its two octets of zero. */
export type FilePassword = {
  readonly utf8: Uint8Array<ArrayBuffer>;
  readonly utf16: Uint8Array<ArrayBuffer>;
};

/** Digests that a file asks for: by the derivation of PKCS#12, which is done here, and by PBKDF2. */
export type DigestKind = 'pkcs12' | 'pbkdf2';

/** Counts the work that a file asks for; refuses when it has asked for too much. */
export type Work = { spend: (kind: DigestKind, digests: number) => void };

/** PBKDF2 (RFC 8018 §5.2) as a file asks for it. */
export type Pbkdf2 = {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly hash: Pkcs12Hash;
  readonly keyOctets: number | undefined;
};

type Cipher = { readonly keyOctets: number; readonly ivOctets: number; readonly decrypt: Decrypt };
type Decrypt = (
  key: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
  text: Uint8Array,
) => Promise<Uint8Array> | Uint8Array;

const TRIPLE_DES: Cipher = {
  keyOctets: 24,
  ivOctets: 8,
  decrypt: (key, iv, text) => withoutPadding(decryptTripleDesCbc(key, iv, text)),
};

/** RFC 7292 appendix C. */
const PKCS12_CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  [PKCS12_OID.pbeWithSha1And3KeyTripleDesCbc, TRIPLE_DES],
  [PKCS12_OID.pbeWithSha1And128BitRc2Cbc, rc2(16)],
  [PKCS12_OID.pbeWithSha1And40BitRc2Cbc, rc2(5)],
]);

/** RFC 8018 appendix B.2. */
const PBES2_CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  [PKCS12_OID.aes128Cbc, aes(16)],
  [PKCS12_OID.aes192Cbc, aes(24)],
  [PKCS12_OID.aes256Cbc, aes(32)],
  [PKCS12_OID.desEde3Cbc, TRIPLE_DES],
]);

/** RFC 8018 appendix B.1.2: the digest of each pseudo-random function. */
export const HMACS: ReadonlyMap<string, Pkcs12Hash> = new Map<string, Pkcs12Hash>([
  [PKCS12_OID.hmacWithSha1, 'SHA-1'],
  [PKCS12_OID.hmacWithSha256, 'SHA-256'],
  [PKCS12_OID.hmacWithSha384, 'SHA-384'],
  [PKCS12_OID.hmacWithSha512, 'SHA-512'],
]);

/** Decrypts what `algorithm` says how it is encrypted. */
export async function decrypt(
  { algorithm, text }: { readonly algorithm: AlgorithmIdentifier; readonly text: Uint8Array },
  password: FilePassword,
  work: Work,
): Promise<Uint8Array> {
  if (algorithm.oid === PKCS12_OID.pbes2)
    return await decryptByPbes2(algorithm, text, { password, work });
  const cipher = PKCS12_CIPHERS.get(algorithm.oid);
  if (cipher === undefined) throw unsupported('encryption', algorithm.oid);
  const r = parametersOf(algorithm);
  const outer = r.enter(SEQUENCE);
  const salt = r.contents(OCTET_STRING);
  const iterations = readIterations(r);
  r.leave(outer);
  const from = { hash: 'SHA-1', password: password.utf16, salt, iterations } as const;
  const forKey = { ...from, purpose: PURPOSE.key, octets: cipher.keyOctets };
  const forIv = { ...from, purpose: PURPOSE.iv, octets: cipher.ivOctets };
  work.spend('pkcs12', costOfPkcs12(forKey) + costOfPkcs12(forIv));
  const key = await deriveByPkcs12(forKey);
  const iv = await deriveByPkcs12(forIv);
  return await runCipher(cipher, { key, iv, text });
}

async function decryptByPbes2(
  algorithm: AlgorithmIdentifier,
  text: Uint8Array,
  { password, work }: { readonly password: FilePassword; readonly work: Work },
): Promise<Uint8Array> {
  const r = parametersOf(algorithm);
  const outer = r.enter(SEQUENCE);
  const derivation = readPbkdf2(readAlgorithmIdentifier(r));
  const scheme = readAlgorithmIdentifier(r);
  r.leave(outer);
  const cipher = PBES2_CIPHERS.get(scheme.oid);
  if (cipher === undefined) throw unsupported('encryption', scheme.oid);
  const ivReader = parametersOf(scheme);
  const iv = new Uint8Array(ivReader.contents(OCTET_STRING));
  if (iv.length !== cipher.ivOctets) ivReader.refuse('initial vector has the wrong length');
  const { keyOctets } = cipher;
  if (derivation.keyOctets !== undefined && derivation.keyOctets !== keyOctets) {
    r.refuse('key length is not that of the cipher');
  }
  const key = await deriveByPbkdf2(password.utf8, { ...derivation, keyOctets }, work);
  return await runCipher(cipher, { key, iv, text });
}

/** Reads the parameters of PBKDF2; refuses other derivations. */
export function readPbkdf2(algorithm: AlgorithmIdentifier): Pbkdf2 {
  if (algorithm.oid !== PKCS12_OID.pbkdf2) throw unsupported('key derivation', algorithm.oid);
  const r = parametersOf(algorithm);
  const outer = r.enter(SEQUENCE);
  const salt = new Uint8Array(r.contents(OCTET_STRING));
  const iterations = readIterations(r);
  const keyOctets = r.isNext(INTEGER) ? r.smallInteger() : undefined;
  // RFC 8018 appendix A.2: HMAC-SHA-1 is the default.
  const prf = r.atEnd() ? PKCS12_OID.hmacWithSha1 : readAlgorithmIdentifier(r).oid;
  r.leave(outer);
  const hash = HMACS.get(prf);
  if (hash === undefined) throw unsupported('pseudo-random function', prf);
  return { salt, iterations, hash, keyOctets };
}

/** Derives a key by PBKDF2; RFC 8018 §5.2: each block takes all of the iterations. */
export async function deriveByPbkdf2(
  password: Uint8Array<ArrayBuffer>,
  { salt, iterations, hash, keyOctets }: Pbkdf2 & { readonly keyOctets: number },
  work: Work,
): Promise<Uint8Array<ArrayBuffer>> {
  work.spend('pbkdf2', iterations * blocksFor(keyOctets, hash));
  const secret = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash, salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, secret, 8 * keyOctets));
}

/** Reads an iteration count, at least one. */
export function readIterations(r: DerReader): number {
  const iterations = r.smallInteger();
  if (iterations < 1) r.refuse('iteration count is zero');
  return iterations;
}

/** A reader at the parameters of an algorithm. */
export function parametersOf({ der, oid }: AlgorithmIdentifier): DerReader {
  const r = new DerReader(der, `parameters of ${oid}`);
  r.enter(SEQUENCE);
  r.objectIdentifier();
  if (r.isNext(NULL) || r.atEnd()) r.refuse('parameters are missing');
  return r;
}

/** The refusal of an algorithm that is not in a table here. */
export function unsupported(what: string, oid: string): Refusal {
  return new Refusal('unsupported-algorithm', `PKCS#12: ${what} ${oid}`);
}

async function runCipher(
  { ivOctets, decrypt: run }: Cipher,
  {
    key,
    iv,
    text,
  }: {
    readonly key: Uint8Array<ArrayBuffer>;
    readonly iv: Uint8Array<ArrayBuffer>;
    readonly text: Uint8Array;
  },
): Promise<Uint8Array> {
  // The block of each of these ciphers is as long as its initial vector.
  if (text.length === 0 || text.length % ivOctets !== 0) throw undecryptable();
  return await run(key, iv, text);
}

function aes(keyOctets: number): Cipher {
  const run: Decrypt = async (key, iv, text) => {
    const secret = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
    try {
      const how = { name: 'AES-CBC', iv };
      return new Uint8Array(await crypto.subtle.decrypt(how, secret, new Uint8Array(text)));
    } catch (cause) {
      throw undecryptable({ cause });
    }
  };
  return { keyOctets, ivOctets: 16, decrypt: run };
}

function rc2(keyOctets: number): Cipher {
  const run: Decrypt = (key, iv, text) => withoutPadding(decryptRc2Cbc(key, iv, text));
  return { keyOctets, ivOctets: 8, decrypt: run };
}

/** RFC 8018 §6.1.2: one to eight octets, each saying how many. */
function withoutPadding(padded: Uint8Array): Uint8Array {
  const count = padded.at(-1) ?? 0;
  const padding = padded.subarray(padded.length - count);
  if (count < 1 || count > 8 || padding.some((octet) => octet !== count)) throw undecryptable();
  return padded.subarray(0, padded.length - count);
}

/** Not a wrong password: the MAC has shown that it is right. */
function undecryptable(options?: ErrorOptions): Refusal {
  return new Refusal('malformed', 'PKCS#12: contents cannot be decrypted', options);
}
