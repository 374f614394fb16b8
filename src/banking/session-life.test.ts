import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from './policy.ts';
import { overBy } from './session-life.ts';

const OPENED = '2027-01-05T03:00:00.000Z';
const CASES = [
  { seen: OPENED, now: '2027-01-05T03:15:00.000Z', want: undefined },
  { seen: OPENED, now: '2027-01-05T03:15:00.001Z', want: 'idle' },
  { seen: '2027-01-05T10:59:00.000Z', now: '2027-01-05T11:00:00.000Z', want: undefined },
  { seen: '2027-01-05T10:59:00.000Z', now: '2027-01-05T11:00:00.001Z', want: 'total' },
] as const;

for (const { seen, now, want } of CASES) {
  test(`opened at ${OPENED}, seen at ${seen}: at ${now} over by ${want ?? 'nothing'}`, () => {
    const times = { openedAt: new Date(OPENED), seenAt: new Date(seen) };
    assert.equal(overBy(times, DEFAULT_POLICY, new Date(now)), want);
  });
}
