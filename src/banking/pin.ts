// A PIN (利用者暗証番号), chosen or typed, and when errors lock it. Not its hashing.
import { Refusal } from '../errors.ts';
import type { Identity } from './identity.ts';
import { brokenPinRules, type PinRule } from './pin-rules.ts';

/** A PIN of the right form; made only by `parseNewPin` and `parseEnteredPin`. */
export type Pin = string & { readonly __brand: 'Pin' };

const LONGEST_ENTERED = 64;

const WHY = {
  form: 'a PIN has 6 to 12 half-width letters and digits',
  mixed: 'a PIN mixes letters and digits',
  'unlike-ids': 'a PIN differs from the IDs',
  'not-simple': 'a PIN is more than repeated and consecutive characters',
} as const satisfies Record<PinRule, string>;

/** Checks a PIN that a person chooses by the rules of `pin-rules.ts`; refuses (`invalid-input`) others. */
export function parseNewPin(text: string, identity: Identity): Pin {
  const [broken] = brokenPinRules(text, identity);
  if (broken !== undefined) throw new Refusal('invalid-input', WHY[broken]);
  return text as Pin;
}

/** Takes what a person typed at login; any text of 1 to 64 characters counts as an attempt. */
export function parseEnteredPin(text: string): Pin {
  if (text.length < 1 || text.length > LONGEST_ENTERED) {
    throw new Refusal('invalid-input', 'the PIN field was empty or too long');
  }
  return text as Pin;
}

/** How many attempts are left before the PIN is locked, given the errors so far. */
export function attemptsLeft(errors: number, limit: number): number {
  return Math.max(0, limit - errors);
}
