// A PIN that the system makes for a person: to be changed by them before anything else.
import { randomInt } from 'node:crypto';
import type { Identity } from '../banking/identity.ts';
import { type Pin, parseNewPin } from '../banking/pin.ts';

// None that could be mistaken for another when it is read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';
const LETTER_COUNT = 4;
const DIGIT_COUNT = 4;

/** Four letters and four digits. */
export function makeInitialPin(identity: Identity): Pin {
  return parseNewPin(draw(LETTERS, LETTER_COUNT) + draw(DIGITS, DIGIT_COUNT), identity);
}

function draw(from: string, count: number): string {
  return Array.from({ length: count }, () => from.charAt(randomInt(from.length))).join('');
}
