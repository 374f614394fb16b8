import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ISSUING, MOST_DAYS } from '../../test/lint-specimens.ts';
import { INSTITUTION_NAME, sampleOrder, sha256Of } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { lintUserCertificate } from './lint.ts';
import { lintTermsOf } from './lint-terms.ts';
import { compileUserProfile, encodeUserCertificate, type UserOrder } from './user-profile.ts';

const ordered = (changes: Partial<UserOrder>, days = MOST_DAYS, issuer = ISSUING) => {
  const order = sampleOrder(changes);
  const tbs = encodeUserCertificate(order, compileUserProfile(issuer, INSTITUTION_NAME));
  const terms = lintTermsOf(issuer, INSTITUTION_NAME, sha256Of);
  return () => lintUserCertificate(tbs, order, { terms, maximumLifetimeDays: days });
};

const BROKEN_ORDERS: readonly { rule: string; act: () => unknown }[] = [
  {
    rule: 'serial of 8 to 20 octets',
    act: ordered({ serialNumber: new Uint8Array(7).fill(1) }),
  },
  {
    rule: 'ends 23:59:59 in Tokyo',
    act: ordered({ notAfter: new Date('2027-12-31T14:59:58Z') }),
  },
  {
    rule: 'begins before it ends',
    act: ordered({
      notAfter: new Date('2026-12-30T14:59:59Z'),
      commonName: '00012345678 suzuki01 1394 2026-12',
    }),
  },
  { rule: 'lifetime within the maximum', act: ordered({}, 365) },
  {
    rule: "the person's common name",
    act: ordered({ commonName: '00012345678 tanaka02 1394 2027-12' }),
  },
  {
    rule: "the person's common name",
    act: ordered({ commonName: '00012345678 suzuki01 1394 2028-12' }),
  },
  {
    rule: 'common name of 64 characters',
    act: ordered({
      identity: { institution: '1394', contract: '00012345678', user: 'a'.repeat(48) },
      commonName: `00012345678 ${'a'.repeat(48)} 1394`,
    }),
  },
  {
    rule: 'subjectKeyIdentifier',
    act: ordered({ keyIdentifier: sha256Of(sampleKey('P-384').spkiDer) }),
  },
  {
    rule: 'ends no later than its issuer',
    act: ordered({}, MOST_DAYS, { ...ISSUING, notAfter: new Date('2027-12-31T14:59:58Z') }),
  },
];

for (const { rule, act } of BROKEN_ORDERS) {
  test(`the rule "${rule}" fails on an order that breaks it`, () => {
    assert.throws(act, { message: `a certificate broke its profile: ${rule}` });
  });
}

test('the certificate of an order passes', () => {
  assert.doesNotThrow(ordered({}));
  assert.doesNotThrow(ordered({ commonName: '00012345678 suzuki01 1394' }));
  const user = '𠮷 "髙"';
  const identity = { institution: '1394', contract: '00012345678', user };
  assert.doesNotThrow(ordered({ identity, commonName: `00012345678 ${user} 1394 2027-12` }));
  const notBefore = new Date('2049-12-31T14:00:00Z');
  const later = { notBefore, notAfter: new Date('2050-12-31T14:59:59Z') };
  const authority = { ...ISSUING, notAfter: new Date('2060-01-01T00:00:00Z') };
  const commonName = '00012345678 suzuki01 1394 2050-12';
  assert.doesNotThrow(ordered({ ...later, commonName }, MOST_DAYS, authority));
});

test('extensions are held to those that passed before, to the octet, and to their own key', () => {
  const terms = lintTermsOf(ISSUING, INSTITUTION_NAME, sha256Of);
  const profile = compileUserProfile(ISSUING, INSTITUTION_NAME);
  const limits = { terms, maximumLifetimeDays: MOST_DAYS };
  const first = sampleOrder({});
  const tbs = encodeUserCertificate(first, profile);
  const start = tbs.length - profile.extensions.length;
  for (let i = start; i < tbs.length; i++) {
    // With terms that nothing has passed under, and with those that the right one has passed under.
    const broken = tbs.slice();
    broken[i] = (broken[i] ?? 0) ^ 1;
    const fresh = { ...limits, terms: lintTermsOf(ISSUING, INSTITUTION_NAME, sha256Of) };
    assert.throws(
      () => lintUserCertificate(broken, first, fresh),
      /broke its profile/,
      `octet ${i}`,
    );
    lintUserCertificate(tbs, first, limits);
    assert.throws(
      () => lintUserCertificate(broken, first, limits),
      /broke its profile/,
      `octet ${i}`,
    );
  }
  const { spkiDer } = sampleKey('P-384');
  const second = sampleOrder({ spkiDer, keyIdentifier: sha256Of(spkiDer) });
  lintUserCertificate(encodeUserCertificate(second, profile), second, limits);
  const anothers = { ...second, keyIdentifier: first.keyIdentifier };
  assert.throws(
    () => lintUserCertificate(encodeUserCertificate(anothers, profile), anothers, limits),
    /subjectKeyIdentifier/,
  );
});
