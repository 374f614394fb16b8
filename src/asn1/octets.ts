// Octet strings: made, and compared. Not for secrets: the time a comparison takes tells where they differ.

/** Up to this length the engine keeps octets beside the object, and longer ones in memory of their own. */
const WITHIN_OBJECT_OCTETS = 64;
const SHARED_OCTETS = 16_384;
/** Who asks for more gets memory of its own: what is left of the shared one would be lost. */
const MOST_SHARED_OCTETS = 2_048;
let shared = new ArrayBuffer(SHARED_OCTETS);
let sharedFrom = 0;

/**
 * So many octets, all zero. Short-lived ones of some hundred octets are parts of one memory, of which none is given
 * out twice: memory of their own costs twenty times as much. Who keeps one of them keeps 16 KiB.
 */
export function newOctets(length: number): Uint8Array<ArrayBuffer> {
  if (length <= WITHIN_OBJECT_OCTETS || length > MOST_SHARED_OCTETS) return new Uint8Array(length);
  if (sharedFrom + length > SHARED_OCTETS) {
    shared = new ArrayBuffer(SHARED_OCTETS);
    sharedFrom = 0;
  }
  const octets = new Uint8Array(shared, sharedFrom, length);
  sharedFrom += length;
  return octets;
}

/** From this length on it pays to compare four octets at a time. */
const LONG_OCTETS = 96;

/** Whether both hold the same octets. */
export function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  return holdsOctets(a, 0, a.length, b);
}

/** Whether `bytes[start, end)` holds these octets and no others. */
export function holdsOctets(
  bytes: Uint8Array,
  start: number,
  end: number,
  wanted: Uint8Array,
): boolean {
  if (end - start !== wanted.length) return false;
  const words = wanted.length < LONG_OCTETS ? 0 : equalWords(bytes, start, wanted);
  if (words < 0) return false;
  for (let i = words; i < wanted.length; i++) {
    if (bytes[start + i] !== wanted[i]) return false;
  }
  return true;
}

/** How many octets are equal four by four: as many as there are such, or negative. */
function equalWords(bytes: Uint8Array, start: number, wanted: Uint8Array): number {
  // Past the end there is nothing to be read four by four.
  if (start + wanted.length > bytes.length) return -1;
  const here = new DataView(bytes.buffer, bytes.byteOffset + start, wanted.length);
  const there = new DataView(wanted.buffer, wanted.byteOffset, wanted.length);
  const words = wanted.length & ~3;
  for (let i = 0; i < words; i += 4) {
    if (here.getUint32(i) !== there.getUint32(i)) return -1;
  }
  return words;
}

/** Order as unsigned octets, a shorter one before its extensions: negative, zero or positive. */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
