import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8String } from '../src/asn1/character-string.ts';
import {
  type DerNode,
  encodeDer,
  integer,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
  setOf,
} from '../src/asn1/der-writer.ts';
import { OID } from '../src/asn1/known-object-identifiers.ts';
import { OBJECT_IDENTIFIER } from '../src/asn1/tag.ts';
import { Refusal } from '../src/errors.ts';
import type { Extension } from '../src/x509/extension.ts';
import { makeExtension } from '../src/x509/extension.ts';
import { isSameName } from '../src/x509/match-names.ts';
import { parseName } from '../src/x509/name.ts';
import { DECODERS, type DecoderName } from '../test/fuzz/decoders.ts';
import { judgeFuzz } from '../test/fuzz/judge-fuzz.ts';
import { memoryInUse } from '../test/fuzz/memory-in-use.ts';
import { manyParts } from '../test/fuzz/pkcs12-inputs.ts';
import { type FuzzReport, runFuzz } from '../test/fuzz/run-fuzz.ts';
import { sampleCertificate } from '../test/sample-certificate.ts';
import { sampleCrl } from '../test/sample-crl.ts';
import { sampleKey } from '../test/sample-keys.ts';
import { idOf, sampleOcspRequest } from '../test/sample-ocsp.ts';

test('five seconds of hostile inputs are each read or refused, soon, and forgotten', async () => {
  const report = await runFuzz(5, 20_260_601);
  assert.deepEqual(report.findings, []);
  assert.ok(report.inputs > 10_000, `${report.inputs} inputs`);
  assert.ok(report.read > 0 && report.refused > 0);
  assert.ok(report.memoryGrowth < 16 * 1024 * 1024, `memory grew by ${report.memoryGrowth}`);
});

test('memory in use counts the contents of typed arrays, which lie outside the heap', () => {
  const before = memoryInUse();
  const kept = new Uint8Array(32 * 1024 * 1024).fill(1);
  // What the five seconds before left behind may still be given back meanwhile.
  assert.ok(memoryInUse() - before > kept.length * 0.9);
});

const GOOD: FuzzReport = {
  inputs: 1_000_000,
  read: 1,
  refused: 999_999,
  byDecoder: {},
  slowestMs: 1,
  memoryGrowth: 0,
  findings: [],
};
const FINDING = { decoder: 'CRL', problem: 'took 200 ms', input: new Uint8Array(1) } as const;

for (const { name, report, seconds, last, isGood } of [
  {
    name: 'a million in a minute',
    report: {},
    seconds: 60,
    last: 'inputs met a million',
    isGood: true,
  },
  {
    name: 'one less in a minute',
    report: { inputs: 999_999 },
    seconds: 60,
    last: 'inputs NOT met a million',
    isGood: false,
  },
  {
    name: 'few in a second',
    report: { inputs: 10 },
    seconds: 1,
    last: '0 findings, memory flat',
    isGood: true,
  },
  {
    name: 'memory that grows',
    report: { memoryGrowth: 2 ** 24 },
    seconds: 1,
    last: '0 findings, memory NOT FLAT',
    isGood: false,
  },
  {
    name: 'a finding',
    report: { findings: [FINDING] },
    seconds: 1,
    last: '1 findings, memory flat',
    isGood: false,
  },
]) {
  test(`of a run with ${name} the last line is "${last}"`, () => {
    const verdict = judgeFuzz({ ...GOOD, ...report }, seconds);
    assert.equal(verdict.lines.at(-1), last);
    assert.equal(verdict.isGood, isGood);
  });
}

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const attribute = (value: string): DerNode =>
  sequence(objectIdentifier(OID.commonName), utf8String(value));
const oneSet = (value: (i: number) => string): Uint8Array =>
  encodeDer(sequence(setOf(many(3800, (i) => attribute(value(i))))));
const withExtension = (extension: Extension): Uint8Array =>
  sampleCertificate(sampleKey('P-256'), { extensions: [extension] });
const longOid = primitive(OBJECT_IDENTIFIER, new Uint8Array(64).fill(0xff).with(63, 0x7f));

