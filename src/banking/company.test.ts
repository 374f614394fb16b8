import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_PERSON } from '../../test/sample-person.ts';
import { mayDo, needsAttention, type Standing } from './company.ts';
import type { Person } from './person.ts';
import { DEFAULT_POLICY } from './policy.ts';

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

const UNDER = { policy: DEFAULT_POLICY, now: new Date('2026-12-01T00:00:00Z'), by: 'kanri01' };

for (const { what, marks, isBank, want } of [
  { what: 'a user', marks: {}, isBank: true, want: true },
  { what: 'a user whose PIN is locked', marks: { isLocked: true }, isBank: true, want: true },
  { what: 'a user by an administrator', marks: {}, isBank: false, want: false },
  { what: 'an administrator', marks: { role: 'administrator' }, isBank: true, want: false },
  { what: 'who is stopped', marks: { isStopped: true }, isBank: true, want: false },
  { what: 'whose rights are frozen', marks: { isFrozen: true }, isBank: true, want: false },
] as const satisfies readonly {
  what: string;
  marks: Partial<Person>;
  isBank: boolean;
  want: boolean;
}[]) {
  test(`${what} ${want ? 'is' : 'is not'} made an administrator`, () => {
    const person = { ...SAMPLE_PERSON, role: 'user' as const, ...marks };
    const slot = { held: [], hasHadOne: true };
    const member = { person, slot, slotCount: 1, vouchedBy: [], otherAdministrators: 0 };
    assert.equal(mayDo('appoint', member, { ...UNDER, ...(isBank && { isBank }) }), want);
  });
}

const ADMINISTRATOR = { role: 'administrator' } as const;

for (const { what, marks, others, isBank, want } of [
  { what: 'one of two', marks: ADMINISTRATOR, others: 1, isBank: true, want: true },
  { what: 'the only one', marks: ADMINISTRATOR, others: 0, isBank: true, want: false },
  { what: 'one by another', marks: ADMINISTRATOR, others: 1, isBank: false, want: false },
  { what: 'a user', marks: {}, others: 2, isBank: true, want: false },
  {
    what: 'who is stopped',
    marks: { ...ADMINISTRATOR, isStopped: true },
    others: 1,
    isBank: true,
    want: false,
  },
] as const satisfies readonly {
  what: string;
  marks: Partial<Person>;
  others: number;
  isBank: boolean;
  want: boolean;
}[]) {
  test(`of administrators, ${what} ${want ? 'can' : 'cannot'} be made a user`, () => {
    const person = { ...SAMPLE_PERSON, role: 'user' as const, ...marks };
    const slot = { held: [], hasHadOne: true };
    const member = { person, slot, slotCount: 1, vouchedBy: [], otherAdministrators: others };
    assert.equal(mayDo('dismiss', member, { ...UNDER, ...(isBank && { isBank }) }), want);
  });
}
