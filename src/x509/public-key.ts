// SubjectPublicKeyInfo: which key it is, how strong, and its exact DER (RFC 3279, 5480, 8410).
// Not here: whether it is a good key. Whether an elliptic point lies on its curve the verifier learns when
// it imports; what of RSA is too weak, whoever certifies or trusts the key decides.
import { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { OBJECT_IDENTIFIER, SEQUENCE } from '../asn1/tag.ts';

/** The curves of NIST that are used here. */
export type CurveName = 'P-256' | 'P-384' | 'P-521';

/** A public key by kind; `der` is the whole SubjectPublicKeyInfo. */
export type PublicKey =
  | {
      readonly kind: 'rsa';
      readonly der: Uint8Array;
      readonly keyOctets: Uint8Array;
      readonly modulusBits: number;
      /** Content octets of the modulus, with the leading 00. */
      readonly modulus: Uint8Array;
      /** Content octets of the public exponent. */
      readonly exponent: Uint8Array;
    }
  | {
      readonly kind: 'ec';
      readonly der: Uint8Array;
      readonly keyOctets: Uint8Array;
      readonly curve: CurveName;
    }
  | { readonly kind: 'ed25519'; readonly der: Uint8Array; readonly keyOctets: Uint8Array }
  | {
      /** A kind that Koshin does not use; nothing can be verified with it. */
      readonly kind: 'unsupported';
      readonly der: Uint8Array;
      readonly keyOctets: Uint8Array;
      readonly algorithm: string;
    };

const MAX_MODULUS_BITS = 16_384;
const ED25519_OCTETS = 32;
const UNCOMPRESSED = 0x04;

const CURVES: ReadonlyMap<string, { readonly curve: CurveName; readonly fieldOctets: number }> =
  new Map([
    [OID.prime256v1, { curve: 'P-256', fieldOctets: 32 }],
    [OID.secp384r1, { curve: 'P-384', fieldOctets: 48 }],
    [OID.secp521r1, { curve: 'P-521', fieldOctets: 66 }],
  ]);

/** Reads a SubjectPublicKeyInfo that is all of `der`. */
export function parsePublicKey(der: Uint8Array): PublicKey {
  const r = new DerReader(der, 'public key');
  const key = readPublicKey(r);
  r.finish();
  return key;
}

/** Reads a SubjectPublicKeyInfo. */
export function readPublicKey(r: DerReader): PublicKey {
  const start = r.position;
  const outer = r.enter(SEQUENCE);
  const inAlgorithm = r.enter(SEQUENCE);
  const algorithm = r.objectIdentifier();
  const spki = { start, outer, inAlgorithm };
  if (algorithm === OID.rsaEncryption) return readRsaKey(r, spki);
  if (algorithm === OID.ecPublicKey) return readEcKey(r, spki);
  if (algorithm === OID.ed25519) return readEd25519Key(r, spki);
  return readUnsupportedKey(r, spki, algorithm);
}

/** Where the reader stands in a SubjectPublicKeyInfo: after the OID of its algorithm. */
type Spki = { readonly start: number; readonly outer: number; readonly inAlgorithm: number };

function readRsaKey(r: DerReader, spki: Spki): PublicKey {
  // RFC 3279 §2.3.1: the parameters are NULL.
  r.null();
  r.leave(spki.inAlgorithm);
  const keyOctets = r.bitStringOctets();
  r.leave(spki.outer);
  const key = new DerReader(keyOctets, 'RSA public key');
  const inKey = key.enter(SEQUENCE);
  const modulus = key.positiveInteger();
  const exponent = key.positiveInteger();
  key.leave(inKey);
  key.finish();
  const modulusBits = bitLength(modulus);
  if (modulusBits > MAX_MODULUS_BITS) r.refuse(`RSA key has over ${MAX_MODULUS_BITS} bits`);
  return { kind: 'rsa', der: r.since(spki.start), keyOctets, modulusBits, modulus, exponent };
}

function readEcKey(r: DerReader, spki: Spki): PublicKey {
  // RFC 5480 §2.1.1: named curves only; explicit parameters have been a way to forge keys.
  const known = r.isNext(OBJECT_IDENTIFIER) ? CURVES.get(r.objectIdentifier()) : undefined;
  if (known === undefined) return readUnsupportedKey(r, spki, OID.ecPublicKey);
  r.leave(spki.inAlgorithm);
  const keyOctets = r.bitStringOctets();
  r.leave(spki.outer);
  // RFC 5480 §2.2: 04, then both coordinates. We differ: compressed points are refused.
  if (keyOctets[0] !== UNCOMPRESSED || keyOctets.length !== 1 + 2 * known.fieldOctets) {
    r.refuse(`${known.curve} point is not in uncompressed form`);
  }
  return { kind: 'ec', der: r.since(spki.start), keyOctets, curve: known.curve };
}

function readEd25519Key(r: DerReader, spki: Spki): PublicKey {
  // RFC 8410 §3: the parameters are absent.
  r.leave(spki.inAlgorithm);
  const keyOctets = r.bitStringOctets();
  r.leave(spki.outer);
  if (keyOctets.length !== ED25519_OCTETS) r.refuse('Ed25519 key is not 32 octets');
  return { kind: 'ed25519', der: r.since(spki.start), keyOctets };
}

function readUnsupportedKey(r: DerReader, spki: Spki, algorithm: string): PublicKey {
  if (!r.atEnd()) r.skip();
  r.leave(spki.inAlgorithm);
  const keyOctets = r.bitStringOctets();
  r.leave(spki.outer);
  return { kind: 'unsupported', der: r.since(spki.start), keyOctets, algorithm };
}

function bitLength(positive: Uint8Array): number {
  const leading = positive[0] === 0 ? 1 : 0;
  return (positive.length - leading) * 8 - (Math.clz32(positive[leading] ?? 0) - 24);
}
