// The one-time code of an acquisition: made, and hashed for keeping. Under a key outside the database, since
// forty bits alone could be tried through by whoever has only that.
import { createHmac } from 'node:crypto';
import { CODE_ALPHABET } from '../banking/typed-code.ts';
import type { Slot } from '../store/certificates.ts';
import { octetsOf, type Seed } from './once.ts';

const LENGTH = 8;

/** The code of a seed; each character is one of 32, so that an octet gives it without bias. */
export function makeAcquisitionCode(seed: Seed): string {
  const octets = octetsOf(seed, 'acquisition code').subarray(0, LENGTH);
  return Array.from(octets, (octet) => CODE_ALPHABET.charAt(octet % 32)).join('');
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
