import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptsLeft, parseEnteredPin, parseNewPin } from './pin.ts';

const identity = { institution: '1394', contract: '00012345678', user: 'suzuki01' };

for (const { title, pin, accepted } of [
  { title: 'six characters, letters and digits mixed', pin: 'kx27mq', accepted: true },
  { title: 'twelve characters', pin: 'Kabe72morita', accepted: true },
  { title: 'five characters', pin: 'kx27m', accepted: false },
  { title: 'thirteen characters', pin: 'Kabe72morita1', accepted: false },
  { title: 'letters only', pin: 'kabemori', accepted: false },
  { title: 'digits only', pin: '27194035', accepted: false },
  { title: 'full-width characters', pin: 'ｋｘ２７ｍｑ', accepted: false },
  { title: 'a symbol', pin: 'kx27mq!', accepted: false },
  { title: 'the user ID', pin: 'suzuki01', accepted: false },
  { title: 'the user ID in capitals', pin: 'SUZUKI01', accepted: false },
  { title: 'nothing', pin: '', accepted: false },
  { title: 'a word and a run', pin: 'mihon1234', accepted: true },
  { title: 'two runs', pin: 'abc123', accepted: false },
  { title: 'a run down and a repeated character', pin: '4321aaaa', accepted: false },
  { title: 'runs in both cases', pin: 'aBcD1234', accepted: false },
  { title: 'one pair again and again', pin: 'a1a1a1', accepted: false },
  { title: 'pairs of three characters', pin: 'aabb11', accepted: false },
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
