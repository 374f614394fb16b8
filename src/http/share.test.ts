import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareOf } from './share.ts';

const CASES = [
  { limit: 64, processes: 1, want: 64 },
  { limit: 64, processes: 2, want: 32 },
  { limit: 20, processes: 3, want: 6 },
  { limit: 2, processes: 8, want: 1 },
];

for (const { limit, processes, want } of CASES) {
  test(`of ${limit}, each of ${processes} processes has ${want}`, () => {
    assert.equal(shareOf(limit, processes), want);
  });
}
