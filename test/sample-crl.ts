// A signed CRL with every extension of its own and of its entries, and the means to change it.
// Not for the product: tests only.

import { OID } from '../src/asn1/known-object-identifiers.ts';
import { authorityInfoAccessExtension } from '../src/x509/authority-information.ts';
import {
  crlNumberExtension,
  deltaCrlIndicatorExtension,
} from '../src/x509/certificate-list-extensions.ts';
import { distributionPointAt, freshestCrlExtension } from '../src/x509/distribution-point.ts';
import {
  type CertificateListFields,
  layOutCertificateList,
  RevokedEntriesWriter,
} from '../src/x509/encode-certificate-list.ts';
import type { Extension } from '../src/x509/extension.ts';
import { issuerAltNameExtension } from '../src/x509/extensions.ts';
import { issuingDistributionPointExtension } from '../src/x509/issuing-distribution-point.ts';
import { authorityKeyIdentifierExtension } from '../src/x509/key-identifier.ts';
import {
  certificateIssuerExtension,
  encodeEntryExtensions,
  invalidityDateExtension,
  reasonCodeExtension,
} from '../src/x509/revoked-entry.ts';
import { encodeSignatureAlgorithm } from '../src/x509/signature-algorithm.ts';
import { ISSUER, SUBJECT } from './sample-certificate.ts';
import { type SampleKey, sampleKey } from './sample-keys.ts';

/** An entry to be written: serial in hexadecimal, content octets. */
export type SampleEntry = {
  readonly serial: string;
  readonly at: string;
  readonly extensions?: readonly Extension[];
};

/** One of each extension of a CRL. */
export const CRL_EXTENSIONS: readonly Extension[] = [
  authorityKeyIdentifierExtension({
    keyIdentifier: Uint8Array.of(4, 5, 6),
    issuerAndSerial: undefined,
  }),
  issuerAltNameExtension([{ kind: 'dns', host: 'ca.example.jp' }]),
  crlNumberExtension(0x1_0000_0000n),
  deltaCrlIndicatorExtension(0xffn),
  issuingDistributionPointExtension({
    point: { kind: 'full', names: [{ kind: 'uri', uri: 'http://crl.example.jp/1394.crl' }] },
    contents: 'users',
    reasons: 0b0110,
    isIndirect: true,
  }),
  freshestCrlExtension([distributionPointAt('http://crl.example.jp/1394-delta.crl')]),
  authorityInfoAccessExtension([
    { method: OID.caIssuersAccess, location: { kind: 'uri', uri: 'http://ca.example.jp/1.cer' } },
  ]),
];

/** Entries with every extension of theirs. */
export const CRL_ENTRIES: readonly SampleEntry[] = [
  { serial: '01', at: '2026-01-31T12:00:00Z' },
  { serial: '009a', at: '2026-02-28T12:00:00Z', extensions: [reasonCodeExtension('superseded')] },
  {
    serial: '5a000102030405060708090a0b0c0d0e0f101112',
    at: '2050-01-01T00:00:00Z',
    extensions: [
      reasonCodeExtension('keyCompromise'),
      invalidityDateExtension(new Date('2025-12-24T18:30:00Z')),
      certificateIssuerExtension([{ kind: 'directory', name: SUBJECT }]),
    ],
  },
  { serial: '7f', at: '2049-12-31T23:59:59Z', extensions: [reasonCodeExtension('superseded')] },
];

/** The sample's fields, with those in `changes` in their place. */
export function sampleCrlFields(
  key: SampleKey,
  changes: Partial<CertificateListFields> = {},
): CertificateListFields {
  return {
    signatureAlgorithmDer: encodeSignatureAlgorithm(key.algorithm),
    issuerDer: ISSUER.der,
    thisUpdate: new Date('2026-03-01T00:00:00Z'),
    nextUpdate: new Date('2026-03-08T00:00:00Z'),
    extensions: CRL_EXTENSIONS,
    ...changes,
  };
}

/** A signed CRL of these entries. */
export function sampleCrl(
  key: SampleKey = sampleKey('P-256'),
  entries: readonly SampleEntry[] = CRL_ENTRIES,
  changes: Partial<CertificateListFields> = {},
): Uint8Array {
  const writer = new RevokedEntriesWriter();
  for (const { serial, at, extensions = [] } of entries) {
    const der = extensions.length === 0 ? undefined : encodeEntryExtensions(extensions);
    writer.add(Uint8Array.fromHex(serial), Date.parse(at), der);
  }
  const { tbsDer, seal } = layOutCertificateList(sampleCrlFields(key, changes), writer);
  return seal(key.sign(tbsDer));
}
