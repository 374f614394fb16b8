import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSTITUTION_NAME, sampleIssuer, sha256Of } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { type CertificateFields, encodeTbsCertificate } from '../x509/certificate.ts';
import type { Extension } from '../x509/extension.ts';
import { subjectKeyIdentifierExtension } from '../x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyUsageExtension,
} from '../x509/key-usage.ts';
import { makeName } from '../x509/name.ts';
import { parsePublicKey } from '../x509/public-key.ts';
import {
  type AuthorityOrder,
  authorityName,
  encodeIssuingCertificate,
  encodeRootCertificate,
} from './authority-profile.ts';
import type { Issuer } from './issuer.ts';
import { type AuthorityKind, lintAuthorityCertificate } from './lint-authority.ts';
import { lintTermsOf } from './lint-terms.ts';
import { issuerExtensions } from './user-profile.ts';

const rootSpki = sampleKey('P-384').spkiDer;
const ROOT_ORDER: AuthorityOrder = {
  subject: authorityName(INSTITUTION_NAME, 'みほん ルート認証局'),
  spkiDer: rootSpki,
  keyIdentifier: sha256Of(rootSpki),
  serialNumber: new Uint8Array(20).fill(0x5a),
  notBefore: new Date('2027-01-05T02:00:00Z'),
  notAfter: new Date('2047-01-05T09:00:00Z'),
};
const ROOT: Issuer = {
  ...sampleIssuer(sampleKey('P-384')),
  name: ROOT_ORDER.subject,
  publicKey: parsePublicKey(rootSpki),
  notAfter: ROOT_ORDER.notAfter,
};
const issuingSpki = sampleKey('P-256').spkiDer;
const ISSUING_ORDER: AuthorityOrder = {
  ...ROOT_ORDER,
  subject: authorityName(INSTITUTION_NAME, 'みほん 利用者認証局'),
  spkiDer: issuingSpki,
  keyIdentifier: sha256Of(issuingSpki),
  notAfter: new Date('2037-01-05T09:00:00Z'),
};
const TERMS = lintTermsOf(ROOT, INSTITUTION_NAME, sha256Of);

const lint = (tbs: Uint8Array, kind: AuthorityKind, order: AuthorityOrder) =>
  lintAuthorityCertificate(tbs, order, { terms: TERMS, kind });
const rootTbs = (changes: Partial<AuthorityOrder> = {}) =>
  encodeRootCertificate({ ...ROOT_ORDER, ...changes }, ROOT.signatureAlgorithmDer);
const issuingTbs = (changes: Partial<AuthorityOrder> = {}) =>
  encodeIssuingCertificate({ ...ISSUING_ORDER, ...changes }, ROOT);

test('a root and an issuing CA as their profiles write them pass', () => {
  assert.doesNotThrow(() => lint(rootTbs(), 'root', ROOT_ORDER));
  assert.doesNotThrow(() => lint(issuingTbs(), 'issuing', ISSUING_ORDER));
});

const OWN: readonly Extension[] = [
  basicConstraintsExtension({ isCa: true, pathLength: 0 }),
  keyUsageExtension(['keyCertSign', 'cRLSign']),
  subjectKeyIdentifierExtension(ISSUING_ORDER.keyIdentifier),
];
const written = (extensions: readonly Extension[], more: Partial<CertificateFields> = {}) =>
  encodeTbsCertificate({
    serialNumber: ISSUING_ORDER.serialNumber,
    signatureAlgorithmDer: ROOT.signatureAlgorithmDer,
    issuerDer: ROOT.name.der,
    notBefore: ISSUING_ORDER.notBefore,
    notAfter: ISSUING_ORDER.notAfter,
    subjectDer: ISSUING_ORDER.subject.der,
    subjectPublicKeyInfoDer: ISSUING_ORDER.spkiDer,
    extensions: [...extensions, ...issuerExtensions(ROOT)],
    ...more,
  });

