import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CertificateState, isFinal, type Move, stateAfter } from './certificate-life.ts';

const STATES: readonly CertificateState[] = [
  'issued',
  'current',
  'suspended',
  'superseded',
  'replaced',
  'revoked',
];
const MOVES: readonly Move[] = ['prove', 'supersede', 'suspend', 'lift', 'replace', 'revoke'];
const PROVED = new Date('2027-01-01T00:00:00Z');

const ALLOWED: Readonly<Record<string, CertificateState>> = {
  'issued prove': 'current',
  'issued suspend': 'suspended',
  'issued replace': 'replaced',
  'issued revoke': 'revoked',
  'current supersede': 'superseded',
  'current suspend': 'suspended',
  'current revoke': 'revoked',
  'suspended lift': 'current',
  'suspended revoke': 'revoked',
};

for (const state of STATES) {
  for (const move of MOVES) {
    const want = ALLOWED[`${state} ${move}`];
    test(`a certificate that is ${state}: ${move} ${want ? `makes it ${want}` : 'is refused'}`, () => {
      const from = { state, provedAt: state === 'issued' ? null : PROVED };
      if (want !== undefined) assert.equal(stateAfter(move, from), want);
      else assert.throws(() => stateAfter(move, from), { code: 'transition-forbidden' });
    });
  }
}

test('lifting returns an unproven certificate to issued, so that lifting proves nothing', () => {
  assert.equal(stateAfter('lift', { state: 'suspended', provedAt: null }), 'issued');
});

test('no sequence of moves ever leaves a final state', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MOVES), { maxLength: 20 }), (moves) => {
      let standing: { state: CertificateState; provedAt: Date | null } = {
        state: 'issued',
        provedAt: null,
      };
      for (const move of moves) {
        const before = standing;
        try {
          const state = stateAfter(move, before);
          standing = { state, provedAt: move === 'prove' ? PROVED : before.provedAt };
        } catch {
          continue;
        }
        assert.equal(isFinal(before.state), false);
      }
    }),
  );
});
