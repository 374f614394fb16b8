// OBJECT IDENTIFIER content octets to dotted text and back (X.690 §8.19).
// Known identifiers are found by a hash of their octets, so that reading one builds no string.
import { OID } from './known-object-identifiers.ts';
import { holdsOctets } from './octets.ts';

const MAX_OCTETS = 64;

type Known = { readonly dotted: string; readonly contents: Uint8Array };

let known: ReadonlyMap<number, Known> | undefined;
let contentsOfKnown: ReadonlyMap<string, Uint8Array> | undefined;

/** Dotted text of the identifier in `bytes[start, end)`; undefined when it is not valid. */
export function dottedFromContents(
  bytes: Uint8Array,
  start: number,
  end: number,
): string | undefined {
  if (end - start > MAX_OCTETS) return undefined;
  known ??= hashKnown();
  const candidate = known.get(hash(bytes, start, end));
  if (candidate !== undefined && holdsOctets(bytes, start, end, candidate.contents)) {
    return candidate.dotted;
  }
  return decode(bytes, start, end);
}

/** Content octets of a dotted identifier, not to be changed; throws RangeError for other text. */
export function contentsFromDotted(dotted: string): Uint8Array {
  contentsOfKnown ??= new Map(Object.values(OID).map((one) => [one, encode(one)]));
  return contentsOfKnown.get(dotted) ?? encode(dotted);
}

function encode(dotted: string): Uint8Array {
  if (!/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted)) throw new RangeError(`not an OID: ${dotted}`);
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  if (first < 2n && second > 39n) throw new RangeError(`not an OID: ${dotted}`);
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) pushBase128(octets, arc);
  if (octets.length > MAX_OCTETS) throw new RangeError(`OID too long: ${dotted}`);
  return Uint8Array.from(octets);
}

function pushBase128(octets: number[], arc: bigint): void {
  const groups = [Number(arc & 0x7fn)];
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) groups.push(Number(rest & 0x7fn) | 0x80);
  octets.push(...groups.reverse());
}

function decode(bytes: Uint8Array, start: number, end: number): string | undefined {
  // The last octet ends an arc; without it, or with none at all, there is nothing to read.
  if (end <= start || (bytes[end - 1] ?? 0x80) >= 0x80) return undefined;
  let dotted = '';
  let arc = 0n;
  let isStartOfArc = true;
  for (let i = start; i < end; i++) {
    const octet = bytes[i] ?? 0;
    // X.690 §8.19.2: an arc has no leading 80 octet.
    if (isStartOfArc && octet === 0x80) return undefined;
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    isStartOfArc = octet < 0x80;
    if (isStartOfArc) {
      dotted += dotted === '' ? firstArcs(arc) : `.${arc}`;
      arc = 0n;
    }
  }
  return dotted;
}

function firstArcs(combined: bigint): string {
  if (combined < 80n) return `${combined / 40n}.${combined % 40n}`;
  return `2.${combined - 80n}`;
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start;
  for (let i = start; i < end; i++) value = (Math.imul(value, 31) + (bytes[i] ?? 0)) | 0;
  return value;
}

function hashKnown(): Map<number, Known> {
  const table = new Map<number, Known>();
  for (const dotted of Object.values(OID)) {
    const contents = contentsFromDotted(dotted);
    table.set(hash(contents, 0, contents.length), { dotted, contents });
  }
  return table;
}
