import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateAndMinute, dateAndTime, dateOnly, until } from './dates.ts';

const CASES = [
  {
    name: 'the last second of a Tokyo year',
    at: '2027-12-31T14:59:59Z',
    ja: '2027年12月31日 23時59分59秒',
    en: '31 December 2027, 23:59:59',
  },
  {
    name: 'the next second is the next Tokyo year',
    at: '2027-12-31T15:00:00Z',
    ja: '2028年1月1日 0時00分00秒',
    en: '1 January 2028, 00:00:00',
  },
  {
    name: 'the end of a UTC day is a morning in Tokyo',
    at: '2027-03-09T23:59:59Z',
    ja: '2027年3月10日 8時59分59秒',
    en: '10 March 2027, 08:59:59',
  },
  {
    name: 'a leap day',
    at: '2028-02-29T03:04:05Z',
    ja: '2028年2月29日 12時04分05秒',
    en: '29 February 2028, 12:04:05',
  },
];

for (const { name, at, ja, en } of CASES) {
  test(`shown in Tokyo time: ${name}`, () => {
    assert.equal(dateAndTime(new Date(at), 'ja'), ja);
    assert.equal(dateAndTime(new Date(at), 'en'), en);
  });
}

test('shorter and longer forms of the same moment', () => {
  const at = new Date('2026-12-11T00:05:59Z');
  assert.equal(dateOnly(at, 'ja'), '2026年12月11日');
  assert.equal(dateOnly(at, 'en'), '11 December 2026');
  assert.equal(dateAndMinute(at, 'ja'), '2026年12月11日 9時05分');
  assert.equal(dateAndMinute(at, 'en'), '11 December 2026, 09:05');
  assert.equal(until(at, 'ja'), '2026年12月11日 9時05分59秒まで');
  assert.equal(until(at, 'en'), 'until 11 December 2026, 09:05:59 (Japan time)');
});

test('what is no date is not shown', () => {
  assert.throws(() => dateOnly(new Date('soon'), 'ja'), RangeError);
});
