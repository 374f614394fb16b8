import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { INSTITUTION_NAME, sampleIssuer, sampleOrder } from '../../test/sample-issuer.ts';
import { SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { encodeTbsCertificate } from '../x509/certificate.ts';
import { subjectKeyIdentifierExtension } from '../x509/key-identifier.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../x509/key-usage.ts';
import { makeName } from '../x509/name.ts';
import type { Issuer } from './issuer.ts';
import {
  compileUserProfile,
  encodeUserCertificate,
  issuerExtensions,
  type UserOrder,
} from './user-profile.ts';

/** The same certificate by the encoder that takes any. */
function encodeGenerally(order: UserOrder, issuer: Issuer, institutionName: string): Uint8Array {
  return encodeTbsCertificate({
    serialNumber: order.serialNumber,
    signatureAlgorithmDer: issuer.signatureAlgorithmDer,
    issuerDer: issuer.name.der,
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    subjectDer: makeName([
      { type: OID.countryName, value: 'JP' },
      { type: OID.organizationName, value: institutionName },
      { type: OID.commonName, value: order.commonName },
    ]).der,
    subjectPublicKeyInfoDer: order.spkiDer,
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extendedKeyUsageExtension([OID.clientAuth]),
      subjectKeyIdentifierExtension(order.keyIdentifier),
      ...issuerExtensions(issuer),
    ],
  });
}

const oddTexts = fc.constantFrom(
  '𠮷野家',
  '髙橋',
  'O"Neill',
  "d'Arc",
  'a@b',
  ' ',
  'ﾐﾎﾝ',
  '＆',
  '\0',
);
const texts = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
  oddTexts,
  // Lengths around those at which DER takes another octet for them.
  fc
    .tuple(fc.constantFrom('a', '髙', '𠮷'), fc.integer({ min: 30, max: 260 }))
    .map(([letter, length]) => letter.repeat(length)),
);
const dates = fc
  .integer({ min: Date.UTC(2049, 11, 30) / 1000, max: Date.UTC(2050, 0, 3) / 1000 })
  .map((seconds) => new Date(seconds * 1000 + 999));
const serials = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .filter(([first = 0, second = 0]) => first < 0x80 && (first > 0 || second >= 0x80));
const orders = fc.record({
  commonName: texts,
  serialNumber: serials,
  notBefore: dates,
  notAfter: dates,
  keyIdentifier: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  spkiDer: fc.constantFrom(...SAMPLE_KINDS).map((kind) => sampleKey(kind).spkiDer),
});
const places = fc.webUrl({ size: 'large' });

test('the compiled profile writes what the general encoder writes, to the octet', () => {
  fc.assert(
    fc.property(orders, texts, places, (changes, institutionName, crl) => {
      const sample = sampleIssuer();
      const issuer = { ...sample, places: { ...sample.places, crl } };
      const order = sampleOrder(changes);
      const profile = compileUserProfile(issuer, institutionName);
      assert.deepEqual(
        encodeUserCertificate(order, profile),
        encodeGenerally(order, issuer, institutionName),
      );
    }),
    { numRuns: 1000 },
  );
});

const REFUSED: readonly { name: string; changes: Partial<UserOrder> }[] = [
  { name: 'a serial of 21 octets', changes: { serialNumber: new Uint8Array(21).fill(1) } },
  { name: 'a negative serial', changes: { serialNumber: Uint8Array.of(0x80) } },
  { name: 'an empty serial', changes: { serialNumber: new Uint8Array(0) } },
  { name: 'a key identifier of 20 octets', changes: { keyIdentifier: new Uint8Array(20) } },
  { name: 'an empty common name', changes: { commonName: '' } },
  { name: 'half a character in the common name', changes: { commonName: 'a\ud842' } },
  { name: 'a date after the year 9999', changes: { notAfter: new Date(Date.UTC(10000, 0)) } },
];

for (const { name, changes } of REFUSED) {
  test(`${name} is not written`, () => {
    const profile = compileUserProfile(sampleIssuer(), INSTITUTION_NAME);
    assert.throws(() => encodeUserCertificate(sampleOrder(changes), profile));
  });
}
