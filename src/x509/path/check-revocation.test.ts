import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crlOf, type Holder, holder, issue, NOON } from '../../../test/sample-chain.ts';
import { sampleCrl } from '../../../test/sample-crl.ts';
import { nodeVerifier } from '../../keys/node-verifier.ts';
import type { Certificate } from '../certificate.ts';
import { type CertificateList, parseCertificateList } from '../certificate-list.ts';
import { crlNumberExtension, deltaCrlIndicatorExtension } from '../certificate-list-extensions.ts';
import {
  type DistributionPoint,
  distributionPointAt,
  distributionPointsExtension,
} from '../distribution-point.ts';
import type { Extension } from '../extension.ts';
import {
  type IssuingDistributionPoint,
  issuingDistributionPointExtension,
} from '../issuing-distribution-point.ts';
import { authorityKeyIdentifierExtension } from '../key-identifier.ts';
import { keyUsageExtension } from '../key-usage.ts';
import { parsePublicKey } from '../public-key.ts';
import { certificateIssuerExtension, reasonCodeExtension } from '../revoked-entry.ts';
import { findPath } from './find-path.ts';
import { ANY_POLICY, type ValidPath } from './validate-path.ts';

const CA = holder('CA');
const OTHER = holder('Other');
const USER = holder('User');
const URI = 'http://crl.example.jp/1394.crl';
const SCOPE: IssuingDistributionPoint = {
  point: undefined,
  contents: 'all',
  reasons: undefined,
  isIndirect: false,
};

const user = (...extensions: readonly Extension[]): Certificate => issue(CA, USER, { extensions });
const at = (...points: readonly DistributionPoint[]): Extension =>
  distributionPointsExtension(points);
const scope = (changes: Partial<IssuingDistributionPoint>): Extension =>
  issuingDistributionPointExtension({ ...SCOPE, ...changes });

type Given = {
  readonly certificates?: readonly Certificate[];
  readonly time?: Date;
  readonly maxAgeMs?: number;
  readonly leewayMs?: number;
};

function check(
  target: Certificate,
  lists: readonly CertificateList[],
  given: Given = {},
): ValidPath {
  const anchor = { name: CA.name, key: parsePublicKey(CA.key.spkiDer), keyUsage: undefined };
  const search = {
    anchor,
    certificates: given.certificates ?? [],
    time: given.time ?? NOON,
    policies: ANY_POLICY,
    revocation: { lists, maxAgeMs: given.maxAgeMs, leewayMs: given.leewayMs ?? 0 },
  };
  return findPath(target, search, nodeVerifier);
}

const UNKNOWN = { code: 'revocation-unknown' };
const REVOKED = { code: 'revoked' };

test('a certificate on no CRL of its issuer is not revoked, one on it is', () => {
  const [mine, another] = [user(), user()];
  assert.equal(check(mine, [crlOf(CA, [another])]).revocation, 'checked');
  assert.throws(() => check(another, [crlOf(CA, [another])]), REVOKED);
});

test('the same serial of another issuer revokes nothing', () => {
  const target = user();
  const twin = issue(OTHER, USER, { extensions: [], serial: target.serialNumber[1] ?? 0 });
  assert.throws(() => check(target, [crlOf(OTHER, [twin])]), UNKNOWN);
  check(target, [crlOf(OTHER, [twin]), crlOf(CA, [])]);
});

test('without a CRL there is no answer', () => {
  assert.throws(() => check(user(), []), UNKNOWN);
});

test('a CRL by a key of the same name that is not the issuer answers nothing', () => {
  assert.throws(() => check(user(), [crlOf(holder('CA'), [])]), UNKNOWN);
});

test('an expired CRL, or one of tomorrow, answers nothing', () => {
  const list = crlOf(CA, []);
  check(user(), [list], { time: new Date('2026-06-06T00:00:00Z') });
  check(user(), [list], { time: new Date('2026-05-30T00:00:00Z') });
  for (const time of ['2026-06-06T00:00:01Z', '2026-05-29T23:59:59Z']) {
    assert.throws(() => check(user(), [list], { time: new Date(time) }), UNKNOWN);
  }
});