const BROKEN_EXTENSIONS: readonly {
  readonly rule: string;
  readonly why: string;
  readonly tbs: Uint8Array;
}[] = [
  {
    rule: 'basicConstraints',
    why: 'no bound on what is below it',
    tbs: written([
      basicConstraintsExtension({ isCa: true, pathLength: undefined }),
      ...OWN.slice(1),
    ]),
  },
  {
    rule: 'basicConstraints',
    why: 'one CA below it',
    tbs: written([basicConstraintsExtension({ isCa: true, pathLength: 1 }), ...OWN.slice(1)]),
  },
  {
    rule: 'basicConstraints',
    why: 'no CA',
    tbs: written([
      basicConstraintsExtension({ isCa: false, pathLength: undefined }),
      ...OWN.slice(1),
    ]),
  },
  {
    rule: 'keyUsage',
    why: 'a use of users',
    tbs: written(OWN.with(1, keyUsageExtension(['digitalSignature', 'keyCertSign', 'cRLSign']))),
  },
  {
    rule: 'seven extensions, no other',
    why: 'extKeyUsage',
    tbs: written([...OWN, extendedKeyUsageExtension([OID.clientAuth])]),
  },
  { rule: 'seven extensions, no other', why: 'no basicConstraints', tbs: written(OWN.slice(1)) },
  {
    rule: 'common name',
    why: 'the name of another CA',
    tbs: written(OWN, { subjectDer: authorityName(INSTITUTION_NAME, 'べつ認証局').der }),
  },
];

for (const { rule, why, tbs } of BROKEN_EXTENSIONS) {
  test(`an issuing CA: the rule "${rule}" fails on ${why}`, () => {
    assert.throws(() => lint(tbs, 'issuing', ISSUING_ORDER), {
      message: `a certificate broke its profile: ${rule}`,
    });
  });
}

const named = (commonName: string) => ({ subject: authorityName(INSTITUTION_NAME, commonName) });

const BROKEN_ORDERS: readonly {
  readonly rule: string;
  readonly changes: Partial<AuthorityOrder>;
}[] = [
  { rule: 'common name of 64 characters', changes: named('信'.repeat(65)) },
  { rule: 'a common name without hidden characters', changes: named('みほん\u202e認証局') },
  {
    rule: 'organisation',
    changes: { subject: authorityName('べつの信用金庫', 'みほん 利用者認証局') },
  },
  {
    rule: 'ends no later than its issuer',
    changes: { notAfter: new Date('2047-01-05T09:00:01Z') },
  },
  { rule: 'subjectKeyIdentifier', changes: { keyIdentifier: ROOT_ORDER.keyIdentifier } },
  {
    rule: 'a root alone issues itself',
    changes: {
      subject: ROOT.name,
      spkiDer: rootSpki,
      keyIdentifier: ROOT_ORDER.keyIdentifier,
    },
  },
];

for (const { rule, changes } of BROKEN_ORDERS) {
  test(`an issuing CA: the rule "${rule}" fails on an order that breaks it`, () => {
    const order = { ...ISSUING_ORDER, ...changes };
    assert.throws(() => lint(issuingTbs(changes), 'issuing', order), {
      message: `a certificate broke its profile: ${rule}`,
    });
  });
}

test('a root: another name than its own is found, and so is the profile of the other kind', () => {
  const changes = { subject: makeName([{ type: OID.commonName, value: 'x' }]) };
  const order = { ...ROOT_ORDER, ...changes };
  assert.throws(() => lint(rootTbs(changes), 'root', order), /issuer octets/);
  assert.throws(() => lint(issuingTbs(), 'root', ISSUING_ORDER), /three extensions, no other/);
  assert.throws(() => lint(rootTbs(), 'issuing', ROOT_ORDER), /seven extensions, no other/);
});

for (const { kind, tbs, order } of [
  { kind: 'root', tbs: rootTbs(), order: ROOT_ORDER },
  { kind: 'issuing', tbs: issuingTbs(), order: ISSUING_ORDER },
] as const) {
  test(`a change of any one bit of the certificate of a CA (${kind}) is found`, () => {
    for (let bit = 0; bit < tbs.length * 8; bit++) {
      const changed = Uint8Array.from(tbs);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => lint(changed, kind, order), `bit ${bit & 7} of octet ${bit >> 3}`);
    }
  });
}
