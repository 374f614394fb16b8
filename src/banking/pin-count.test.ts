import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ATTEMPT_LIFE_MS, begun, ended, type PinCount } from './pin-count.ts';

const LIMIT = 6;
const NOW = new Date('2027-01-05T03:00:00Z');
const NONE: PinCount = { errors: 0, running: 0, attemptAt: null };

type Step = 'begin' | 'wrong-pin' | 'right-pin';

/** The count as a list of what happened would have it, beside the one that is kept. */
type Told = { readonly count: PinCount; readonly errors: number; readonly running: number };

test('errors and attempts under way together never exceed the limit, in any order', () => {
  const steps = fc.array(fc.constantFrom<Step>('begin', 'wrong-pin', 'right-pin'));
  fc.assert(
    fc.property(steps, (taken) => {
      taken.reduce<Told>(
        (told, step) => {
          const next = step === 'begin' ? begin(told) : end(told, step);
          assert.deepEqual([next.count.errors, next.count.running], [next.errors, next.running]);
          assert.ok(next.errors + next.running <= LIMIT);
          return next;
        },
        { count: NONE, errors: 0, running: 0 },
      );
    }),
  );
});

function begin(told: Told): Told {
  const count = begun(told.count, LIMIT, NOW);
  assert.equal(count === 'full', told.errors >= LIMIT);
  return typeof count === 'string' ? told : { ...told, count, running: told.running + 1 };
}

function end(told: Told, by: 'wrong-pin' | 'right-pin'): Told {
  if (told.running === 0) return told;
  const errors = by === 'wrong-pin' ? told.errors + 1 : 0;
  return { count: ended(told.count, by), errors, running: told.running - 1 };
}

test('attempts under way are forgotten a minute after the last began, errors never', () => {
  const left: PinCount = { errors: 2, running: 4, attemptAt: NOW };
  assert.equal(begun(left, LIMIT, new Date(NOW.getTime() + ATTEMPT_LIFE_MS)), 'busy');
  const later = new Date(NOW.getTime() + ATTEMPT_LIFE_MS + 1);
  assert.deepEqual(begun(left, LIMIT, later), { errors: 2, running: 1, attemptAt: later });
});

test('no error left is full, and an end without a beginning counts nothing below zero', () => {
  assert.equal(begun({ ...NONE, errors: LIMIT }, LIMIT, NOW), 'full');
  assert.equal(ended(NONE, 'right-pin').running, 0);
});
