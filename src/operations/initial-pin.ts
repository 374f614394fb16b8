// A PIN that the system makes for a person: to be changed by them before anything else.
import type { Identity } from '../banking/identity.ts';
import { type Pin, parseNewPin } from '../banking/pin.ts';
import { brokenPinRules } from '../banking/pin-rules.ts';
import { octetsOf, randomSeed, type Seed } from './once.ts';

// None that could be mistaken for another when it is read from paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';
const LETTER_COUNT = 4;
const DIGIT_COUNT = 4;

/** Four letters and four digits, by the rules of a PIN that a person chooses. */
export function makeInitialPin(identity: Identity, seed: Seed = randomSeed()): Pin {
  for (let i = 0; ; i += 1) {
    const octets = Buffer.from(octetsOf(seed, `first PIN ${i}`));
    const drawn =
      draw(LETTERS, LETTER_COUNT, octets) + draw(DIGITS, DIGIT_COUNT, octets.subarray(16));
    if (brokenPinRules(drawn, identity).length === 0) return parseNewPin(drawn, identity);
  }
}

/** Of 32 bits each, so that no character comes noticeably more often. */
function draw(from: string, count: number, octets: Buffer): string {
  const at = (i: number) => from.charAt(octets.readUInt32BE(i * 4) % from.length);
  return Array.from({ length: count }, (_, i) => at(i)).join('');
}
