import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SUBJECT } from '../../test/sample-certificate.ts';
import { sampleIssuer } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { constructed, encodeDer, integer, primitive, raw, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, ENUMERATED } from '../asn1/tag.ts';
import { generalizedTime, time } from '../asn1/time.ts';
import { crlNumberExtension } from '../x509/certificate-list-extensions.ts';
import {
  type CertificateListFields,
  layOutCertificateList,
  RevokedEntriesWriter,
} from '../x509/encode-certificate-list.ts';
import { type Extension, extensionList, makeExtension } from '../x509/extension.ts';
import { issuerAltNameExtension } from '../x509/extensions.ts';
import { authorityKeyIdentifierExtension } from '../x509/key-identifier.ts';
import {
  encodeEntryExtensions,
  invalidityDateExtension,
  reasonCodeExtension,
} from '../x509/revoked-entry.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import type { EndedCertificate } from './ended-certificates.ts';
import { lintRevocationList } from './lint-revocation-list.ts';
import {
  type ListEdition,
  layOutRevocationList,
  RevocationListContent,
} from './revocation-list.ts';

const ISSUING = sampleIssuer();
const EDITION: ListEdition = {
  number: 0x80n,
  thisUpdate: new Date('2027-12-20T03:00:00.250Z'),
  nextUpdate: new Date('2027-12-21T03:00:00.250Z'),
};
const FIRST_BUT_LAST_OCTET = '5a000102030405060708090a0b0c0d0e0f1011';
const ENDED: readonly EndedCertificate[] = [
  ended(`${FIRST_BUT_LAST_OCTET}12`, 'superseded', '2027-03-01T01:02:03.456Z'),
  ended('00c0ffee', 'revoked', '2027-04-01T00:00:00Z'),
  ended('5b', 'replaced', '2049-12-31T23:59:59Z'),
];
const SUPERSEDED = encodeEntryExtensions([reasonCodeExtension('superseded')]);
const EXTENSIONS: readonly Extension[] = [
  authorityKeyIdentifierExtension({
    keyIdentifier: ISSUING.keyIdentifier,
    issuerAndSerial: undefined,
  }),
  crlNumberExtension(EDITION.number),
];
const FIELDS: CertificateListFields = {
  signatureAlgorithmDer: ISSUING.signatureAlgorithmDer,
  issuerDer: ISSUING.name.der,
  thisUpdate: EDITION.thisUpdate,
  nextUpdate: EDITION.nextUpdate,
  extensions: EXTENSIONS,
};

function ended(serial: string, state: EndedCertificate['state'], at: string): EndedCertificate {
  return { serial: Uint8Array.fromHex(serial), state, endedAtMs: Date.parse(at) };
}

function contentOf(certificates: readonly EndedCertificate[]): RevocationListContent {
  const content = new RevocationListContent();
  for (const certificate of certificates) content.add(certificate);
  return content;
}

const ORDERED = contentOf(ENDED).ordered;

/** Lints octets as the CRL of an order; nothing is signed here. */
const lint = (tbsDer: Uint8Array, edition = EDITION, ordered = ORDERED) =>
  lintRevocationList(
    { tbsDer, seal: (signature) => signature },
    { edition, ended: ordered },
    ISSUING,
  );

type Entry = readonly [serial: string, at: string, extensions: Uint8Array | undefined];

const ENTRIES: readonly Entry[] = ENDED.map(({ serial, state, endedAtMs }) => [
  serial.toHex(),
  new Date(endedAtMs).toISOString(),
  state === 'revoked' ? undefined : SUPERSEDED,
]);

/** The content of a CRL by the general writer, which knows no profile. */
function written(
  changes: Partial<CertificateListFields> = {},
  entries: readonly Entry[] = ENTRIES,
): Uint8Array {
  const writer = new RevokedEntriesWriter();
  for (const [serial, at, extensions] of entries) {
    writer.add(Uint8Array.fromHex(serial), Date.parse(at), extensions);
  }
  return layOutCertificateList({ ...FIELDS, ...changes }, writer).tbsDer;
}

const withEntry = (index: number, changes: Partial<Record<0 | 1, string>>, der?: Uint8Array) =>
  written(
    {},
    ENTRIES.map(([serial, at, extensions], i) =>
      i === index
        ? [changes[0] ?? serial, changes[1] ?? at, der ?? extensions]
        : [serial, at, extensions],
    ),
  );
