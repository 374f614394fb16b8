import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { utf8String } from '../asn1/character-string.ts';
import { encodeDer, objectIdentifier, octetString, sequence, setOf } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { PRINTABLE_STRING, UTF8_STRING } from '../asn1/tag.ts';
import { encodeRequestInfo } from './certification-request.ts';
import { makeName, parseName, showName, valuesOf } from './name.ts';
import { encodeSignatureAlgorithm } from './signature-algorithm.ts';
import { assembleSigned } from './signed.ts';

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((value) => value.isWellFormed());

test('the values of a name come out as they went in, with its own DER', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), (values) => {
      const name = makeName(values.map((value) => ({ type: OID.commonName, value })));
      assert.deepEqual(valuesOf(name, OID.commonName), values);
      assert.deepEqual(parseName(name.der), name);
    }),
  );
});

test('values that PrintableString can hold are PrintableString, others UTF8String', () => {
  const name = makeName([
    { type: OID.countryName, value: 'JP' },
    { type: OID.organizationName, value: 'みほん信用金庫' },
    { type: OID.commonName, value: '00012345678 suzuki01 1394 2027-12' },
    { type: OID.commonName, value: 'suzuki_01' },
  ]);
  const tags = name.rdns.map(([attribute]) => attribute?.tag);
  assert.deepEqual(tags, [PRINTABLE_STRING, UTF8_STRING, PRINTABLE_STRING, UTF8_STRING]);
});

const UNMAKEABLE: readonly { name: string; type: string; value: string }[] = [
  { name: 'an empty value', type: OID.commonName, value: '' },
  { name: 'a lone surrogate', type: OID.commonName, value: 'a\ud800' },
  { name: 'a country that is not printable', type: OID.countryName, value: '日本' },
  { name: 'a serialNumber with an underscore', type: OID.serialNumber, value: 'A_1' },
  { name: 'an email address that is not ASCII', type: OID.emailAddress, value: 'é@example.jp' },
];

for (const { name, type, value } of UNMAKEABLE) {
  test(`no name is made with ${name}`, () => {
    assert.throws(() => makeName([{ type, value }]), { code: 'invalid-input' });
  });
}

const SHOWN: readonly { value: string; want: string }[] = [
  { value: 'James "Jim" Smith, III', want: 'CN=James \\"Jim\\" Smith\\, III' },
  { value: ' #a ', want: 'CN=\\ #a\\ ' },
  { value: '#a', want: 'CN=\\#a' },
  { value: ' ', want: 'CN=\\ ' },
  { value: 'a+b;c<d>e\\f', want: 'CN=a\\+b\\;c\\<d\\>e\\\\f' },
  { value: 'Before\rAfter\0', want: 'CN=Before\\0dAfter\\00' },
  { value: '鈴木 太郎', want: 'CN=鈴木 太郎' },
];

for (const { value, want } of SHOWN) {
  test(`${JSON.stringify(value)} is shown as ${want}, and openssl agrees`, () => {
    const name = makeName([{ type: OID.commonName, value }]);
    assert.equal(showName(name), want);
    const seen = opensslShows(name.der);
    assert.equal(seen.toLowerCase(), want.toLowerCase());
  });
}

test('a name is shown with the most specific part first', () => {
  const name = makeName([
    { type: OID.countryName, value: 'JP' },
    { type: OID.organizationName, value: 'Mihon' },
    { type: OID.domainComponent, value: 'mihon' },
    { type: '2.999.1', value: 'A' },
  ]);
  assert.equal(showName(name), '2.999.1=#130141,DC=mihon,O=Mihon,C=JP');
  assert.equal(showName(makeName([])), '');
});

test('parts of equal rank are shown with + and a value that is no string in hexadecimal', () => {
  const part = setOf([
    sequence(objectIdentifier(OID.commonName), utf8String('a')),
    sequence(objectIdentifier(OID.userId), octetString(Uint8Array.of(1))),
  ]);
  const name = parseName(encodeDer(sequence(part)));
  assert.equal(showName(name), 'CN=a+UID=#040101');
});

const REFUSED: readonly { name: string; hex: string }[] = [
  { name: 'a relative name without attributes', hex: '30023100' },
  { name: 'an attribute without a value', hex: '3009310730050603550403' },
  { name: 'an attribute with two values', hex: '300f310d300b0603550403130141130142' },
  {
    name: 'a set out of order',
    hex: '301831163009060355040a13014130090603550403130142',
  },
  { name: 'data after it', hex: '30000500' },
  { name: 'a SET in place of the SEQUENCE', hex: '3100' },
];

for (const { name, hex } of REFUSED) {
  test(`a name with ${name} is refused`, () => {
    assert.throws(() => parseName(Uint8Array.fromHex(hex)), { code: 'malformed' });
  });
}

/** The name as openssl shows it by the same rules; it reads one as the subject of a request. */
function opensslShows(subjectDer: Uint8Array): string {
  const { spkiDer, algorithm, sign } = sampleKey('P-256');
  const info = encodeRequestInfo(subjectDer, spkiDer);
  const request = assembleSigned(info, encodeSignatureAlgorithm(algorithm), sign(info));
  const options = 'sep_comma_plus,dn_rev,sname,dump_unknown,esc_2253,esc_ctrl,dump_der,utf8';
  const args = ['req', '-inform', 'DER', '-noout', '-subject', '-nameopt', options];
  return openssl(args, request)
    .replace(/^subject=/, '')
    .replace(/\n$/, '');
}
