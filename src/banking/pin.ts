// The rules of a PIN (利用者暗証番号): its form, and when errors lock it. Not its hashing.
import { Refusal } from '../errors.ts';
import type { Identity } from './identity.ts';

const FORM = /^[A-Za-z0-9]{6,12}$/;

/** A PIN of the right form; made only by `parseNewPin` and `parseEnteredPin`. */
export type Pin = string & { readonly __brand: 'Pin' };

/** Checks a PIN that a person chooses: 6 to 12 half-width letters and digits, both, unlike the IDs. */
export function parseNewPin(text: string, identity: Identity): Pin {
  if (!FORM.test(text)) {
    throw new Refusal('invalid-input', 'a PIN has 6 to 12 half-width letters and digits');
  }
  if (!/[A-Za-z]/.test(text) || !/[0-9]/.test(text)) {
    throw new Refusal('invalid-input', 'a PIN mixes letters and digits');
  }
  const lower = text.toLowerCase();
  if (lower === identity.user.toLowerCase() || lower === identity.contract) {
    throw new Refusal('invalid-input', 'a PIN differs from the IDs');
  }
  return text as Pin;
}

/** Takes what a person typed at login; any text of 1 to 64 characters counts as an attempt. */
export function parseEnteredPin(text: string): Pin {
  if (text.length < 1 || text.length > 64) {
    throw new Refusal('invalid-input', 'the PIN field was empty or too long');
  }
  return text as Pin;
}

/** How many attempts are left before the PIN is locked, given the errors so far. */
export function attemptsLeft(errors: number, limit: number): number {
  return Math.max(0, limit - errors);
}
