// Serial numbers out of random octets that are drawn for many at once: each call of the generator costs
// more than a serial's share of one. No secret: a serial number is public.
import { randomFillSync } from 'node:crypto';
import { SERIAL_OCTETS, serialNumberFrom } from '../ca/serial-number.ts';

const POOL_OCTETS = 200 * SERIAL_OCTETS;
const pool = new Uint8Array(POOL_OCTETS);
let next = POOL_OCTETS;

/** A serial number of octets that are given out once. */
export function freshSerialNumber(): Uint8Array {
  if (next === POOL_OCTETS) {
    randomFillSync(pool);
    next = 0;
  }
  next += SERIAL_OCTETS;
  return serialNumberFrom(pool.subarray(next - SERIAL_OCTETS, next));
}
