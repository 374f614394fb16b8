import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PERSON } from '../../test/sample-person.ts';
import { mayAskForCode, mayMakeAnother, OWN_CODES, ownCodeEndsAt } from './own-code.ts';
import type { Person } from './person.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import type { UserCertificate } from './user-certificate.ts';

const NOW = new Date('2028-01-20T03:00:00Z');
const MINUTE_MS = 60_000;
const { identity } = SAMPLE_PERSON;

const EXPIRED: UserCertificate = {
  identity,
  slot: 1,
  issuer: new Uint8Array(32),
  serial: new Uint8Array(20),
  sha256: new Uint8Array(32),
  commonName: '00012345678 suzuki01 1394 2028-01',
  home: 'file',
  state: 'current',
  notBefore: new Date('2027-01-05T03:00:00Z'),
  notAfter: new Date('2028-01-05T14:59:59Z'),
  issuedAt: new Date('2027-01-05T03:00:00Z'),
  provedAt: new Date('2027-01-05T03:00:00Z'),
  endedAt: null,
  predecessor: null,
  acquiredAs: 'first',
  renewableFrom: null,
};
const UNPROVEN = { ...EXPIRED, state: 'issued', provedAt: null, notAfter: NOW } as const;

type Case = {
  readonly name: string;
  readonly want: boolean;
  readonly policy?: Partial<Policy>;
  readonly marks?: Partial<Person>;
  readonly certificate?: Partial<UserCertificate> | null;
  readonly add?: 'acquired' | 'successor';
};

const CASES: readonly Case[] = [
  { name: 'expired in grace', want: true },
  { name: 'a successor of a renewal waits beside it', add: 'successor', want: true },
  { name: 'policy does not allow it', policy: { mailsCodeAfterEnd: false }, want: false },
  { name: 'no grace', policy: { graceDays: 0 }, want: false },
  { name: 'grace over', policy: { graceDays: 14 }, want: false },
  { name: 'the last day of grace', policy: { graceDays: 15 }, want: true },
  { name: 'the old one is to be revoked first', policy: { revokeFirst: true }, want: false },
  { name: 'stopped', marks: { isStopped: true }, want: false },
  { name: 'PIN locked', marks: { isLocked: true }, want: false },
  { name: 'rights frozen', marks: { isFrozen: true }, want: false },
  { name: 'suspended', certificate: { state: 'suspended' }, want: false },
  { name: 'still valid', certificate: { notAfter: new Date('2028-02-01') }, want: false },
  { name: 'another was acquired and waits', add: 'acquired', want: false },
  { name: 'nothing held', certificate: null, want: false },
];

for (const { name, want, policy = {}, marks = {}, certificate = {}, add } of CASES) {
  test(`a code by mail, ${name}: ${want ? 'yes' : 'no'}`, () => {
    const held = [
      ...(certificate === null ? [] : [{ ...EXPIRED, ...certificate }]),
      ...(add === 'acquired' ? [UNPROVEN] : []),
      ...(add === 'successor'
        ? [{ ...UNPROVEN, acquiredAs: null, predecessor: EXPIRED.sha256 }]
        : []),
    ];
    const may = mayAskForCode(
      { person: { ...SAMPLE_PERSON, ...marks }, slot: { held, hasHadOne: true } },
      { policy: { ...DEFAULT_POLICY, ...policy }, now: NOW },
    );
    assert.equal(may, want);
  });
}

const { aDay, pauseMinutes } = OWN_CODES;
const own = (minutesAgo: number, more = {}) => ({
  offeredBy: 'suzuki01',
  offeredAt: new Date(NOW.getTime() - minutesAgo * MINUTE_MS),
  expiresAt: ownCodeEndsAt(NOW),
  endedAt: null,
  isUsed: false,
  ...more,
});

for (const { name, before, want } of [
  { name: 'there was none', before: [], want: true },
  { name: 'one was made just now', before: [own(pauseMinutes - 1)], want: false },
  { name: 'the last one has not come', before: [own(pauseMinutes)], want: true },
  { name: 'the last one is in use', before: [own(60, { isUsed: true })], want: false },
  { name: 'the last one was guessed at', before: [own(1, { endedAt: NOW })], want: true },
  { name: 'an administrator gave one', before: [own(600, { offeredBy: 'kanri01' })], want: false },
  {
    name: "an administrator's is over",
    before: [own(600, { offeredBy: 'kanri01', expiresAt: new Date('2028-01-19') })],
    want: true,
  },
  {
    name: 'as many as a day allows',
    before: Array.from({ length: aDay }, (_, i) => own(60 * (i + 1), { endedAt: NOW })),
    want: false,
  },
]) {
  test(`another code by mail where ${name}: ${want ? 'yes' : 'no'}`, () => {
    assert.equal(mayMakeAnother(before, 'suzuki01', NOW), want);
  });
}

test('such a code ends with the next day in Tokyo', () => {
  assert.deepEqual(ownCodeEndsAt(NOW), new Date('2028-01-21T14:59:59Z'));
});
