// On which days before the end an institution may have its people mailed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPolicy } from './check-policy.ts';
import { DEFAULT_POLICY } from './policy.ts';

for (const { days, says } of [
  { days: [], says: 'allowed' },
  { days: [30, 10], says: 'allowed' },
  { days: [120, 40, 10, 3, 1], says: 'allowed' },
  { days: [60, 40, 30, 20, 10, 1], says: 'invalid-input' },
  { days: [10, 30], says: 'invalid-input' },
  { days: [30, 30], says: 'invalid-input' },
  { days: [121], says: 'invalid-input' },
  { days: [0], says: 'invalid-input' },
  { days: [1.5], says: 'invalid-input' },
]) {
  test(`mails ${days.join(', ') || 'never'} days before the end: ${says}`, () => {
    const check = () => checkPolicy({ ...DEFAULT_POLICY, mailDaysBefore: days });
    if (says === 'allowed') assert.doesNotThrow(check);
    else assert.throws(check, { code: says });
  });
}