test('there is a little grace for a clock that is ahead, and none at the end', () => {
  const list = crlOf(CA, []);
  const at = (time: string) => () =>
    check(user(), [list], { time: new Date(time), leewayMs: 5 * 60 * 1000 });
  at('2026-05-29T23:55:00Z')();
  assert.throws(at('2026-05-29T23:54:59Z'), UNKNOWN);
  assert.throws(at('2026-06-06T00:00:01Z'), UNKNOWN);
});

test('a CRL older than the age that is allowed answers nothing', () => {
  const day = 24 * 60 * 60 * 1000;
  check(user(), [crlOf(CA, [])], { maxAgeMs: 3 * day });
  assert.throws(() => check(user(), [crlOf(CA, [])], { maxAgeMs: day }), UNKNOWN);
});

test('a CA that is revoked ends the path of all below it', () => {
  const ca = issue(CA, OTHER);
  const target = issue(OTHER, USER, { extensions: [] });
  const lists = [crlOf(CA, []), crlOf(OTHER, [])];
  check(target, lists, { certificates: [ca] });
  assert.throws(
    () => check(target, [crlOf(CA, [ca]), crlOf(OTHER, [])], { certificates: [ca] }),
    REVOKED,
  );
  assert.throws(() => check(target, [crlOf(OTHER, [])], { certificates: [ca] }), UNKNOWN);
});

const unknown = { oid: '2.999.1', critical: true, value: new Uint8Array(0) };

test('a CRL with a critical extension that nobody knows answers nothing', () => {
  assert.throws(() => check(user(), [crlOf(CA, [], { extensions: [unknown] })]), UNKNOWN);
  const entries = [{ serial: '77', at: '2026-05-01T00:00:00Z', extensions: [unknown] }];
  const dates = { thisUpdate: new Date('2026-05-30'), nextUpdate: new Date('2026-06-06') };
  const list = sampleCrl(CA.key, entries, { issuerDer: CA.name.der, extensions: [], ...dates });
  assert.throws(() => check(user(), [parseCertificateList(list)]), UNKNOWN);
});

type ScopeCase = {
  readonly name: string;
  readonly target: Certificate;
  readonly extensions: readonly Extension[];
  readonly covers: boolean;
};

const elsewhere = distributionPointAt('http://crl.example.jp/2.crl').point;
const relative = {
  kind: 'relative',
  rdn: [],
  der: Uint8Array.fromHex('a10b300906035504030c025232'),
} as const;
const full = {
  kind: 'full',
  names: [
    {
      kind: 'directory',
      name: {
        der: Uint8Array.fromHex('301a310b300906035504030c024341310b300906035504030c025232'),
        rdns: [],
      },
    },
  ],
} as const;
const NOT_ALL = { reasons: undefined, crlIssuer: undefined };
const ca = issue(CA, OTHER);

const SCOPES: readonly ScopeCase[] = [
  { name: 'no scope', target: user(at(distributionPointAt(URI))), extensions: [], covers: true },
  {
    name: 'the point of the certificate',
    target: user(at(distributionPointAt(URI))),
    extensions: [scope({ point: distributionPointAt(URI).point })],
    covers: true,
  },
  {
    name: 'another point than that of the certificate',
    target: user(at(distributionPointAt(URI))),
    extensions: [scope({ point: elsewhere })],
    covers: false,
  },
  {
    name: 'a point, for a certificate without one',
    target: user(),
    extensions: [scope({ point: elsewhere })],
    covers: false,
  },
  {
    name: 'a point told relative to the issuer, and in full in the certificate',
    target: user(at({ point: full, ...NOT_ALL })),
    extensions: [scope({ point: relative })],
    covers: true,
  },
  { name: 'users', target: user(), extensions: [scope({ contents: 'users' })], covers: true },
  { name: 'CAs', target: user(), extensions: [scope({ contents: 'authorities' })], covers: false },
  {
    name: 'users, for a CA',
    target: ca,
    extensions: [scope({ contents: 'users' })],
    covers: false,
  },
  {
    name: 'CAs, for a CA',
    target: ca,
    extensions: [scope({ contents: 'authorities' })],
    covers: true,
  },
  {
    name: 'attribute certificates',
    target: user(),
    extensions: [scope({ contents: 'attributes' })],
    covers: false,
  },
  { name: 'some reasons', target: user(), extensions: [scope({ reasons: 0b0110 })], covers: false },
];

