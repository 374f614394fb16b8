import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DerReader } from './der-reader.ts';
import { encodeDer, primitive } from './der-writer.ts';
import { GENERALIZED_TIME, UTC_TIME } from './tag.ts';
import { generalizedTime, readGeneralizedTimeMs, readTime, time } from './time.ts';

const contentsOf = (der: Uint8Array): string => new TextDecoder().decode(der.subarray(2));
const read = (tag: number, text: string): Date =>
  readTime(new DerReader(encodeDer(primitive(tag, new TextEncoder().encode(text))), 'time'));

const WRITTEN: readonly { at: string; tag: number; text: string }[] = [
  { at: '1949-12-31T23:59:59Z', tag: GENERALIZED_TIME, text: '19491231235959Z' },
  { at: '1950-01-01T00:00:00Z', tag: UTC_TIME, text: '500101000000Z' },
  { at: '1999-12-31T23:59:59Z', tag: UTC_TIME, text: '991231235959Z' },
  { at: '2000-01-01T00:00:00Z', tag: UTC_TIME, text: '000101000000Z' },
  { at: '2028-02-29T14:59:59Z', tag: UTC_TIME, text: '280229145959Z' },
  { at: '2049-12-31T23:59:59Z', tag: UTC_TIME, text: '491231235959Z' },
  { at: '2049-12-31T23:59:59.999Z', tag: UTC_TIME, text: '491231235959Z' },
  { at: '2050-01-01T00:00:00Z', tag: GENERALIZED_TIME, text: '20500101000000Z' },
  { at: '9999-12-31T23:59:59Z', tag: GENERALIZED_TIME, text: '99991231235959Z' },
  { at: '0000-01-01T00:00:00Z', tag: GENERALIZED_TIME, text: '00000101000000Z' },
];

for (const { at, tag, text } of WRITTEN) {
  test(`${at} is written as ${text} and read back`, () => {
    const der = encodeDer(time(new Date(at)));
    assert.equal(der[0], tag);
    assert.equal(contentsOf(der), text);
    assert.equal(
      readTime(new DerReader(der, 'time')).getTime(),
      Date.parse(at.replace(/\.\d+/, '')),
    );
  });
}

const REFUSED: readonly { name: string; tag: number; text: string }[] = [
  { name: 'no seconds', tag: UTC_TIME, text: '2801010000Z' },
  { name: 'an offset', tag: UTC_TIME, text: '280101000000+0900' },
  { name: 'no zone', tag: UTC_TIME, text: '280101000000' },
  { name: 'a blank in place of Z', tag: UTC_TIME, text: '280101000000 ' },
  { name: 'a fraction', tag: GENERALIZED_TIME, text: '20280101000000.5Z' },
  { name: 'a sign', tag: UTC_TIME, text: '28+101000000Z' },
  { name: 'month 00', tag: UTC_TIME, text: '280001000000Z' },
  { name: 'month 13', tag: UTC_TIME, text: '281301000000Z' },
  { name: 'day 00', tag: UTC_TIME, text: '280100000000Z' },
  { name: '31 April', tag: UTC_TIME, text: '280431000000Z' },
  { name: '29 February 2027', tag: UTC_TIME, text: '270229000000Z' },
  { name: '29 February 2100', tag: GENERALIZED_TIME, text: '21000229000000Z' },
  { name: 'hour 24', tag: UTC_TIME, text: '280101240000Z' },
  { name: 'minute 60', tag: UTC_TIME, text: '280101006000Z' },
  { name: 'a leap second', tag: UTC_TIME, text: '281231235960Z' },
];

for (const { name, tag, text } of REFUSED) {
  test(`a time with ${name} is refused`, () => {
    assert.throws(() => read(tag, text), { code: 'malformed' });
  });
}

test('every second of ten thousand years is the same after writing and reading', () => {
  const seconds = fc.integer({ min: -62_167_219_200, max: 253_402_300_799 });
  fc.assert(
    fc.property(seconds, (second) => {
      const date = new Date(second * 1000);
      const der = encodeDer(time(date));
      assert.equal(readTime(new DerReader(der, 'time')).getTime(), date.getTime());
      const general = new DerReader(encodeDer(generalizedTime(date)), 'time');
      assert.equal(readGeneralizedTimeMs(general), date.getTime());
    }),
    { numRuns: 2000 },
  );
});

test('a date outside the years 0 to 9999 cannot be written', () => {
  assert.throws(() => time(new Date(Number.NaN)), RangeError);
  assert.throws(() => time(new Date(Date.UTC(10_000, 0, 1))), RangeError);
});
