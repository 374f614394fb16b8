// A person's key with a certificate and the authority above it, as a renewal leaves them.
// Not for the product: tests only.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { encodeTbsCertificate } from '../../src/x509/certificate.ts';
import { basicConstraintsExtension, extendedKeyUsageExtension } from '../../src/x509/key-usage.ts';
import { ISSUER, sampleFields, signWith } from '../sample-certificate.ts';
import type { SampleKey } from '../sample-keys.ts';

/** Kinds of a person's keys that are tried. */
export type IdentityKind = 'RSA-3072' | 'P-256';

/** All in DER; `chain` holds the authority's certificate. */
export type SampleIdentity = {
  readonly privateKeyPkcs8: Uint8Array;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
};

const made = new Map<IdentityKind, SampleIdentity>();

/** The identity of a kind; the same one each time. */
export function sampleIdentity(kind: IdentityKind): SampleIdentity {
  const known = made.get(kind) ?? makeIdentity(kind);
  made.set(kind, known);
  return known;
}

function makeIdentity(kind: IdentityKind): SampleIdentity {
  const authority = keyOf('P-256');
  const person = keyOf(kind);
  const authorityTbs = encodeTbsCertificate(
    sampleFields(authority, {
      serialNumber: Uint8Array.of(1),
      subjectDer: ISSUER.der,
      extensions: [basicConstraintsExtension({ isCa: true, pathLength: 0 })],
    }),
  );
  const tbs = encodeTbsCertificate(
    sampleFields(authority, {
      subjectPublicKeyInfoDer: person.spkiDer,
      extensions: [extendedKeyUsageExtension([OID.clientAuth])],
    }),
  );
  return {
    privateKeyPkcs8: pkcs8Of(person.privateKey),
    certificate: signWith(authority, tbs),
    chain: [signWith(authority, authorityTbs)],
  };
}

/** A private key as DER. */
export function pkcs8Of(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
}

function keyOf(kind: IdentityKind): SampleKey {
  const { publicKey, privateKey } =
    kind === 'P-256'
      ? generateKeyPairSync('ec', { namedCurve: kind })
      : generateKeyPairSync('rsa', { modulusLength: 3072 });
  return {
    spkiDer: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    privateKey,
    algorithm: { scheme: kind === 'P-256' ? 'ecdsa' : 'rsa-pkcs1', hash: 'SHA-256' },
    sign: (message) => new Uint8Array(sign('sha256', message, privateKey)),
  };
}
