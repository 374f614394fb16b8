import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptsLeft, parseEnteredPin, parseNewPin } from './pin.ts';

const identity = { institution: '1394', contract: '00012345678', user: 'suzuki01' };

for (const { title, pin, accepted } of [
  { title: 'six characters, letters and digits mixed', pin: 'abc123', accepted: true },
  { title: 'twelve characters', pin: 'Abcdef123456', accepted: true },
  { title: 'five characters', pin: 'abc12', accepted: false },
  { title: 'thirteen characters', pin: 'Abcdef1234567', accepted: false },
  { title: 'letters only', pin: 'abcdefgh', accepted: false },
  { title: 'digits only', pin: '12345678', accepted: false },
  { title: 'full-width characters', pin: 'ａｂｃ１２３', accepted: false },
  { title: 'a symbol', pin: 'abc123!', accepted: false },
  { title: 'the user ID', pin: 'suzuki01', accepted: false },
  { title: 'the user ID in capitals', pin: 'SUZUKI01', accepted: false },
]) {
  test(`a new PIN of ${title} is ${accepted ? 'accepted' : 'refused'}`, () => {
    if (accepted) assert.equal(parseNewPin(pin, identity), pin);
    else assert.throws(() => parseNewPin(pin, identity), { code: 'invalid-input' });
  });
}

test('whatever is typed at login counts as an attempt, but nothing does not', () => {
  assert.equal(parseEnteredPin('かな'), 'かな');
  assert.throws(() => parseEnteredPin(''), { code: 'invalid-input' });
  assert.throws(() => parseEnteredPin('x'.repeat(65)), { code: 'invalid-input' });
});

test('attempts left never go below none', () => {
  assert.equal(attemptsLeft(5, 6), 1);
  assert.equal(attemptsLeft(7, 6), 0);
});
