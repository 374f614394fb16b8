// A year and more of a small town on the settable clock, by the public routes: nobody who does what the pages
// say is locked out. `npm run simulate` does the same with five hundred people.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPlans } from '../../simulation/plan.ts';
import { simulate } from '../../simulation/simulate.ts';
import { underTodaysRule } from '../../simulation/todays-rule.ts';
import { openTestKoshin } from '../system/test-koshin.ts';

const USERS = 12;
const SEED = 7;

test('a year of twelve people locks nobody out, loses nothing and doubles nothing', async () => {
  await using koshin = await openTestKoshin({ now: '2027-01-05T00:00:00Z' });
  const { world, judgement } = await simulate(
    { plans: drawPlans(USERS, SEED), seed: SEED },
    koshin,
    () => {},
  );
  assert.deepEqual(judgement, { lockedOut: [], lost: [], doubled: [] });
  // The people did meet something.
  assert.ok(world.counts.renewals >= USERS / 2, JSON.stringify(world.counts));
  assert.ok(world.counts.acquisitions >= USERS / 2, JSON.stringify(world.counts));
  assert.ok(world.counts.asks > 0, JSON.stringify(world.counts));
  const { broken, late } = underTodaysRule(world);
  assert.ok(broken.length + late.length > 0, 'nobody met what locks out under the rule of today');
});

test('the same seed draws the same people, another one others', () => {
  assert.deepEqual(drawPlans(40, 1), drawPlans(40, 1));
  assert.notDeepEqual(drawPlans(40, 1), drawPlans(40, 2));
});
