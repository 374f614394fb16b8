// Chains of certificates and CRLs for tests of paths: each CA with its own key, names by hand.
// Not for the product: tests only.
import { OID } from '../src/asn1/known-object-identifiers.ts';
import {
  type Certificate,
  encodeTbsCertificate,
  parseCertificate,
} from '../src/x509/certificate.ts';
import { type CertificateList, parseCertificateList } from '../src/x509/certificate-list.ts';
import type { Extension } from '../src/x509/extension.ts';
import { basicConstraintsExtension, keyUsageExtension } from '../src/x509/key-usage.ts';
import { makeName, type Name } from '../src/x509/name.ts';
import { signWith } from './sample-certificate.ts';
import { type SampleEntry, sampleCrl } from './sample-crl.ts';
import { freshKey, type SampleKey } from './sample-keys.ts';

/** Someone who holds a key under a name. */
export type Holder = { readonly name: Name; readonly key: SampleKey };

/** When everything of the chains is valid. */
export const NOON = new Date('2026-06-01T12:00:00Z');

/** A holder of a new key; the same name twice is two holders. */
export function holder(commonName: string): Holder {
  return { name: nameOf(commonName), key: freshKey('P-256') };
}

/** A name of one part. */
export function nameOf(commonName: string): Name {
  return makeName([{ type: OID.commonName, value: commonName }]);
}

/** What may differ in a certificate of a chain. */
export type Terms = {
  readonly extensions?: readonly Extension[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly serial?: number;
};

/** Extensions of a CA. */
export function caExtensions(pathLength?: number): readonly Extension[] {
  return [
    basicConstraintsExtension({ isCa: true, pathLength }),
    keyUsageExtension(['keyCertSign', 'cRLSign']),
  ];
}

let serials = 0;

/** A certificate that `issuer` signs for `subject`; a CA's unless other extensions are given. */
export function issue(issuer: Holder, subject: Holder, terms: Terms = {}): Certificate {
  serials += 1;
  const tbs = encodeTbsCertificate({
    serialNumber: Uint8Array.of(1, (terms.serial ?? serials) & 0x7f, serials >> 7),
    signatureAlgorithmDer: P256_SHA256,
    issuerDer: issuer.name.der,
    notBefore: new Date(terms.notBefore ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(terms.notAfter ?? '2027-01-01T00:00:00Z'),
    subjectDer: subject.name.der,
    subjectPublicKeyInfoDer: subject.key.spkiDer,
    extensions: terms.extensions ?? caExtensions(),
  });
  return parseCertificate(signWith(issuer.key, tbs));
}

/** A CRL of an issuer in the middle of its week. */
export function crlOf(
  issuer: Holder,
  revoked: readonly Certificate[],
  terms: { extensions?: readonly Extension[]; thisUpdate?: string; nextUpdate?: string } = {},
): CertificateList {
  const entries = revoked.map(
    ({ serialNumber }): SampleEntry => ({
      serial: serialNumber.toHex(),
      at: '2026-05-01T00:00:00Z',
    }),
  );
  return parseCertificateList(
    sampleCrl(issuer.key, entries, {
      issuerDer: issuer.name.der,
      extensions: terms.extensions ?? [],
      thisUpdate: new Date(terms.thisUpdate ?? '2026-05-30T00:00:00Z'),
      nextUpdate: new Date(terms.nextUpdate ?? '2026-06-06T00:00:00Z'),
    }),
  );
}

const P256_SHA256 = Uint8Array.fromHex('300a06082a8648ce3d040302');
