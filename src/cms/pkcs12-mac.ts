// Whether a PKCS#12 file is whole and the password right: the MAC of RFC 7292, and PBMAC1 (RFC 9579).
// Not here: files signed with a key instead, which nobody writes.
import type { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { OCTET_STRING, SEQUENCE } from '../asn1/tag.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../x509/signed.ts';
import {
  deriveByPbkdf2,
  type FilePassword,
  HMACS,
  parametersOf,
  readIterations,
  readPbkdf2,
  unsupported,
  type Work,
} from './pkcs12-decryption.ts';
import { costOfPkcs12, deriveByPkcs12, type Pkcs12Hash, PURPOSE } from './pkcs12-key-derivation.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';

/** MacData as it was read. */
export type Pkcs12Mac = {
  readonly algorithm: AlgorithmIdentifier;
  readonly mac: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
};

const HASHES: ReadonlyMap<string, { hash: Pkcs12Hash; octets: number }> = new Map<
  string,
  { hash: Pkcs12Hash; octets: number }
>([
  [PKCS12_OID.sha1, { hash: 'SHA-1', octets: 20 }],
  [OID.sha256, { hash: 'SHA-256', octets: 32 }],
  [OID.sha384, { hash: 'SHA-384', octets: 48 }],
  [OID.sha512, { hash: 'SHA-512', octets: 64 }],
]);

/** RFC 9579 §9: shorter keys are refused; longer than a block they gain nothing. */
const MIN_KEY_OCTETS = 20;
const MAX_KEY_OCTETS = 128;

/** Reads MacData. */
export function readMac(r: DerReader): Pkcs12Mac {
  const outer = r.enter(SEQUENCE);
  const inDigest = r.enter(SEQUENCE);
  const algorithm = readAlgorithmIdentifier(r);
  const mac = r.contents(OCTET_STRING);
  r.leave(inDigest);
  const salt = r.contents(OCTET_STRING);
  // RFC 7292 §4: DEFAULT 1.
  const iterations = r.atEnd() ? 1 : readIterations(r);
  r.leave(outer);
  return { algorithm, mac, salt, iterations };
}

/** Whether this password makes this MAC over these contents. */
export async function isRightMac(
  mac: Pkcs12Mac,
  contents: Uint8Array,
  { password, work }: { readonly password: FilePassword; readonly work: Work },
): Promise<boolean> {
  const isPbmac1 = mac.algorithm.oid === PKCS12_OID.pbmac1;
  const { hash, key } = isPbmac1
    ? await keyOfPbmac1(mac, password, work)
    : await keyOfPkcs12(mac, password, work);
  const hmac = { name: 'HMAC', hash };
  const secret = await crypto.subtle.importKey('raw', key, hmac, false, ['verify']);
  return await crypto.subtle.verify(
    'HMAC',
    secret,
    new Uint8Array(mac.mac),
    new Uint8Array(contents),
  );
}

type MacKey = { readonly hash: Pkcs12Hash; readonly key: Uint8Array<ArrayBuffer> };

/** RFC 7292 §5.1. */
async function keyOfPkcs12(
  { algorithm, salt, iterations }: Pkcs12Mac,
  { utf16: password }: FilePassword,
  work: Work,
): Promise<MacKey> {
  const known = HASHES.get(algorithm.oid);
  if (known === undefined) throw unsupported('MAC', algorithm.oid);
  const { hash, octets } = known;
  const from = { hash, password, salt, iterations, purpose: PURPOSE.mac, octets };
  work.spend('pkcs12', costOfPkcs12(from));
  return { hash, key: await deriveByPkcs12(from) };
}

/** RFC 9579 §4: salt and count of MacData say nothing; those of the algorithm do. */
async function keyOfPbmac1(
  { algorithm }: Pkcs12Mac,
  { utf8 }: FilePassword,
  work: Work,
): Promise<MacKey> {
  const r = parametersOf(algorithm);
  const outer = r.enter(SEQUENCE);
  const derivation = readPbkdf2(readAlgorithmIdentifier(r));
  const { oid } = readAlgorithmIdentifier(r);
  r.leave(outer);
  const hash = HMACS.get(oid);
  if (hash === undefined) throw unsupported('MAC', oid);
  // RFC 9579 §4: the length of the key is present, as HMAC has none of its own.
  const octets = derivation.keyOctets ?? r.refuse('key length of PBMAC1 is missing');
  if (octets < MIN_KEY_OCTETS || octets > MAX_KEY_OCTETS) r.refuse('key length of PBMAC1');
  return { hash, key: await deriveByPbkdf2(utf8, { ...derivation, keyOctets: octets }, work) };
}