for (const { name, target, extensions, covers } of SCOPES) {
  test(`a CRL for ${name} ${covers ? 'answers' : 'does not answer'}`, () => {
    const list = crlOf(CA, [], { extensions });
    if (covers) check(target, [list]);
    else assert.throws(() => check(target, [list]), UNKNOWN);
  });
}

test('CRLs of different reasons answer together', () => {
  const some = crlOf(CA, [], { extensions: [scope({ reasons: 0b0_0000_0110 })] });
  const rest = crlOf(CA, [], { extensions: [scope({ reasons: 0b1_1111_1000 })] });
  check(user(), [some, rest]);
});

const named = (issuer: Holder) => [{ kind: 'directory', name: issuer.name } as const];
const byOther = (target: Holder): DistributionPoint => ({
  ...distributionPointAt(URI),
  crlIssuer: named(target),
});
const signerOf = (issuer: Holder): Certificate =>
  issue(issuer, OTHER, { extensions: [keyUsageExtension(['cRLSign'])] });

test('an indirect CRL answers for certificates that name its issuer, by the issuer of each entry', () => {
  const mine = user(at(byOther(OTHER)));
  const target = user(at(byOther(OTHER)));
  const signer = signerOf(CA);
  const entry = (certificate: Certificate, ...extensions: readonly Extension[]) => ({
    serial: certificate.serialNumber.toHex(),
    at: '2026-05-01T00:00:00Z',
    extensions,
  });
  const dates = { thisUpdate: new Date('2026-05-30'), nextUpdate: new Date('2026-06-06') };
  const fields = { issuerDer: OTHER.name.der, extensions: [scope({ isIndirect: true })], ...dates };
  const listOf = (...extensions: readonly Extension[]) =>
    parseCertificateList(sampleCrl(OTHER.key, [entry(target, ...extensions)], fields));
  const given = { certificates: [signer] };
  const issuers = crlOf(CA, []);
  const byCa = listOf(certificateIssuerExtension(named(CA)));
  check(mine, [byCa, issuers], given);
  assert.throws(() => check(target, [byCa, issuers], given), REVOKED);
  // Without certificateIssuer the entry is of a certificate that the CRL's issuer made.
  check(target, [listOf(), issuers], given);
  assert.throws(() => check(mine, [byCa], given), UNKNOWN, 'nothing answers for the signer');
  assert.throws(() => check(user(), [byCa], given), UNKNOWN, 'the certificate names no CRL issuer');
});

test('a signer of CRLs that is revoked, or whose key is not for that, answers nothing', () => {
  const target = user(at(byOther(OTHER)));
  const signer = signerOf(CA);
  const list = crlOf(OTHER, [], { extensions: [scope({ isIndirect: true })] });
  check(target, [list, crlOf(CA, [])], { certificates: [signer] });
  const revoked = [list, crlOf(CA, [signer])];
  assert.throws(() => check(target, revoked, { certificates: [signer] }), UNKNOWN);
  const wrongUse = issue(CA, OTHER, { extensions: [keyUsageExtension(['digitalSignature'])] });
  assert.throws(() => check(target, [list, crlOf(CA, [])], { certificates: [wrongUse] }), UNKNOWN);
});

test('a signer answers for itself only where its certificate names it', () => {
  const target = user(at(byOther(OTHER)));
  const list = crlOf(OTHER, [], { extensions: [scope({ isIndirect: true })] });
  const itself = issue(CA, OTHER, {
    extensions: [keyUsageExtension(['cRLSign']), at(byOther(OTHER))],
  });
  check(target, [list], { certificates: [itself] });
  assert.throws(() => check(target, [list], { certificates: [signerOf(CA)] }), UNKNOWN);
});

test('where a point names no other issuer, an indirect CRL may revoke but not clear', () => {
  const target = user(at(distributionPointAt(URI)));
  const extensions = [scope({ isIndirect: true })];
  assert.throws(() => check(target, [crlOf(CA, [], { extensions })]), UNKNOWN);
  assert.throws(() => check(target, [crlOf(CA, [target], { extensions })]), REVOKED);
});

