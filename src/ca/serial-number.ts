// Serial numbers: 159 random bits, positive, at most 20 octets of DER. Not a counter.

/** How many random octets a serial number is made of, and the most that it has. */
export const SERIAL_OCTETS = 20;

/** Content octets of the INTEGER made of 20 random octets, minimal as DER wants it. */
export function serialNumberFrom(random: Uint8Array): Uint8Array {
  if (random.length !== SERIAL_OCTETS) throw new RangeError('a serial is made of 20 octets');
  // Not by the constructor, which copies twenty times as slowly, nor by `slice`, which in a Buffer copies nothing.
  const octets = new Uint8Array(SERIAL_OCTETS);
  octets.set(random);
  // RFC 5280 §4.1.2.2: serial is positive and at most 20 octets.
  octets[0] = (octets[0] ?? 0) & 0x7f;
  let start = 0;
  // X.690 §8.3.2: no more octets than the value needs.
  while (start < octets.length - 1 && octets[start] === 0 && (octets[start + 1] ?? 0) < 0x80) {
    start += 1;
  }
  const serial = octets.subarray(start);
  if (serial.length === 1 && serial[0] === 0) throw new RangeError('a serial is not zero');
  return serial;
}
