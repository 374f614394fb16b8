import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsAttention, type Standing } from './company.ts';
import type { Person } from './person.ts';

const PERSON: Person = {
  identity: { institution: '1394', contract: '00012345678', user: 'suzuki01' },
  name: '鈴木 太郎',
  contractName: '株式会社さくら商事',
  role: 'user',
  previousLoginAt: null,
  isLocked: false,
  isStopped: false,
  isFrozen: false,
  hasInitialPin: false,
};

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
    assert.equal(needsAttention({ person: { ...PERSON, ...marks } }, standings), want);
  });
}
