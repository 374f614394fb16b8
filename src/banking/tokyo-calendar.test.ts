import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  endOfTokyoDay,
  startOfTokyoDay,
  tokyoDayOf,
  tokyoDaysBetween,
} from './tokyo-calendar.ts';

const instants = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2199-12-31T23:59:59Z'),
  noInvalidDate: true,
});

for (const { instant, want } of [
  { instant: '2026-11-25T14:59:59Z', want: '2026-11-25' },
  { instant: '2026-11-25T15:00:00Z', want: '2026-11-26' },
  { instant: '2027-12-31T15:00:00Z', want: '2028-01-01' },
  { instant: '2028-02-28T15:00:00Z', want: '2028-02-29' },
]) {
  test(`${instant} falls on ${want} in Tokyo`, () => {
    const { year, month, day } = tokyoDayOf(new Date(instant));
    const text = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
    assert.equal(text, want);
  });
}

test('a day ends at 23:59:59 in Tokyo, which is 14:59:59 UTC', () => {
  assert.equal(
    endOfTokyoDay({ year: 2028, month: 2, day: 29 }).toISOString(),
    '2028-02-29T14:59:59.000Z',
  );
});

test('365 days after 29 February is 28 February', () => {
  assert.deepEqual(addDays({ year: 2028, month: 2, day: 29 }, 365), {
    year: 2029,
    month: 2,
    day: 28,
  });
});

test('every instant lies between the start and the end of its day', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const day = tokyoDayOf(instant);
      assert.ok(startOfTokyoDay(day) <= instant);
      assert.ok(instant.getTime() < endOfTokyoDay(day).getTime() + 1000);
    }),
  );
});

test('adding days and counting them are inverse', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -1000, max: 1000 }), (instant, days) => {
      const moved = startOfTokyoDay(addDays(tokyoDayOf(instant), days));
      assert.equal(tokyoDaysBetween(instant, moved), days);
    }),
  );
});
