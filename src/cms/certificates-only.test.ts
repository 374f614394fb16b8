import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleCertificate } from '../../test/sample-certificate.ts';
import { SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import {
  constructed,
  type DerNode,
  encodeDer,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  primitive,
  raw,
  sequence,
  setOf,
} from '../asn1/der-writer.ts';
import { encodeCertificatesOnly, readCertificatesOnly } from './certificates-only.ts';

const CERTIFICATES = SAMPLE_KINDS.map((kind) => sampleCertificate(sampleKey(kind)));
const hexOf = (all: readonly Uint8Array[]) => all.map((one) => one.toHex()).sort();

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';

type Parts = Partial<
  Record<'version' | 'digests' | 'content' | 'certificates' | 'lists' | 'signers', DerNode>
>;

function fileOf(parts: Parts, type = SIGNED_DATA): Uint8Array {
  const signedData = sequence(
    parts.version ?? integer(1),
    parts.digests ?? setOf([]),
    parts.content ?? sequence(objectIdentifier(DATA)),
    parts.certificates ?? constructed(0xa0, CERTIFICATES.map(raw)),
    parts.lists,
    parts.signers ?? setOf([]),
  );
  return encodeDer(sequence(objectIdentifier(type), explicit(0, signedData)));
}

test('certificates come out as they went in, in DER order', () => {
  const file = encodeCertificatesOnly(CERTIFICATES);
  assert.deepEqual(hexOf(readCertificatesOnly(file)), hexOf(CERTIFICATES));
  assert.deepEqual(encodeCertificatesOnly(CERTIFICATES.toReversed()), file);
  assert.deepEqual(readCertificatesOnly(fileOf({})), CERTIFICATES);
});

test('indefinite lengths, as streaming programs write them, are read', () => {
  const end = Uint8Array.of(0, 0);
  const open = (tag: number, ...inner: readonly Uint8Array[]) =>
    Buffer.concat([Uint8Array.of(tag, 0x80), ...inner, end]);
  const der = (node: DerNode) => encodeDer(node);
  const ber = open(
    0x30,
    der(objectIdentifier(SIGNED_DATA)),
    open(
      0xa0,
      open(
        0x30,
        der(integer(1)),
        der(setOf([])),
        open(0x30, der(objectIdentifier(DATA))),
        open(0xa0, ...CERTIFICATES),
        open(0x31),
      ),
    ),
  );
  assert.deepEqual(readCertificatesOnly(ber), CERTIFICATES);
});

const algorithm = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'));
const REFUSED: readonly {
  readonly name: string;
  readonly file: Uint8Array;
  readonly says: RegExp;
}[] = [
  { name: 'another type of contents', file: fileOf({}, DATA), says: /no SignedData/ },
  { name: 'version 3', file: fileOf({ version: integer(3) }), says: /version is not 1/ },
  {
    name: 'a digest algorithm',
    file: fileOf({ digests: setOf([algorithm]) }),
    says: /digest algorithms/,
  },
  {
    name: 'a content',
    file: fileOf({
      content: sequence(objectIdentifier(DATA), explicit(0, octetString(Uint8Array.of(1)))),
    }),
    says: /a content nobody signed/,
  },
  { name: 'a signer', file: fileOf({ signers: setOf([sequence(integer(1))]) }), says: /signers/ },
  { name: 'a CRL', file: fileOf({ lists: constructed(0xa1, [sequence()]) }), says: /CRLs/ },
  {
    name: 'no certificate',
    file: fileOf({ certificates: constructed(0xa0, []) }),
    says: /no certificates/,
  },
  {
    name: 'an attribute certificate',
    file: fileOf({ certificates: constructed(0xa0, [primitive(0xa2, new Uint8Array(0))]) }),
    says: /expected an X.509 certificate/,
  },
  {
    name: 'an octet behind it',
    file: Uint8Array.of(...fileOf({}), 0),
    says: /data after the end/,
  },
];

for (const { name, file, says } of REFUSED) {
  test(`a file with ${name} is refused`, () => {
    assert.throws(() => readCertificatesOnly(file), { code: 'malformed', message: says });
  });
}

test('the type of a content that is not there is passed over', () => {
  const file = fileOf({ content: sequence(objectIdentifier('1.2.840.113549.1.7.5')) });
  assert.deepEqual(readCertificatesOnly(file), CERTIFICATES);
});

test('an empty field for CRLs is passed over', () => {
  const file = fileOf({ lists: constructed(0xa1, []) });
  assert.deepEqual(readCertificatesOnly(file), CERTIFICATES);
});

test('a file of too many certificates or octets is refused', () => {
  const many = Array.from({ length: 101 }, () => sequence());
  const tooMany = fileOf({ certificates: constructed(0xa0, many) });
  assert.throws(() => readCertificatesOnly(tooMany), { code: 'too-large' });
  const large = new Uint8Array(1_048_577);
  assert.throws(() => readCertificatesOnly(large), { code: 'too-large' });
});

test('a file that is cut anywhere is refused', () => {
  const file = encodeCertificatesOnly(CERTIFICATES.slice(0, 1));
  fc.assert(
    fc.property(fc.nat(file.length - 1), (length) => {
      assert.throws(() => readCertificatesOnly(file.subarray(0, length)), { code: 'malformed' });
    }),
  );
});
