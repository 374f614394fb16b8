// A PIN that the system makes for a person: to be changed by them before anything else.
import { randomInt } from 'node:crypto';
import type { Identity } from '../banking/identity.ts';
import { type Pin, parseNewPin } from '../banking/pin.ts';
import { brokenPinRules } from '../banking/pin-rules.ts';

// None that could be mistaken for another when it is read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';
const LETTER_COUNT = 4;
const DIGIT_COUNT = 4;

/** Four letters and four digits, by the rules of a PIN that a person chooses. */
export function makeInitialPin(identity: Identity): Pin {
  let drawn: string;
  do {
    drawn = draw(LETTERS, LETTER_COUNT) + draw(DIGITS, DIGIT_COUNT);
  } while (brokenPinRules(drawn, identity).length > 0);
  return parseNewPin(drawn, identity);
}

function draw(from: string, count: number): string {
  return Array.from({ length: count }, () => from.charAt(randomInt(from.length))).join('');
}