const withoutReason = (index: number) =>
  written(
    {},
    ENTRIES.map(([serial, at, extensions], i) => [
      serial,
      at,
      i === index ? undefined : extensions,
    ]),
  );
const withExtension = (made: Extension) =>
  written({ extensions: EXTENSIONS.map((one) => (one.oid === made.oid ? made : one)) });
const replaced = (from: Uint8Array, to: Uint8Array) =>
  Uint8Array.fromHex(written().toHex().replace(from.toHex(), to.toHex()));
const reason = (code: number) => primitive(ENUMERATED, Uint8Array.of(code));
const entryWith = (...extensions: readonly Extension[]) =>
  withEntry(0, {}, encodeEntryExtensions(extensions));

/** At least one wrong CRL for every rule. */
const BROKEN: readonly { readonly rule: string; readonly why: string; readonly tbs: Uint8Array }[] =
  [
    {
      rule: 'version 2',
      why: 'version 3',
      tbs: replaced(encodeDer(integer(1)), encodeDer(integer(2))),
    },
    {
      rule: 'signature algorithm',
      why: 'P-384 where the issuer has P-256',
      tbs: written({
        signatureAlgorithmDer: encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-384' }),
      }),
    },
    { rule: 'issuer octets', why: 'another issuer', tbs: written({ issuerDer: SUBJECT.der }) },
    {
      rule: 'thisUpdate',
      why: 'a second later',
      tbs: written({ thisUpdate: new Date('2027-12-20T03:00:01Z') }),
    },
    {
      rule: 'nextUpdate',
      why: 'a day later',
      tbs: written({ nextUpdate: new Date('2027-12-22T03:00:00Z') }),
    },
    {
      rule: 'nextUpdate; the next update comes later',
      why: 'none',
      tbs: withoutNextUpdate(),
    },
    {
      rule: 'UTCTime through 2049, then GeneralizedTime',
      why: 'GeneralizedTime in 2027',
      tbs: rewrapped(
        replaced(
          encodeDer(time(EDITION.nextUpdate)),
          encodeDer(generalizedTime(EDITION.nextUpdate)),
        ),
      ),
    },
    { rule: 'every ordered entry', why: 'one left out', tbs: written({}, ENTRIES.slice(0, -1)) },
    { rule: 'every ordered entry', why: 'no list', tbs: written({}, []) },
    {
      rule: 'no entry beyond the ordered',
      why: 'one too many',
      tbs: written({}, [...ENTRIES, ['5c', '2027-01-01T00:00:00Z', undefined]]),
    },
    {
      rule: 'serial as ordered',
      why: 'the last octet',
      tbs: withEntry(0, { 0: `${FIRST_BUT_LAST_OCTET}13` }),
    },
    {
      rule: 'serial as ordered',
      why: 'an octet less',
      tbs: withEntry(0, { 0: FIRST_BUT_LAST_OCTET }),
    },
    {
      rule: 'revocationDate',
      why: 'a second later',
      tbs: withEntry(1, { 1: '2027-04-01T00:00:01Z' }),
    },
    { rule: 'reason', why: 'none where it was superseded', tbs: withoutReason(0) },
    { rule: 'reason', why: 'none where it was replaced', tbs: withoutReason(2) },
    { rule: 'reason', why: 'one where it was revoked', tbs: withEntry(1, {}, SUPERSEDED) },
    { rule: 'reason', why: 'another', tbs: entryWith(reasonCodeExtension('keyCompromise')) },
    {
      rule: 'reason not critical',
      why: 'critical',
      tbs: entryWith(makeExtension(OID.reasonCode, 'critical', reason(4))),
    },
    {
      rule: 'no entry extension but the reason',
      why: 'a date beside it',
      tbs: entryWith(reasonCodeExtension('superseded'), invalidityDateExtension(new Date(0))),
    },
    {
      rule: 'no entry extension but the reason; reason',
      why: 'a date in its place',
      tbs: entryWith(invalidityDateExtension(new Date(0))),
    },
    {
      rule: 'authorityKeyIdentifier',
      why: "another key's",
      tbs: withExtension(
        authorityKeyIdentifierExtension({
          keyIdentifier: sampleIssuer(sampleKey('P-384')).keyIdentifier,
          issuerAndSerial: undefined,
        }),
      ),
    },
    { rule: 'cRLNumber', why: 'the next one', tbs: withExtension(crlNumberExtension(0x81n)) },
    {
      rule: 'cRLNumber',
      why: 'its octet alone, which is a negative number',
      tbs: withExtension(
        makeExtension(OID.crlNumber, 'non-critical', primitive(2, Uint8Array.of(0x80))),
      ),
    },
    {
      rule: 'cRLNumber critical or not',
      why: 'critical',
      tbs: withExtension({ ...crlNumberExtension(EDITION.number), critical: true }),
    },
    {
      rule: 'two extensions, no other',
      why: 'no number',
      tbs: written({ extensions: EXTENSIONS.slice(0, 1) }),
    },
    {
      rule: 'two extensions, no other',
      why: 'a third',
      tbs: written({
        extensions: [...EXTENSIONS, issuerAltNameExtension([{ kind: 'dns', host: 'ca.example' }])],
      }),
    },
  ];

