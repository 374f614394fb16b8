import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StrangersLog, TokenBuckets } from './counters.ts';

const NOON = 43_200_000;
const after = (seconds: number) => NOON + seconds * 1000;
const LIMITS = { capacity: 2, perMinute: 6, maxKeys: 3 };

test('a key is allowed its capacity, then one for each refilled token', () => {
  const buckets = new TokenBuckets(LIMITS);
  const taken = [0, 0, 0, 9, 10, 11, 20, 3600, 3600, 3600].map((at) =>
    buckets.take('a', after(at)),
  );
  assert.deepEqual(taken, [true, true, false, false, true, false, true, true, true, false]);
});

test('keys do not touch each other', () => {
  const buckets = new TokenBuckets({ ...LIMITS, capacity: 1 });
  assert.deepEqual(
    ['a', 'a', 'b'].map((key) => buckets.take(key, NOON)),
    [true, false, true],
  );
});

test('a clock that goes back refills nothing', () => {
  const buckets = new TokenBuckets({ ...LIMITS, capacity: 1 });
  assert.deepEqual(
    [NOON, after(-60), NOON].map((now) => buckets.take('a', now)),
    [true, false, false],
  );
});

test('memory is bounded: the key longest unseen is forgotten', () => {
  const buckets = new TokenBuckets({ ...LIMITS, capacity: 1 });
  for (const key of ['a', 'b', 'c', 'a', 'd']) buckets.take(key, NOON);
  assert.equal(buckets.size, 3);
  assert.equal(buckets.take('a', NOON), false, 'seen lately, still remembered');
  assert.equal(buckets.take('b', NOON), true, 'forgotten');
});

test('a stranger who asks without end fills a few lines, and the next line tells how many were left out', () => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const write = (fields: Readonly<Record<string, unknown>>) => void lines.push(fields);
  const strangers = new StrangersLog({ info: write, warn: write, error: write });
  for (let i = 0; i < 1_000; i++) strangers.note('192.0.2.1', { i }, 'refused');
  strangers.note('192.0.2.2', {}, 'refused');
  assert.ok(lines.length <= 22, `${lines.length} lines`);
  assert.equal(lines.at(-1)?.['address'], '192.0.2.2');
  assert.equal(lines.at(-1)?.['leftOut'], 1_001 - lines.length);
});

test('each of two processes writes half of the lines', () => {
  const lines: unknown[] = [];
  const write = (fields: unknown) => void lines.push(fields);
  const strangers = new StrangersLog({ info: write, warn: write, error: write }, 2);
  for (let i = 0; i < 1_000; i++) strangers.note('192.0.2.1', { i }, 'refused');
  assert.ok(lines.length >= 10 && lines.length <= 11, `${lines.length} lines`);
});
