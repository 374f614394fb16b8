// The one-time code of an acquisition: made, and hashed for keeping. Under a key outside the database, since
// forty bits alone could be tried through by whoever has only that.
import { createHmac, randomBytes } from 'node:crypto';
import { CODE_ALPHABET } from '../banking/typed-code.ts';
import type { Slot } from '../store/certificates.ts';

const LENGTH = 8;

/** A new code; each character is one of 32, so that a random octet gives it without bias. */
export function makeAcquisitionCode(): string {
  return Array.from(randomBytes(LENGTH), (octet) => CODE_ALPHABET.charAt(octet % 32)).join('');
}

/** The hash under which a code of a slot is kept. */
export function acquisitionCodeHash(
  code: string,
  { identity: { institution, contract, user }, slot }: Slot,
  key: Uint8Array,
): Uint8Array {
  const bound = JSON.stringify(['koshin acquisition', institution, contract, user, slot, code]);
  return createHmac('sha256', key).update(bound).digest();
}
