import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import {
  checkMayRenew,
  daysLeft,
  type EndBounds,
  firstEnd,
  mayRenew,
  renewalWindowOf,
  successorEnd,
} from './renewal.ts';
import type { UserCertificate } from './user-certificate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

function certificateEnding(notAfter: string | Date): UserCertificate {
  return {
    identity: { institution: '1394', contract: '00012345678', user: 'suzuki01' },
    slot: 1,
    issuer: new Uint8Array(32),
    serial: new Uint8Array([1]),
    sha256: new Uint8Array(32),
    commonName: '00012345678 suzuki01 1394 2028-02',
    home: 'file',
    state: 'current',
    notBefore: new Date('2027-01-01T00:00:00Z'),
    notAfter: new Date(notAfter),
    issuedAt: new Date('2027-01-01T01:00:00Z'),
    provedAt: new Date('2027-01-01T02:00:00Z'),
    endedAt: null,
    predecessor: null,
    acquiredAs: 'first',
    renewableFrom: null,
  };
}

const bounds = (policy: Policy): EndBounds => ({
  policy,
  issuerEndsAt: new Date('2040-01-01T00:00:00Z'),
  now: new Date('2028-03-01T03:00:00Z'),
});

// Ends 2028-03-30 23:59:59 in Tokyo; 30 days before is 29 February.
const certificate = certificateEnding('2028-03-30T14:59:59Z');

for (const { title, now, want } of [
  {
    title: 'a second before the window opens',
    now: '2028-02-28T14:59:59.999Z',
    want: 'outside-window',
  },
  {
    title: 'at the midnight in which it opens, 29 February',
    now: '2028-02-28T15:00:00Z',
    want: 'renewed',
  },
  { title: 'in the last second', now: '2028-03-30T14:59:59.999Z', want: 'renewed' },
  { title: 'a second after the end', now: '2028-03-30T15:00:00Z', want: 'expired' },
]) {
  test(`a request ${title}: ${want}`, () => {
    const at = new Date(now);
    const attempt = () => checkMayRenew(certificate, DEFAULT_POLICY, at);
    if (want === 'renewed') assert.doesNotThrow(attempt);
    else assert.throws(attempt, { code: want });
    assert.equal(mayRenew(certificate, DEFAULT_POLICY, at), want === 'renewed');
  });
}

for (const state of ['issued', 'suspended', 'superseded', 'replaced', 'revoked'] as const) {
  test(`a certificate that is ${state} is never renewed, not even inside its window`, () => {
    const now = new Date('2028-03-15T00:00:00Z');
    assert.throws(() => checkMayRenew({ ...certificate, state }, DEFAULT_POLICY, now), {
      code: 'transition-forbidden',
    });
    assert.equal(mayRenew({ ...certificate, state }, DEFAULT_POLICY, now), false);
  });
}

test('a successor ends a validity after the old one, so that nobody loses days by being early', () => {
  const end = successorEnd(certificate, bounds(DEFAULT_POLICY));
  assert.equal(end.toISOString(), '2029-03-30T14:59:59.000Z');
});

test('by policy a successor ends a validity after its day of issue', () => {
  const policy: Policy = { ...DEFAULT_POLICY, renewalExtends: 'issue-day' };
  const end = successorEnd(certificate, bounds(policy));
  assert.equal(end.toISOString(), '2029-03-01T14:59:59.000Z');
});

for (const { issuerEndsAt, want } of [
  { issuerEndsAt: '2028-12-31T14:59:59Z', want: '2028-12-31T14:59:59.000Z' },
  { issuerEndsAt: '2028-12-31T14:59:58Z', want: '2028-12-30T14:59:59.000Z' },
  { issuerEndsAt: '2028-12-31T15:00:00Z', want: '2028-12-31T14:59:59.000Z' },
]) {
  test(`under a CA that ends at ${issuerEndsAt} nothing ends after ${want}`, () => {
    const within = { ...bounds(DEFAULT_POLICY), issuerEndsAt: new Date(issuerEndsAt) };
    assert.equal(firstEnd(within).toISOString(), want);
    assert.equal(successorEnd(certificate, within).toISOString(), want);
  });
}

test('no certificate lives longer than the maximum or than its CA', () => {
  const instants = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2090-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const issuerDays = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 800 }), issuerDays, (now, days, left) => {
      const old = certificateEnding(new Date(now.getTime() + days * DAY_MS));
      const policy: Policy = { ...DEFAULT_POLICY, validityDays: 380 };
      const issuerEndsAt = new Date(now.getTime() + left * DAY_MS);
      const within = { policy, issuerEndsAt, now };
      for (const end of [successorEnd(old, within), firstEnd(within)]) {
        const lifetime = end.getTime() - (now.getTime() - 60 * 60 * 1000);
        assert.ok(lifetime <= policy.maximumLifetimeDays * DAY_MS);
        assert.ok(end <= issuerEndsAt);
        assert.equal(end.toISOString().slice(11), '14:59:59.000Z');
      }
    }),
  );
});

test('the window opens at a Tokyo midnight whatever the zone of the machine', () => {
  const { opensAt, closesAt } = renewalWindowOf(certificate, DEFAULT_POLICY);
  assert.equal(opensAt.toISOString(), '2028-02-28T15:00:00.000Z');
  assert.deepEqual(closesAt, new Date(certificate.notAfter.getTime() + 1000));
});

test('days left count Tokyo midnights: none on the last day', () => {
  assert.equal(daysLeft(certificate, new Date('2028-03-29T15:00:00Z')), 0);
  assert.equal(daysLeft(certificate, new Date('2028-03-29T14:59:59Z')), 1);
});
