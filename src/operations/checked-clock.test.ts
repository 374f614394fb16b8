import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settableClock } from '../../test/system/test-bank.ts';
import { CheckedClock } from './checked-clock.ts';

const HOUR_MS = 60 * 60 * 1000;
const START = new Date('2027-12-20T03:00:00Z').getTime();

function machine() {
  const wall = settableClock(new Date(START));
  const counted = { awake: 5_000, inAll: 90_000 };
  const said: string[] = [];
  const log = {
    info: () => {},
    warn: () => said.push('warn'),
    error: () => said.push('error'),
  };
  const counters = { awake: () => counted.awake, inAll: () => counted.inAll };
  const clock = new CheckedClock(wall, counters, log);
  const passes = (milliseconds: number, how: 'awake' | 'asleep', set = 0) => {
    if (how === 'awake') counted.awake += milliseconds;
    counted.inAll += milliseconds;
    wall.set(new Date(wall.now().getTime() + milliseconds + set));
  };
  return { clock, said, passes };
}

test('time that passes is given, awake and asleep, and small corrections too', () => {
  const { clock, said, passes } = machine();
  passes(HOUR_MS, 'awake');
  passes(9 * HOUR_MS, 'asleep');
  assert.equal(clock.now().getTime(), START + 10 * HOUR_MS);
  passes(0, 'awake', 60_000);
  passes(HOUR_MS, 'awake', -120_000);
  assert.equal(clock.now().getTime(), START + 11 * HOUR_MS - 60_000);
  assert.deepEqual(said, []);
});

for (const { name, set } of [
  { name: 'back an hour', set: -HOUR_MS },
  { name: 'forward a year', set: 365 * 24 * HOUR_MS },
]) {
  test(`a clock set ${name} gives no time until it is right again, with an alarm a minute`, () => {
    const { clock, said, passes } = machine();
    passes(1_000, 'awake', set);
    for (let i = 0; i < 3; i += 1) assert.throws(() => clock.now(), { code: 'unavailable' });
    assert.deepEqual(said, ['error']);
    passes(9 * HOUR_MS, 'asleep');
    assert.throws(() => clock.now(), { code: 'unavailable' });
    assert.deepEqual(said, ['error', 'error']);
    passes(1_000, 'awake', -set);
    assert.equal(clock.now().getTime(), START + 9 * HOUR_MS + 2_000);
    assert.deepEqual(said, ['error', 'error', 'warn']);
  });
}
