import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { brokenPinRules, PIN_RULES } from './pin-rules.ts';

const ids = { contract: '00012345678', user: 'suzuki01' };

for (const { pin, broken } of [
  { pin: 'kx27mq', broken: [] },
  { pin: 'kx27', broken: ['form'] },
  { pin: '暗証番号1a', broken: ['form'] },
  { pin: 'kabemori', broken: ['mixed'] },
  { pin: '00012345678', broken: ['mixed', 'unlike-ids', 'not-simple'] },
  { pin: 'Suzuki01', broken: ['unlike-ids'] },
  { pin: 'abcdef12', broken: ['not-simple'] },
  { pin: 'zzzzzz9', broken: ['not-simple'] },
  { pin: '987abc', broken: ['not-simple'] },
  { pin: '', broken: PIN_RULES },
]) {
  test(`"${pin}" breaks ${broken.join(', ') || 'no rule'}`, () => {
    assert.deepEqual(brokenPinRules(pin, ids), broken);
  });
}

test('whatever is typed, the rules end, and a longer run is no better than a shorter one', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 3, max: 6 }), (pin, length) => {
      assert.ok(brokenPinRules(pin, ids).every((rule) => PIN_RULES.includes(rule)));
      assert.ok(brokenPinRules(`a1${'7'.repeat(length)}`, ids).includes('not-simple'));
    }),
  );
});
