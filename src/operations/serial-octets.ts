// The random octets of serial numbers, drawn for many at once: each call of the generator costs more
// than a serial's share of one. No secret: a serial number is public.
import { randomFillSync } from 'node:crypto';
import { SERIAL_OCTETS } from '../ca/serial-number.ts';

const POOL_OCTETS = 200 * SERIAL_OCTETS;
const pool = new Uint8Array(POOL_OCTETS);
let next = POOL_OCTETS;

/** Random octets for one serial number, given out once. */
export function drawSerialOctets(): Uint8Array {
  if (next === POOL_OCTETS) {
    randomFillSync(pool);
    next = 0;
  }
  next += SERIAL_OCTETS;
  return pool.slice(next - SERIAL_OCTETS, next);
}
