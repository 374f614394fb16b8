import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signWith } from '../../../test/sample-certificate.ts';
import { caExtensions, holder, issue, NOON, nameOf } from '../../../test/sample-chain.ts';
import { anchorOf, CA, find, ROOT, USER } from '../../../test/sample-path.ts';
import { utf8String } from '../../asn1/character-string.ts';
import { encodeDer, objectIdentifier, raw, sequence, setOf } from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { nodeVerifier } from '../../keys/node-verifier.ts';
import {
  authorityInfoAccessExtension,
  subjectInfoAccessExtension,
} from '../authority-information.ts';
import { encodeTbsCertificate, parseCertificate } from '../certificate.ts';
import { subjectDirectoryAttributesExtension } from '../directory-attributes.ts';
import type { Extension } from '../extension.ts';
import { basicConstraintsExtension, keyUsageExtension } from '../key-usage.ts';
import { parseName } from '../name.ts';
import { findPath } from './find-path.ts';
import { ANY_POLICY, type ValidPath } from './validate-path.ts';

test('a path is found among certificates in any order, and ends in the target', () => {
  const middle = holder('Middle');
  const [one, two, target] = [
    issue(ROOT, CA),
    issue(CA, middle),
    issue(middle, USER, { extensions: [] }),
  ];
  const stranger = issue(holder('Stranger'), USER);
  const path = find(target, [stranger, two, one]);
  assert.deepEqual(path.certificates, [one, two, target]);
  assert.equal(path.target, target);
  assert.equal(path.revocation, 'unchecked');
});

test('a verifier that answers later finds the same path', async () => {
  const ca = issue(ROOT, CA);
  const target = issue(CA, USER, { extensions: [] });
  const search = {
    anchor: anchorOf(ROOT),
    certificates: [ca],
    time: NOON,
    policies: ANY_POLICY,
    revocation: 'unchecked' as const,
  };
  const later = async (question: Parameters<typeof nodeVerifier>[0]): Promise<boolean> =>
    await Promise.resolve(nodeVerifier(question));
  assert.deepEqual((await findPath(target, search, later)).certificates, [ca, target]);
  const forged = issue({ name: CA.name, key: USER.key }, USER);
  await assert.rejects(findPath(forged, search, later), { code: 'bad-signature' });
});

test('a CA of the same name and another key vouches for nothing', () => {
  const twin = holder('CA');
  const target = issue(twin, USER, { extensions: [] });
  assert.throws(() => find(target, [issue(ROOT, CA)]), { code: 'bad-signature' });
  const path = find(target, [issue(ROOT, CA), issue(ROOT, twin)]);
  assert.equal(path.certificates.length, 2);
});

test('an anchor of the same name and another key is another anchor', () => {
  const target = issue(ROOT, USER, { extensions: [] });
  assert.throws(() => find(target, [], { anchor: anchorOf(holder('Root')) }), {
    code: 'bad-signature',
  });
});

test('a certificate that leads to no anchor is refused', () => {
  assert.throws(() => find(issue(CA, USER), []), { code: 'unknown-issuer' });
});

test('dates count on the whole path, from notBefore through notAfter', () => {
  const ca = issue(ROOT, CA, { notAfter: '2026-06-30T00:00:00Z' });
  const target = issue(CA, USER, { extensions: [], notBefore: '2026-05-01T00:00:00Z' });
  const at = (time: string): ValidPath => find(target, [ca], { time: new Date(time) });
  at('2026-05-01T00:00:00Z');
  at('2026-06-30T00:00:00Z');
  assert.throws(() => at('2026-04-30T23:59:59Z'), { code: 'not-yet-valid' });
  assert.throws(() => at('2026-06-30T00:00:01Z'), { code: 'expired' });
});

const keyUsage = keyUsageExtension(['cRLSign']);
const NOT_A_CA: readonly { name: string; extensions: readonly Extension[] }[] = [
  { name: 'without basicConstraints', extensions: [] },
  {
    name: 'that says it is none',
    extensions: [basicConstraintsExtension({ isCa: false, pathLength: undefined })],
  },
  {
    name: 'whose key is not for certificates',
    extensions: [basicConstraintsExtension({ isCa: true, pathLength: undefined }), keyUsage],
  },
  {
    name: 'with a critical extension that nobody knows',
    extensions: [...caExtensions(), { oid: '2.999.1', critical: true, value: new Uint8Array(0) }],
  },
];