const number = (value: bigint): Extension => crlNumberExtension(value);
const deltaFrom = (base: bigint, value: bigint): { extensions: readonly Extension[] } => ({
  extensions: [number(value), deltaCrlIndicatorExtension(base)],
});

test('a delta adds to its base, and nothing without one', () => {
  const target = user();
  const base = crlOf(CA, [], { extensions: [number(5n)] });
  const delta = crlOf(CA, [target], deltaFrom(5n, 6n));
  check(target, [base]);
  assert.throws(() => check(target, [base, delta]), REVOKED);
  assert.throws(() => check(user(), [delta]), UNKNOWN);
});

test('a delta whose base is newer than ours, or that is older than ours, is left out', () => {
  const target = user();
  const base = crlOf(CA, [], { extensions: [number(5n)] });
  check(target, [base, crlOf(CA, [target], deltaFrom(6n, 7n))]);
  check(target, [base, crlOf(CA, [target], deltaFrom(4n, 5n))]);
  assert.throws(() => check(target, [base, crlOf(CA, [target], deltaFrom(3n, 6n))]), REVOKED);
});

test('an expired delta is left out', () => {
  const target = user();
  const base = crlOf(CA, [], { extensions: [number(5n)] });
  const terms = { ...deltaFrom(5n, 6n), nextUpdate: '2026-05-31T00:00:00Z' };
  check(target, [base, crlOf(CA, [target], terms)]);
});

test('a delta of another scope or key is left out', () => {
  const target = user();
  const base = crlOf(CA, [], { extensions: [number(5n)] });
  const { extensions } = deltaFrom(5n, 6n);
  check(target, [
    base,
    crlOf(CA, [target], { extensions: [...extensions, scope({ contents: 'users' })] }),
  ]);
  check(target, [base, crlOf(holder('CA'), [target], { extensions })]);
  const otherKey = authorityKeyIdentifierExtension({
    keyIdentifier: Uint8Array.of(1),
    issuerAndSerial: undefined,
  });
  check(target, [base, crlOf(CA, [target], { extensions: [...extensions, otherKey] })]);
  assert.throws(() => check(target, [base, crlOf(CA, [target], { extensions })]), REVOKED);
});

test('of several deltas the latest counts, and it can take a hold back', () => {
  const target = user();
  const base = crlOf(CA, [target], { extensions: [number(5n)] });
  const entries = [
    {
      serial: target.serialNumber.toHex(),
      at: '2026-05-01T00:00:00Z',
      extensions: [reasonCodeExtension('removeFromCRL')],
    },
  ];
  const dates = { thisUpdate: new Date('2026-05-30'), nextUpdate: new Date('2026-06-06') };
  const fields = { issuerDer: CA.name.der, ...deltaFrom(5n, 7n), ...dates };
  const lifted = parseCertificateList(sampleCrl(CA.key, entries, fields));
  const older = crlOf(CA, [target], deltaFrom(5n, 6n));
  assert.throws(() => check(target, [base, older]), REVOKED);
  check(target, [base, older, lifted]);
  check(target, [lifted, base, older]);
});

test('a CA may keep a key of its own for CRLs', () => {
  const crlKey = { name: CA.name, key: holder('x').key };
  const own = issue(CA, crlKey, {
    extensions: [keyUsageExtension(['cRLSign']), at({ ...distributionPointAt(URI) })],
  });
  const ofSigners = crlOf(CA, [], {
    extensions: [scope({ point: distributionPointAt(URI).point })],
  });
  const target = user(at({ ...distributionPointAt('http://crl.example.jp/2.crl') }));
  const list = crlOf(crlKey, [], { extensions: [scope({ point: elsewhere })] });
  check(target, [list, ofSigners], { certificates: [own] });
  assert.throws(() => check(target, [list], { certificates: [own] }), UNKNOWN);
});

test('the anchor signs CRLs only where its certificate lets it', () => {
  const anchor = {
    name: CA.name,
    key: parsePublicKey(CA.key.spkiDer),
    keyUsage: ['keyCertSign'] as const,
  };
  const search = {
    anchor,
    certificates: [],
    time: NOON,
    policies: ANY_POLICY,
    revocation: { lists: [crlOf(CA, [])], maxAgeMs: undefined, leewayMs: 0 },
  };
  assert.throws(() => findPath(user(), search, nodeVerifier), UNKNOWN);
});
