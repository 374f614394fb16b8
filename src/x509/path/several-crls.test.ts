import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crlOf, holder, issue, NOON } from '../../../test/sample-chain.ts';
import { nodeVerifier } from '../../keys/node-verifier.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateList } from '../certificate-list.ts';
import { crlNumberExtension } from '../certificate-list-extensions.ts';
import { distributionPointAt, distributionPointsExtension } from '../distribution-point.ts';
import type { Extension } from '../extension.ts';
import { issuingDistributionPointExtension } from '../issuing-distribution-point.ts';
import { keyUsageExtension } from '../key-usage.ts';
import { parsePublicKey } from '../public-key.ts';
import type { Verifier } from '../signature.ts';
import { findPath } from './find-path.ts';
import { ANY_POLICY } from './validate-path.ts';

const CA = holder('CA');
const USER = holder('User');
const URI = 'http://crl.example.jp/1394.crl';
const REVOKED = { code: 'revoked' };
const UNKNOWN = { code: 'revocation-unknown' };

const user = (...extensions: readonly Extension[]): Certificate => issue(CA, USER, { extensions });
const userAt = (count: number): Certificate => {
  const points = Array.from({ length: count }, (_, i) => distributionPointAt(`${URI}?${i}`));
  return user(distributionPointsExtension(points));
};
const number = (value: bigint): Extension => crlNumberExtension(value);
const forUsers = issuingDistributionPointExtension({
  point: undefined,
  contents: 'users',
  reasons: undefined,
  isIndirect: false,
});
const unknown = { oid: '2.999.1', critical: true, value: new Uint8Array(0) };

type Given = {
  readonly certificates?: readonly Certificate[];
  readonly verifier?: Verifier<boolean>;
};

function check(target: Certificate, lists: readonly CertificateList[], given: Given = {}): void {
  const anchor = { name: CA.name, key: parsePublicKey(CA.key.spkiDer), keyUsage: undefined };
  const search = {
    anchor,
    certificates: given.certificates ?? [],
    time: NOON,
    policies: ANY_POLICY,
    revocation: { lists, maxAgeMs: undefined, leewayMs: 0 },
  };
  findPath(target, search, given.verifier ?? nodeVerifier);
}

const AT_29 = '2026-05-29T00:00:00Z';
const NUMBERS: readonly {
  name: string;
  older: readonly Extension[];
  newer: readonly Extension[];
}[] = [
  { name: 'with numbers', older: [number(5n)], newer: [number(6n)] },
  { name: 'without numbers', older: [], newer: [] },
];

for (const { name, older, newer } of NUMBERS) {
  test(`of two complete CRLs in date, ${name}, the newer counts in either order`, () => {
    const target = user();
    const lists = (first: readonly Certificate[], then: readonly Certificate[]) => [
      crlOf(CA, first, { thisUpdate: AT_29, extensions: older }),
      crlOf(CA, then, { extensions: newer }),
    ];
    const revoked = lists([], [target]);
    const lifted = lists([target], []);
    for (const order of [revoked, revoked.toReversed()]) {
      assert.throws(() => check(target, order), REVOKED);
    }
    for (const order of [lifted, lifted.toReversed()]) check(target, order);
  });
}

test('of CRLs of which neither replaces the other, revoked wins in either order', () => {
  const target = user();
  const pairs = [
    // Of another scope.
    [crlOf(CA, []), crlOf(CA, [target], { extensions: [forUsers] })],
    // The number says one thing, the date another.
    [
      crlOf(CA, [], { extensions: [number(5n)] }),
      crlOf(CA, [target], { extensions: [number(6n)], thisUpdate: AT_29 }),
    ],
    // Of the same moment.
    [crlOf(CA, []), crlOf(CA, [target])],
  ];
  for (const lists of pairs) {
    for (const order of [lists, lists.toReversed()]) {
      assert.throws(() => check(target, order), REVOKED);
    }
  }
});

test('a CRL that is not to be used replaces none', () => {
  const target = user();
  const listed = crlOf(CA, [target], { thisUpdate: AT_29, extensions: [number(5n)] });
  const unusable = [
    crlOf(holder('CA'), [], { extensions: [number(6n)] }),
    crlOf(CA, [], { extensions: [number(6n)], nextUpdate: '2026-05-31T00:00:00Z' }),
    crlOf(CA, [], { extensions: [number(6n), unknown] }),
  ];
  assert.throws(() => check(target, [...unusable, listed]), REVOKED);
});

test("a CRL by another key of the issuer replaces none of the first key's", () => {
  const crlKey = { name: CA.name, key: holder('x').key };
  const own = issue(CA, crlKey, { extensions: [keyUsageExtension(['cRLSign'])] });
  const target = user();
  const listed = crlOf(CA, [target], { thisUpdate: AT_29 });
  const lists = [crlOf(crlKey, []), listed];
  assert.throws(() => check(target, lists, { certificates: [own] }), REVOKED);
});

test('a signature is verified once, however many points ask', () => {
  let verified = 0;
  const verifier: Verifier<boolean> = (question) => {
    verified += 1;
    return nodeVerifier(question);
  };
  check(userAt(32), [crlOf(CA, []), crlOf(CA, [])], { verifier });
  assert.equal(verified, 3);
});

test('a certificate of very many points is not answered for', () => {
  assert.throws(() => check(userAt(33), [crlOf(CA, [])]), UNKNOWN);
});
