import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PERSON } from '../../test/sample-person.ts';
import { needsAttention, type Standing } from './company.ts';
import type { Person } from './person.ts';

for (const { standings, marks, want } of [
  { standings: ['current'], marks: {}, want: false },
  { standings: ['ending'], marks: {}, want: true },
  { standings: ['none'], marks: {}, want: true },
  { standings: ['current', 'none'], marks: {}, want: false },
  { standings: ['none', 'none'], marks: {}, want: true },
  { standings: ['current', 'expired'], marks: {}, want: true },
  { standings: ['current', 'suspended'], marks: {}, want: true },
  { standings: ['none'], marks: { isStopped: true }, want: false },
  { standings: ['current'], marks: { isLocked: true }, want: true },
  { standings: ['current'], marks: { isFrozen: true }, want: true },
] as const satisfies readonly {
  standings: readonly Standing[];
  marks: Partial<Person>;
  want: boolean;
}[]) {
  const who = [...standings, ...Object.keys(marks)].join(', ');
  test(`a member with ${who} ${want ? 'needs' : 'does not need'} the administrator`, () => {
    assert.equal(needsAttention({ person: { ...SAMPLE_PERSON, ...marks } }, standings), want);
  });
}
