import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_POLICY } from './policy.ts';
import { dueReminders } from './reminders.ts';
import { addDays, endOfTokyoDay, startOfTokyoDay } from './tokyo-calendar.ts';

const END_DAY = { year: 2027, month: 3, day: 31 };
const NOT_AFTER = endOfTokyoDay(END_DAY);

/** What is due at a moment for the certificate that ends then. */
function dueAt(now: Date, policy = DEFAULT_POLICY): readonly number[] {
  return dueReminders(policy, now)
    .filter(({ span }) => {
      const from = startOfTokyoDay(span.first).getTime();
      const until = startOfTokyoDay(addDays(span.last, 1)).getTime();
      return NOT_AFTER.getTime() >= from && NOT_AFTER.getTime() < until;
    })
    .map(({ days }) => days);
}

/** Eight in the morning so many days before the last day. */
function eightOn(left: number): Date {
  const midnight = startOfTokyoDay(addDays(END_DAY, -left));
  return new Date(midnight.getTime() + 8 * 60 * 60 * 1000);
}

const CASES = [
  {
    name: 'a second before eight on the thirtieth day before',
    at: '2027-02-28T22:59:59Z',
    want: [],
  },
  { name: 'eight on that day', at: '2027-02-28T23:00:00Z', want: [30] },
  { name: 'the days between are the thirty days’', at: '2027-03-20T22:59:59Z', want: [30] },
  { name: 'eight on the tenth day before', at: '2027-03-20T23:00:00Z', want: [10] },
  { name: 'the evening of the last day', at: '2027-03-31T14:00:00Z', want: [10] },
  { name: 'after the end, before eight', at: '2027-03-31T22:59:59Z', want: [10] },
  { name: 'eight on the day after the end', at: '2027-03-31T23:00:00Z', want: [-1] },
  { name: 'a week after the end', at: '2027-04-07T14:00:00Z', want: [-1] },
  { name: 'eight days after the end', at: '2027-04-08T14:00:00Z', want: [] },
];

for (const { name, at, want } of CASES) {
  test(`${name}: ${want.length === 0 ? 'nothing' : want.join(', ')}`, () => {
    assert.deepEqual(dueAt(new Date(at)), want);
  });
}

test('without days nobody is reminded before the end, without the day after it nobody then', () => {
  const none = { ...DEFAULT_POLICY, mailDaysBefore: [], mailDayAfterEnd: false };
  assert.deepEqual(dueReminders(none, NOT_AFTER), []);
});

test('one reminder at a time is due, each first at its own moment', () => {
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 4 });
  fc.assert(
    fc.property(days, fc.integer({ min: -8, max: 70 }), (mailDaysBefore, left) => {
      const policy = { ...DEFAULT_POLICY, mailDaysBefore };
      const now = eightOn(left);
      const due = dueAt(now, policy);
      assert.ok(due.length <= 1);
      if (mailDaysBefore.includes(left)) assert.deepEqual(due, [left]);
      const before = dueAt(new Date(now.getTime() - 1), policy);
      if (due[0] === left && left > 0) assert.ok(!before.includes(left));
    }),
  );
});
