import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readOrRefused } from '../../test/changed-octets.ts';
import { openssl } from '../../test/openssl.ts';
import { ISSUER, SUBJECT, signWith } from '../../test/sample-certificate.ts';
import {
  CRL_ENTRIES,
  CRL_EXTENSIONS,
  type SampleEntry,
  sampleCrl,
  sampleCrlFields,
} from '../../test/sample-crl.ts';
import { freshKey, SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import { type DerNode, encodeDer, explicit, integer, raw, sequence } from '../asn1/der-writer.ts';
import { time } from '../asn1/time.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { parseCertificateList, verifyCertificateList } from './certificate-list.ts';
import {
  crlNumberExtension,
  decodeCertificateListExtensions,
  deltaCrlIndicatorExtension,
} from './certificate-list-extensions.ts';
import { layOutCertificateList, RevokedEntriesWriter } from './encode-certificate-list.ts';
import { extensionList } from './extension.ts';
import { issuingDistributionPointExtension } from './issuing-distribution-point.ts';
import { makeName } from './name.ts';
import { parsePublicKey } from './public-key.ts';
import {
  certificateIssuerExtension,
  REVOCATION_REASONS,
  type RevocationReason,
  reasonCodeExtension,
} from './revoked-entry.ts';

const KEY = sampleKey('P-256');

test('every field of a CRL is read as it was written', () => {
  const list = parseCertificateList(sampleCrl());
  const fields = sampleCrlFields(KEY);
  assert.equal(list.version, 2);
  assert.deepEqual(list.issuer, ISSUER);
  assert.deepEqual(list.thisUpdate, fields.thisUpdate);
  assert.deepEqual(list.nextUpdate, fields.nextUpdate);
  assert.deepEqual(list.signatureAlgorithm.der, fields.signatureAlgorithmDer);
  assert.deepEqual(list.extensions.all, CRL_EXTENSIONS);
  assert.equal(list.extensions.crlNumber, 0x1_0000_0000n);
  assert.equal(list.extensions.deltaCrlIndicator, 255n);
  assert.equal(list.extensions.issuingDistributionPoint?.contents, 'users');
  assert.equal(list.extensions.issuingDistributionPoint?.isIndirect, true);
  assert.equal(list.extensions.issuingDistributionPoint?.reasons, 0b0110);
  assert.deepEqual(list.extensions.unknownCritical, []);
  assert.equal(list.hasUnknownCriticalEntry, false);
});

test('every entry is read as it was written, in order', () => {
  const { entries } = parseCertificateList(sampleCrl());
  assert.equal(entries.count, CRL_ENTRIES.length);
  const read = [...entries].map(({ serialNumber, revocationDate, extensions }) => ({
    serial: serialNumber.toHex(),
    at: revocationDate.toISOString().replace('.000', ''),
    ...(extensions.all.length > 0 && { extensions: extensions.all }),
  }));
  assert.deepEqual(read, CRL_ENTRIES);
});

test('an entry is found by its serial, with what its extensions say', () => {
  const { entries } = parseCertificateList(sampleCrl());
  const [found] = entries.find(Uint8Array.fromHex('5a000102030405060708090a0b0c0d0e0f101112'));
  assert.equal(found?.entry.extensions.reason, 'keyCompromise');
  assert.deepEqual(found?.entry.extensions.invalidityDate, new Date('2025-12-24T18:30:00Z'));
  assert.deepEqual(entries.find(Uint8Array.of(2)), []);
  assert.deepEqual(entries.find(Uint8Array.of(0x9a)), [], 'a serial without its leading 00');
});

test('an entry has the issuer that was named last before it', () => {
  const { entries } = parseCertificateList(sampleCrl());
  const issuerOf = (serial: string) =>
    entries.find(Uint8Array.fromHex(serial)).map(({ certificateIssuer }) => certificateIssuer);
  assert.deepEqual(issuerOf('01'), [undefined]);
  assert.deepEqual(issuerOf('009a'), [undefined]);
  assert.deepEqual(issuerOf('7f'), [[{ kind: 'directory', name: SUBJECT }]]);
});

test('the same serial of two issuers is found twice', () => {
  const other = [certificateIssuerExtension([{ kind: 'directory', name: SUBJECT }])];
  const at = '2026-01-01T00:00:00Z';
  const der = sampleCrl(KEY, [
    { serial: '05', at },
    { serial: '05', at, extensions: other },
  ]);
  const found = parseCertificateList(der).entries.find(Uint8Array.of(5));
  assert.deepEqual(
    found.map(({ certificateIssuer }) => certificateIssuer),
    [undefined, [{ kind: 'directory', name: SUBJECT }]],
  );
});

test('a CRL without entries leaves the list out', () => {
  const list = parseCertificateList(sampleCrl(KEY, []));
  assert.equal(list.entries.count, 0);
  assert.deepEqual([...list.entries], []);
  assert.deepEqual(list.entries.find(Uint8Array.of(1)), []);
});

const serials = fc
  .uint8Array({ minLength: 1, maxLength: 19 })
  .filter(([first = 0]) => first > 0)
  .map((octets) => ((octets[0] ?? 0) < 0x80 ? octets : Uint8Array.of(0, ...octets)).toHex());
const dates = fc
  .date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const reasons = fc.constantFrom(
  ...REVOCATION_REASONS.filter((reason) => reason !== undefined && reason !== 'unspecified'),
);

test('encoding what was decoded gives the same octets, and each serial is found', () => {
  const entry = fc.record({ serial: serials, at: dates, reason: fc.option(reasons) });
  const check = (
    chosen: readonly { serial: string; at: string; reason: RevocationReason | null }[],
  ) => {
    const entries = chosen.map(({ serial, at, reason }): SampleEntry => {
      return reason === null
        ? { serial, at }
        : { serial, at, extensions: [reasonCodeExtension(reason)] };
    });
    const list = parseCertificateList(sampleCrl(KEY, entries));
    const again = [...list.entries].map(({ serialNumber, revocationDate, extensions }) => ({
      serial: serialNumber.toHex(),
      at: revocationDate.toISOString(),
      extensions: extensions.all,
    }));
    assert.deepEqual(parseCertificateList(sampleCrl(KEY, again)).tbsDer, list.tbsDer);
    for (const { serial } of entries) {
      const found = list.entries.find(Uint8Array.fromHex(serial));
      assert.ok(
        found.length > 0 && found.every((each) => each.entry.serialNumber.toHex() === serial),
      );
    }
  };
  fc.assert(fc.property(fc.array(entry, { maxLength: 40 }), check), { numRuns: 150 });
});

for (const kind of SAMPLE_KINDS) {
  test(`a CRL signed with ${kind} is proved signed by that key and no other`, () => {
    const key = sampleKey(kind);
    const list = parseCertificateList(sampleCrl(key));
    const evidence = verifyCertificateList(list, parsePublicKey(key.spkiDer), nodeVerifier);
    assert.equal(evidence.list, list);
    const other = parsePublicKey(freshKey(kind).spkiDer);
    assert.throws(() => verifyCertificateList(list, other, nodeVerifier), {
      code: 'bad-signature',
    });
  });
}

test('a signature longer than the room kept for it is put on all the same', () => {
  const { tbsDer, seal } = layOutCertificateList(sampleCrlFields(KEY), new RevokedEntriesWriter());
  for (const length of [1, 70, 127, 128, 255, 256, 900, 5000]) {
    const signature = new Uint8Array(length).fill(7);
    const list = parseCertificateList(seal(signature).slice());
    assert.deepEqual(list.signature, signature);
    assert.deepEqual(list.tbsDer, tbsDer);
  }
});

test('entries across many pages of the writer come out whole', () => {
  const writer = new RevokedEntriesWriter();
  const count = 30_000;
  const serial = Uint8Array.fromHex('5a00000000');
  const view = new DataView(serial.buffer);
  for (let i = 0; i < count; i++) {
    view.setUint32(1, i);
    writer.add(serial, Date.UTC(2026, 0, 1) + i * 1000);
  }
  const { tbsDer, seal } = layOutCertificateList(sampleCrlFields(KEY), writer);
  const list = parseCertificateList(seal(KEY.sign(tbsDer)));
  assert.equal(list.entries.count, count);
  let i = 0;
  for (const { serialNumber, revocationDate } of list.entries) {
    view.setUint32(1, i);
    assert.equal(serialNumber.toHex(), serial.toHex());
    assert.equal(revocationDate.getTime(), Date.UTC(2026, 0, 1) + i * 1000);
    i += 1;
  }
  for (const at of [0, 1, 12_345, count - 1]) {
    view.setUint32(1, at);
    assert.equal(list.entries.find(serial).length, 1);
  }
  view.setUint32(1, count);
  assert.equal(list.entries.find(serial).length, 0);
});

test('openssl reads the list with the values that went in', () => {
  const text = openssl(['crl', '-inform', 'DER', '-noout', '-text'], sampleCrl());
  for (const line of [
    'Last Update: Mar  1 00:00:00 2026 GMT\n        Next Update: Mar  8 00:00:00 2026 GMT\n',
    'X509v3 CRL Number: \n                4294967296\n',
    'X509v3 Delta CRL Indicator: critical\n                255\n',
    'Full Name:\n                  URI:http://crl.example.jp/1394.crl',
    'Only User Certificates\n',
    'Indirect CRL\n',
    'Only Some Reasons:\n                  Key Compromise, CA Compromise\n',
    'URI:http://crl.example.jp/1394-delta.crl\n',
    'CA Issuers - URI:http://ca.example.jp/1.cer\n',
    'Serial Number: 9A\n        Revocation Date: Feb 28 12:00:00 2026 GMT\n',
    'Serial Number: 5A000102030405060708090A0B0C0D0E0F101112\n        Revocation Date: Jan  1 00:00:00 2050 GMT\n',
    'Invalidity Date: \n                Dec 24 18:30:00 2025 GMT\n',
    'X509v3 Certificate Issuer: critical\n                DirName:/O=',
  ]) {
    assert.ok(text.includes(line), `${line} in\n${text}`);
  }
});

const TBS = {
  version: integer(1),
  algorithm: raw(sampleCrlFields(KEY).signatureAlgorithmDer),
  issuer: raw(ISSUER.der),
  thisUpdate: time(new Date('2026-03-01T00:00:00Z')),
  nextUpdate: time(new Date('2026-03-08T00:00:00Z')),
  entries: sequence(sequence(integer(5), time(new Date('2026-02-01T00:00:00Z')))),
  extensions: explicit(0, extensionList([crlNumberExtension(1n)]) ?? assert.fail()),
};

/** A CRL put together from parts, in their order, whatever they are. */
function listOf(changes: Partial<Record<keyof typeof TBS, DerNode | undefined>>): Uint8Array {
  return signWith(KEY, encodeDer(sequence(...Object.values({ ...TBS, ...changes }))));
}

const unknown = { oid: '2.999.1', critical: true, value: new Uint8Array(0) };
const entryWith = (node: DerNode) =>
  sequence(sequence(integer(5), time(new Date('2026-02-01T00:00:00Z')), node));

test('a CRL put together by hand is read', () => {
  assert.equal(parseCertificateList(listOf({})).entries.count, 1);
  const old = { version: undefined, extensions: undefined };
  assert.equal(parseCertificateList(listOf(old)).version, 1);
  assert.equal(parseCertificateList(listOf({ nextUpdate: undefined })).nextUpdate, undefined);
});

const REFUSED: readonly { name: string; der: Uint8Array }[] = [
  { name: 'version 1 written out', der: listOf({ version: integer(0) }) },
  { name: 'version 3', der: listOf({ version: integer(2) }) },
  { name: 'version 1 with extensions', der: listOf({ version: undefined }) },
  {
    name: 'version 1 with extensions of an entry',
    der: listOf({
      version: undefined,
      extensions: undefined,
      entries: entryWith(extensionList([reasonCodeExtension('superseded')]) ?? assert.fail()),
    }),
  },
  { name: 'an empty issuer', der: listOf({ issuer: raw(makeName([]).der) }) },
  { name: 'an empty list of entries', der: listOf({ entries: sequence() }) },
  { name: 'an empty entry', der: listOf({ entries: sequence(sequence()) }) },
  { name: 'an entry without a date', der: listOf({ entries: sequence(sequence(integer(5))) }) },
  { name: 'an entry with data after it', der: listOf({ entries: entryWith(integer(1)) }) },
  { name: 'an entry with empty extensions', der: listOf({ entries: entryWith(sequence()) }) },
  {
    name: 'an entry with a padded serial',
    der: listOf({
      entries: raw(Uint8Array.fromHex('3015301302020005170d3236303230313030303030305a')),
    }),
  },
  { name: 'empty extensions', der: listOf({ extensions: explicit(0, sequence()) }) },
  {
    name: 'another algorithm inside',
    der: listOf({ algorithm: sequence(raw(Uint8Array.of(6, 1, 42))) }),
  },
  { name: 'data after it', der: Uint8Array.of(...sampleCrl(), 0) },
];

for (const { name, der } of REFUSED) {
  test(`a CRL with ${name} is refused`, () => {
    assert.throws(() => parseCertificateList(der), { code: 'malformed' });
  });
}

test('critical extensions that are not understood are surfaced, of the list and of an entry', () => {
  const der = sampleCrl(
    KEY,
    [{ serial: '05', at: '2026-01-01T00:00:00Z', extensions: [unknown] }],
    {
      extensions: [unknown],
    },
  );
  const list = parseCertificateList(der);
  assert.deepEqual(list.extensions.unknownCritical, [unknown]);
  assert.equal(list.hasUnknownCriticalEntry, true);
});

const EXTENSION_REFUSED: readonly { name: string; oid: string; hex: string }[] = [
  { name: 'a negative CRL number', oid: '2.5.29.20', hex: '0201ff' },
  { name: 'a CRL number of 21 octets', oid: '2.5.29.20', hex: `0215${'7f'.repeat(21)}` },
  { name: 'a scope that says nothing', oid: '2.5.29.28', hex: '3000' },
  { name: 'a scope of users and of CAs', oid: '2.5.29.28', hex: '30068101ff8201ff' },
  { name: 'a scope with an encoded default', oid: '2.5.29.28', hex: '3003810100' },
  {
    name: 'a scope whose point has data after it',
    oid: '2.5.29.28',
    hex: '3009a007a0038201610500',
  },
];

for (const { name, oid, hex } of EXTENSION_REFUSED) {
  test(`${name} is refused`, () => {
    const extension = { oid, critical: true, value: Uint8Array.fromHex(hex) };
    assert.throws(() => decodeCertificateListExtensions([extension]), { code: 'malformed' });
  });
}

test('what must not be on a CRL cannot be written', () => {
  const writer = new RevokedEntriesWriter();
  const scope = {
    point: undefined,
    contents: 'all',
    reasons: undefined,
    isIndirect: false,
  } as const;
  for (const make of [
    () => writer.add(Uint8Array.of(0), 0),
    () => writer.add(Uint8Array.of(0x80), 0),
    () => writer.add(new Uint8Array(21).fill(1), 0),
    () => writer.add(Uint8Array.of(1), Number.NaN),
    () => crlNumberExtension(-1n),
    () => deltaCrlIndicatorExtension(1n << 160n),
    () => reasonCodeExtension('unspecified'),
    () => certificateIssuerExtension([]),
    () => issuingDistributionPointExtension(scope),
  ]) {
    assert.throws(make, RangeError);
  }
});

for (const [code, reason] of REVOCATION_REASONS.entries()) {
  test(`reason ${code} is ${reason ?? 'refused'}`, () => {
    const value = Uint8Array.of(0x0a, 1, code);
    const extension = { oid: '2.5.29.21', critical: false, value };
    const der = sampleCrl(KEY, [
      { serial: '01', at: '2026-01-01T00:00:00Z', extensions: [extension] },
    ]);
    if (reason === undefined) assert.throws(() => parseCertificateList(der), Refusal);
    else assert.equal([...parseCertificateList(der).entries][0]?.extensions.reason, reason);
  });
}

test('whatever is changed in a CRL, it is read or refused', () => {
  const readAll = (octets: Uint8Array) => {
    const list = parseCertificateList(octets);
    assert.equal([...list.entries].length, list.entries.count);
  };
  readOrRefused(sampleCrl(), readAll, 3000);
});
