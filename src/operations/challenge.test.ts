import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../errors.ts';
import { type ChallengeBinding, checkChallenge, makeChallenge } from './challenge.ts';

const KEY = Buffer.alloc(32, 1);
const NOW = new Date('2027-01-05T03:00:00Z');
const BINDING: ChallengeBinding = {
  purpose: 'prove',
  institution: '1394',
  host: 'login.mihon.localhost',
  boundTo: ['session', 'certificate'],
};
const later = (ms: number) => new Date(NOW.getTime() + ms);
const refused = (error: unknown) => error instanceof Refusal && error.code === 'challenge-invalid';

test('a challenge serves what it was made for, up to five minutes later', () => {
  const challenge = makeChallenge(BINDING, KEY, NOW);
  const used = checkChallenge(challenge, BINDING, { key: KEY, now: later(300_000) });
  assert.equal(used.hash.length, 32);
  assert.deepEqual(used.expiresAt, later(300_000));
  assert.throws(
    () => checkChallenge(challenge, BINDING, { key: KEY, now: later(300_001) }),
    refused,
  );
});

test('no two challenges are alike', () => {
  assert.notEqual(makeChallenge(BINDING, KEY, NOW), makeChallenge(BINDING, KEY, NOW));
});

const OTHERS: readonly { name: string; change: Partial<ChallengeBinding> }[] = [
  { name: 'another purpose', change: { purpose: 'touch' } },
  { name: 'another institution', change: { institution: '1395' } },
  { name: 'another host', change: { host: 'm-0001.login.mihon.localhost' } },
  { name: 'another session', change: { boundTo: ['session2', 'certificate'] } },
  { name: 'a binding cut elsewhere', change: { boundTo: ['session,certificate'] } },
];
for (const { name, change } of OTHERS) {
  test(`a challenge for ${name} is refused`, () => {
    const challenge = makeChallenge({ ...BINDING, ...change }, KEY, NOW);
    assert.throws(() => checkChallenge(challenge, BINDING, { key: KEY, now: NOW }), refused);
  });
}

test('a challenge of another key, any flipped bit, and what is none are refused', () => {
  const foreign = makeChallenge(BINDING, Buffer.alloc(32, 2), NOW);
  const octets = Buffer.from(makeChallenge(BINDING, KEY, NOW), 'base64url');
  const flipped = Array.from({ length: octets.length * 8 }, (_, bit) => {
    const copy = Buffer.from(octets);
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy.toString('base64url');
  });
  for (const challenge of [foreign, ...flipped, '', 'A', `${octets.toString('base64url')}=`]) {
    assert.throws(() => checkChallenge(challenge, BINDING, { key: KEY, now: NOW }), refused);
  }
});
