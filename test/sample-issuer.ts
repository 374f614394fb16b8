// An issuing CA in memory with the profile of its users, and orders for certificates of theirs.
// Not for the product: tests only.
import { createHash } from 'node:crypto';
import type { Issuer } from '../src/ca/issuer.ts';
import type { UserOrder } from '../src/ca/user-profile.ts';
import { parsePublicKey } from '../src/x509/public-key.ts';
import { encodeSignatureAlgorithm } from '../src/x509/signature-algorithm.ts';
import { ISSUER } from './sample-certificate.ts';
import { type SampleKey, sampleKey } from './sample-keys.ts';

/** What the sample institution is called. */
export const INSTITUTION_NAME = 'みほん信用金庫';

/** The issuing CA with the sample key. */
export function sampleIssuer(key: SampleKey = sampleKey('P-256')): Issuer {
  return {
    name: ISSUER,
    publicKey: parsePublicKey(key.spkiDer),
    keyIdentifier: sha256Of(key.spkiDer),
    signatureAlgorithmDer: encodeSignatureAlgorithm(key.algorithm),
    notAfter: new Date('2036-12-31T14:59:59Z'),
    places: {
      crl: 'http://ca.example.jp/1394/1.crl',
      ocsp: 'http://ca.example.jp/ocsp',
      caCertificate: 'http://ca.example.jp/1394/1.cer',
      policy: '2.25.187046530478265110253706123811840726539',
    },
  };
}

/** An order with those in `changes` in their place. */
export function sampleOrder(changes: Partial<UserOrder> = {}): UserOrder {
  const { spkiDer } = sampleKey('RSA');
  return {
    identity: { institution: '1394', contract: '00012345678', user: 'suzuki01' },
    commonName: '00012345678 suzuki01 1394 2027-12',
    spkiDer,
    keyIdentifier: sha256Of(spkiDer),
    serialNumber: Uint8Array.fromHex('5a000102030405060708090a0b0c0d0e0f101112'),
    notBefore: new Date('2026-12-31T14:00:00Z'),
    notAfter: new Date('2027-12-31T14:59:59Z'),
    ...changes,
  };
}

/** SHA-256 by Node's streaming hash. */
export function sha256Of(octets: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}