for (const { name, extensions } of NOT_A_CA) {
  test(`a CA ${name} is on no path`, () => {
    const target = issue(CA, USER, { extensions: [] });
    assert.throws(() => find(target, [issue(ROOT, CA, { extensions })]), { code: 'invalid-path' });
  });
}

const place = [
  { method: OID.caRepositoryAccess, location: { kind: 'uri', uri: 'http://a.example/' } } as const,
];
const NOT_PROCESSED: readonly { name: string; extension: Extension }[] = [
  { name: 'authorityInfoAccess', extension: authorityInfoAccessExtension(place) },
  { name: 'subjectInfoAccess', extension: subjectInfoAccessExtension(place) },
  {
    name: 'subjectDirectoryAttributes',
    extension: subjectDirectoryAttributesExtension([
      { type: '2.999.1', values: [Uint8Array.of(5, 0)] },
    ]),
  },
];

for (const { name, extension } of NOT_PROCESSED) {
  test(`${name} ends a path where it is critical`, () => {
    const as = (critical: boolean) => [{ ...extension, critical }];
    find(issue(ROOT, USER, { extensions: as(false) }), []);
    assert.throws(() => find(issue(ROOT, USER, { extensions: as(true) }), []), {
      code: 'invalid-path',
    });
  });
}

test('the length that a CA allows below it is kept, its own renewed keys not counted', () => {
  const below = holder('Below');
  const renewed = { name: CA.name, key: holder('x').key };
  const ca = issue(ROOT, CA, { extensions: caExtensions(0) });
  const self = issue(CA, renewed, { extensions: caExtensions() });
  find(issue(renewed, USER, { extensions: [] }), [ca, self]);
  const deeper = [ca, issue(CA, below)];
  assert.throws(() => find(issue(below, USER, { extensions: [] }), deeper), {
    code: 'invalid-path',
  });
});

test('a renewed CA key is reached from the old one, and the old one from the new', () => {
  const renewed = { name: CA.name, key: holder('x').key };
  const newWithOld = issue(CA, renewed);
  const oldWithNew = issue(renewed, CA);
  find(issue(renewed, USER, { extensions: [] }), [issue(ROOT, CA), newWithOld]);
  find(issue(CA, USER, { extensions: [] }), [issue(ROOT, renewed), oldWithNew]);
});

test('an issuer whose name is written in another string type is the same issuer', () => {
  const asUtf8 = parseName(
    encodeDer(sequence(setOf([sequence(objectIdentifier(OID.commonName), utf8String('cA '))]))),
  );
  const target = issue({ name: asUtf8, key: CA.key }, USER, { extensions: [] });
  assert.equal(find(target, [issue(ROOT, CA)]).certificates.length, 2);
});

test('certificates that lead in circles end the search', () => {
  const holders = Array.from({ length: 8 }, (_, i) => holder(`Ring ${i}`));
  const ring = holders.flatMap((issuer) => holders.map((subject) => issue(issuer, subject)));
  const target = issue(holders[0] ?? CA, USER);
  const started = performance.now();
  assert.throws(() => find(target, ring), { code: 'unknown-issuer' });
  assert.ok(performance.now() - started < 2000);
});

test('a path that is too long, or none, is refused', () => {
  const holders = Array.from({ length: 30 }, (_, i) => holder(`Deep ${i}`));
  const deep = holders.map((subject, i) => issue(holders[i - 1] ?? ROOT, subject));
  assert.throws(() => find(issue(holders.at(-1) ?? CA, USER), deep), { code: 'unknown-issuer' });
});

test('a certificate with a negative serial is on a path when it was read as an old one', () => {
  const key = CA.key;
  const tbs = encodeTbsCertificate({
    serialNumber: Uint8Array.of(0x7f),
    signatureAlgorithmDer: Uint8Array.fromHex('300a06082a8648ce3d040302'),
    issuerDer: ROOT.name.der,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    subjectDer: nameOf('Old').der,
    subjectPublicKeyInfoDer: key.spkiDer,
    extensions: [],
  });
  const at = tbs.indexOf(0x7f);
  const negative = tbs.with(at, 0xff);
  const der = signWith(ROOT.key, encodeDer(raw(negative)));
  assert.throws(() => parseCertificate(der), { code: 'malformed' });
  find(parseCertificate(der, 'any'), []);
});