for (const { rule, why, tbs } of BROKEN) {
  test(`a CRL: the rule "${rule}" fails on ${why}`, () => {
    assert.throws(() => lint(tbs), { message: `a CRL broke its profile: ${rule}` });
  });
}

test('a CRL: an empty list is found where nothing was ordered', () => {
  const tbs = rewrapped(written({}, []), (contents) => {
    const at = contents.length - extensionsOctets();
    return [contents.subarray(0, at), encodeDer(sequence()), contents.subarray(at)];
  });
  const message = 'a CRL broke its profile: no empty list';
  assert.throws(() => lint(tbs, EDITION, contentOf([]).ordered), { message });
});

test('a CRL: an order that ends before it begins is found', () => {
  const edition = { ...EDITION, nextUpdate: EDITION.thisUpdate };
  const { tbsDer } = layOutRevocationList(contentOf(ENDED), edition, ISSUING);
  const message = 'a CRL broke its profile: the next update comes later';
  assert.throws(() => lint(tbsDer, edition), { message });
});

test('a CRL: entries in another order than the ordered one are found', () => {
  const tbs = written({}, ENTRIES.toReversed());
  assert.throws(() => lint(tbs), /serial as ordered/);
});

test('the CRL of an order passes, of none and of more than are kept together', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    ended(
      `40${i.toString(16).padStart(8, '0')}`,
      i % 3 === 0 ? 'revoked' : 'replaced',
      '2050-01-01T00:00:00Z',
    ),
  );
  for (const certificates of [ENDED, [], many]) {
    for (const number of [0n, 0x7fn, 2n ** 158n]) {
      const edition = { ...EDITION, number };
      const content = contentOf(certificates);
      const { tbsDer, seal } = layOutRevocationList(content, edition, ISSUING);
      const linted = lint(tbsDer, edition, content.ordered);
      assert.equal(linted.tbsDer, tbsDer);
      assert.ok(seal(Uint8Array.of(1)).length > tbsDer.length);
    }
  }
});

test('a CRL: an octet more or less anywhere is a defect, never a refusal of what was asked', () => {
  const tbs = written();
  for (const broken of [tbs.subarray(0, -1), Uint8Array.of(...tbs, 0)]) {
    assert.throws(() => lint(broken), {
      name: 'Error',
      message: 'a CRL broke its profile: it cannot be read',
    });
  }
});

test('a CRL: a change of any one bit is found', () => {
  const tbs = written();
  for (let bit = 0; bit < tbs.length * 8; bit++) {
    const changed = Uint8Array.from(tbs);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => lint(changed), `bit ${bit & 7} of octet ${bit >> 3}`);
  }
});

test('what no certificate of ours has as its serial is not ordered', () => {
  for (const serial of ['', '00', '80', '00'.repeat(21), '5a'.repeat(21)]) {
    assert.throws(() => contentOf([ended(serial, 'revoked', '2027-01-01T00:00:00Z')]), RangeError);
  }
});

/** The contents again under a header of their length, after a change of it. */
function rewrapped(
  tbs: Uint8Array,
  change: (contents: Uint8Array) => readonly Uint8Array[] = (contents) => [contents],
): Uint8Array {
  return encodeDer(sequence(...change(tbs.subarray(headerOctets(tbs))).map(raw)));
}

function headerOctets(der: Uint8Array): number {
  const first = der[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function withoutNextUpdate(): Uint8Array {
  const nextUpdate = encodeDer(time(EDITION.nextUpdate)).toHex();
  return rewrapped(Uint8Array.fromHex(written().toHex().replace(nextUpdate, '')));
}

function extensionsOctets(): number {
  return encodeDer(constructed(contextConstructed(0), [extensionList(EXTENSIONS)])).length;
}
