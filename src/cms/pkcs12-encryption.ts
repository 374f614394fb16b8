// How contents of a PKCS#12 file are encrypted with its password, in the two ways that Koshin writes.
// Not here: reading the many other ways.
import {
  type DerNode,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '../asn1/der-writer.ts';
import { deriveByPkcs12, PURPOSE } from './pkcs12-key-derivation.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { utf8Password, utf16Password } from './pkcs12-password.ts';
import { encryptTripleDesCbc } from './triple-des.ts';

/** Encrypted octets and the AlgorithmIdentifier that says how. */
export type Encrypted = { readonly algorithm: DerNode; readonly octets: Uint8Array };

/** What to encrypt, with what. */
export type Encryption = {
  readonly text: Uint8Array;
  readonly password: string;
  readonly iterations: number;
};

/** Salts of 16 octets are what Firefox writes and everyone reads. */
export const SALT_OCTETS = 16;

const AES_BLOCK_OCTETS = 16;
const DES_BLOCK_OCTETS = 8;
const DES_KEY_OCTETS = 24;

/** PBES2 (RFC 8018 §6.2) by PBKDF2 with HMAC-SHA-256, AES-256 in CBC mode. */
export async function encryptByPbes2(encryption: Encryption): Promise<Encrypted> {
  const { iterations } = encryption;
  const salt = randomOctets(SALT_OCTETS);
  const iv = randomOctets(AES_BLOCK_OCTETS);
  const password = utf8Password(encryption.password);
  const secret = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    secret,
    { name: 'AES-CBC', length: 256 },
    false,
    ['encrypt'],
  );
  // RFC 8018 appendix B.2.5: padded as WebCrypto pads.
  const text = new Uint8Array(encryption.text);
  const octets = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, text));
  const derivation = sequence(
    objectIdentifier(PKCS12_OID.pbkdf2),
    sequence(
      octetString(salt),
      integer(iterations),
      sequence(objectIdentifier(PKCS12_OID.hmacWithSha256), nullValue()),
    ),
  );
  const cipher = sequence(objectIdentifier(PKCS12_OID.aes256Cbc), octetString(iv));
  const algorithm = sequence(objectIdentifier(PKCS12_OID.pbes2), sequence(derivation, cipher));
  return { algorithm, octets };
}

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C): all that the oldest systems read. */
export async function encryptByTripleDes(encryption: Encryption): Promise<Encrypted> {
  const { iterations } = encryption;
  const salt = randomOctets(SALT_OCTETS);
  const password = utf16Password(encryption.password);
  const from = { hash: 'SHA-1', password, salt, iterations } as const;
  const key = await deriveByPkcs12({ ...from, purpose: PURPOSE.key, octets: DES_KEY_OCTETS });
  const iv = await deriveByPkcs12({ ...from, purpose: PURPOSE.iv, octets: DES_BLOCK_OCTETS });
  const algorithm = sequence(
    objectIdentifier(PKCS12_OID.pbeWithSha1And3KeyTripleDesCbc),
    sequence(octetString(salt), integer(iterations)),
  );
  return { algorithm, octets: encryptTripleDesCbc(key, iv, pad(encryption.text)) };
}

/** Octets that nobody can guess. */
export function randomOctets(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** RFC 8018 §6.1.1: as many octets as it takes to fill the last block, or a whole one, each saying how many. */
function pad(text: Uint8Array): Uint8Array {
  const missing = DES_BLOCK_OCTETS - (text.length % DES_BLOCK_OCTETS);
  const padded = new Uint8Array(text.length + missing).fill(missing);
  padded.set(text);
  return padded;
}
