// Key pairs of every kind that Koshin uses, made when asked for, each with how it signs.
// Not for the product: tests only; the keys live as long as the test.
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { SignatureAlgorithm } from '../src/x509/signature-algorithm.ts';

/** A key pair that signs by one algorithm. */
export type SampleKey = {
  readonly spkiDer: Uint8Array;
  readonly privateKey: KeyObject;
  readonly algorithm: SignatureAlgorithm;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

const CURVE_OF = { 'P-256': 'SHA-256', 'P-384': 'SHA-384', 'P-521': 'SHA-512' } as const;

/** Kinds of sample keys. */
export type SampleKind = 'RSA' | 'RSA-PSS' | 'Ed25519' | keyof typeof CURVE_OF;

/** Every kind. */
export const SAMPLE_KINDS: readonly SampleKind[] = [
  'RSA',
  'RSA-PSS',
  'P-256',
  'P-384',
  'P-521',
  'Ed25519',
];

const made = new Map<SampleKind, SampleKey>();

/** The key of a kind; the same one each time. */
export function sampleKey(kind: SampleKind): SampleKey {
  const known = made.get(kind);
  if (known !== undefined) return known;
  const key = freshKey(kind);
  made.set(kind, key);
  return key;
}

/** A new key of a kind. */
export function freshKey(kind: SampleKind): SampleKey {
  switch (kind) {
    case 'RSA':
      return rsaKey({ scheme: 'rsa-pkcs1', hash: 'SHA-256' }, {});
    case 'RSA-PSS':
      return rsaKey(
        { scheme: 'rsa-pss', hash: 'SHA-384', saltOctets: 48 },
        { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
      );
    case 'Ed25519':
      return sample(generateKeyPairSync('ed25519'), { scheme: 'ed25519' }, {});
    case 'P-256':
    case 'P-384':
    case 'P-521':
      return sample(
        generateKeyPairSync('ec', { namedCurve: kind }),
        { scheme: 'ecdsa', hash: CURVE_OF[kind] },
        {},
      );
  }
}

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
type Padding = { readonly padding?: number; readonly saltLength?: number };

function rsaKey(algorithm: SignatureAlgorithm, padding: Padding): SampleKey {
  return sample(generateKeyPairSync('rsa', { modulusLength: 2048 }), algorithm, padding);
}

function sample(pair: Pair, algorithm: SignatureAlgorithm, padding: Padding): SampleKey {
  const hash = algorithm.scheme === 'ed25519' ? null : algorithm.hash;
  return {
    spkiDer: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
    privateKey: pair.privateKey,
    algorithm,
    sign: (message) => new Uint8Array(sign(hash, message, { key: pair.privateKey, ...padding })),
  };
}
