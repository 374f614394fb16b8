import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type Pin, parseEnteredPin } from '../banking/pin.ts';
import { PinHasher } from './pin-hasher.ts';

const CHEAP = { memory: 64, passes: 1, lanes: 1 };
const open = (settings: { pepper?: Uint8Array; limit?: number; strangersLimit?: number } = {}) =>
  new PinHasher({
    pepper: randomBytes(32),
    cost: CHEAP,
    threads: 1,
    limit: 100,
    strangersLimit: 100,
    ...settings,
  });
const person = (user: string) => ({ institution: '1394', contract: '00012345678', user });
const pin = parseEnteredPin('suzuki01pin');

async function matches(hasher: PinHasher, entered: Pin, stored: string | null): Promise<boolean> {
  using place = hasher.reserve(person('suzuki01'));
  return await place.matches(entered, stored);
}

test('a PIN matches its own hash and no other PIN does', async () => {
  await using hasher = open();
  const stored = await hasher.hash(pin);
  assert.match(stored, /^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
  assert.equal(await matches(hasher, pin, stored), true);
  assert.equal(await matches(hasher, parseEnteredPin('Suzuki01pin'), stored), false);
});

test('a hash is worthless without the secret kept outside the database', async () => {
  await using hasher = open();
  await using other = open();
  assert.equal(await matches(other, pin, await hasher.hash(pin)), false);
});

test('an absent hash never matches', async () => {
  await using hasher = open();
  assert.equal(await matches(hasher, pin, null), false);
});

test('more hashes than the queue holds are refused, the others answered', async () => {
  await using hasher = open({ limit: 4 });
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => hasher.hash(pin)));
  const refused = results.filter(
    (result) => result.status === 'rejected' && result.reason.code === 'overloaded',
  );
  assert.equal(refused.length, 6);
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 4);
});

test('hashes that wait when the hasher closes are refused, not forgotten', async () => {
  const hasher = open();
  const waiting = Promise.allSettled([hasher.hash(pin), hasher.hash(pin)]);
  await hasher[Symbol.asyncDispose]();
  assert.deepEqual(
    (await waiting).map((result) => result.status),
    ['rejected', 'rejected'],
  );
});

test('however many strangers ask, a login waits for one hash of theirs at the most', async () => {
  await using hasher = open({ strangersLimit: 16 });
  const stored = await hasher.hash(pin);
  const done: string[] = [];
  const asked = Array.from({ length: 40 }, async (_, i) => {
    using place = hasher.reserveForStranger(person(`nobody${i}`));
    await place.matches(pin, null);
    done.push('stranger');
  });
  const login = matches(hasher, pin, stored).then(() => done.push('login'));
  const outcomes = await Promise.allSettled(asked);
  await login;
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 16);
  assert.ok(done.indexOf('login') <= 1, done.join(' '));
});

test('however many log in, a stranger has a turn too', async () => {
  await using hasher = open();
  const done: string[] = [];
  const logins = Array.from({ length: 40 }, async (_, i) => {
    using place = hasher.reserve(person(`u${i}`));
    await place.matches(pin, null);
    done.push('login');
  });
  using place = hasher.reserveForStranger(person('nobody'));
  await place.matches(pin, null);
  done.push('stranger');
  await Promise.all(logins);
  assert.ok(done.indexOf('stranger') < 20, done.join(' '));
});