/** As large as an input may be, and made so that whatever is done for each part adds up. */
const WORST: readonly { name: string; decoder: DecoderName; der: Uint8Array }[] = [
  { name: 'a name with thousands of attributes in one set', decoder: 'name', der: oneSet(String) },
  {
    name: 'a name of thousands of parts',
    decoder: 'name',
    der: encodeDer(sequence(...many(4000, () => setOf([attribute('é')])))),
  },
  {
    name: 'a name that is one long text of marks to put in order',
    decoder: 'name',
    der: encodeDer(sequence(setOf([attribute(`a${'\u0316\u0301'.repeat(16_000)}`)]))),
  },
  {
    name: 'thousands of alternative names',
    decoder: 'certificate',
    der: withExtension(
      makeExtension(
        OID.subjectAltName,
        'critical',
        sequence(...many(15_000, () => primitive(0x82, Uint8Array.of(0x61)))),
      ),
    ),
  },
  {
    name: 'thousands of name constraints',
    decoder: 'certificate',
    der: withExtension(
      makeExtension(
        OID.nameConstraints,
        'critical',
        sequence({
          ...sequence(...many(12_000, () => sequence(primitive(0x82, Uint8Array.of(0x61))))),
          tag: 0xa0,
        }),
      ),
    ),
  },
  {
    name: 'thousands of purposes with identifiers as long as they can be',
    decoder: 'certificate',
    der: withExtension(
      makeExtension(OID.extendedKeyUsage, 'critical', sequence(...many(950, () => longOid))),
    ),
  },
  {
    name: 'thousands of policies',
    decoder: 'certificate',
    der: withExtension(
      makeExtension(
        OID.certificatePolicies,
        'critical',
        sequence(...many(6000, (i) => sequence(objectIdentifier(`2.999.${i}`)))),
      ),
    ),
  },
  {
    name: 'thousands of extensions',
    decoder: 'certificate',
    der: sampleCertificate(sampleKey('P-256'), {
      extensions: many(4500, (i) => ({
        oid: `2.999.${i}`,
        critical: true,
        value: new Uint8Array(0),
      })),
    }),
  },
  {
    name: 'a CRL whose entries have the same serial and each its own extension',
    decoder: 'CRL',
    der: sampleCrl(
      sampleKey('P-256'),
      many(1500, (i) => ({
        serial: '05',
        at: '2026-01-01T00:00:00Z',
        extensions: [{ oid: `2.999.${i}`, critical: false, value: new Uint8Array(0) }],
      })),
    ),
  },
  {
    name: 'an OCSP request about hundreds of certificates',
    decoder: 'OCSP request',
    der: sampleOcspRequest(many(600, () => idOf('01'))),
  },
  {
    name: 'thousands of empty elements',
    decoder: 'element',
    der: encodeDer(sequence(...many(32_000, () => octetString(new Uint8Array(0))))),
  },
  {
    name: 'a PKCS#12 file of hundreds of encrypted parts',
    decoder: 'PKCS#12 contents',
    der: await manyParts(330),
  },
  {
    name: 'PEM with thousands of beginnings',
    decoder: 'PEM',
    der: new TextEncoder().encode('-----BEGIN A-----'.repeat(3800)),
  },
];

for (const { name, decoder, der } of WORST) {
  test(`${name}: read or refused in under 100 ms`, async () => {
    assert.ok(der.length > 40_000 && der.length <= 66_000, `${der.length} octets`);
    assert.ok((await fastestOf(() => DECODERS[decoder](der))) < 100);
  });
}

const marks = (count: number): string => '\u0316\u0301'.repeat(count);
const SLOW_NAMES: readonly { name: string; one: Uint8Array; other: Uint8Array; same: boolean }[] = [
  {
    name: 'thousands of attributes in one set',
    one: oneSet((i) => `name${i}`),
    other: oneSet((i) => `NAME${i}`),
    same: true,
  },
  {
    // To put thousands of marks on one letter in order takes the square of their number.
    name: 'one text of thousands of marks',
    one: encodeDer(sequence(setOf([attribute(`a${marks(16_000)}`)]))),
    other: encodeDer(sequence(setOf([attribute(`A${marks(16_000)}`)]))),
    same: false,
  },
  {
    name: 'many texts of hundreds of marks',
    one: encodeDer(sequence(...many(120, () => setOf([attribute(`a${marks(120)}`)])))),
    other: encodeDer(sequence(...many(120, () => setOf([attribute(`A${marks(120)}`)])))),
    same: true,
  },
];

for (const { name, one, other, same } of SLOW_NAMES) {
  test(`two names of ${name} are compared in under 100 ms`, async () => {
    const compare = (): void => assert.equal(isSameName(parseName(one), parseName(other)), same);
    assert.ok((await fastestOf(compare)) < 100);
  });
}

test('an INTEGER as long as an input is passed over', () => {
  DECODERS.element(encodeDer(integer(1n << 500_000n)));
});

/** Milliseconds of the best of three, as the machine may be busy with something else. */
async function fastestOf(action: () => unknown): Promise<number> {
  let fastest = Infinity;
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}
