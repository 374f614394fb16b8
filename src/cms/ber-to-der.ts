// BER as DER: definite lengths in their shortest form, strings in one piece. Old programs write PKCS#12 files in BER.
// Not a check of DER's other rules; what cannot be brought into its form is refused.
import { constructed, type DerNode, encodeDer, primitive } from '../asn1/der-writer.ts';
import { CONSTRUCTED, OCTET_STRING } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';

const MAX_DEPTH = 32;
const MAX_LENGTH_OCTETS = 4;
const INDEFINITE = 0x80;

/** Where a piece of BER is read; `what` names the object for messages. */
type Cursor = { readonly bytes: Uint8Array; readonly what: string; position: number };

/** The one element that is all of `ber`, in DER. */
export function derFromBer(ber: Uint8Array, what: string): Uint8Array {
  const cursor: Cursor = { bytes: ber, what, position: 0 };
  const node = readElement(cursor, ber.length, 0);
  if (cursor.position !== ber.length) refuse(cursor, 'data after the end');
  return encodeDer(node);
}

/** The contents of an OCTET STRING whose pieces are `elements`. */
function joinOctetStrings(elements: readonly DerNode[]): Uint8Array | undefined {
  if (elements.some(({ tag }) => tag !== OCTET_STRING)) return undefined;
  const pieces = elements.map(({ octets }) => octets ?? new Uint8Array(0));
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function readElement(cursor: Cursor, end: number, depth: number): DerNode {
  if (depth > MAX_DEPTH) refuse(cursor, 'nested too deeply');
  const tag = nextOctet(cursor, end);
  if (tag === 0 || (tag & 0x1f) === 0x1f) refuse(cursor, 'unexpected tag');
  const length = readLength(cursor, end);
  if ((tag & CONSTRUCTED) === 0) {
    if (length === undefined) refuse(cursor, 'length is indefinite');
    const start = cursor.position;
    cursor.position += length;
    return primitive(tag, cursor.bytes.subarray(start, cursor.position));
  }
  const children =
    length === undefined
      ? readUntilMark(cursor, end, depth)
      : readUntil(cursor, cursor.position + length, depth);
  return tag === (OCTET_STRING | CONSTRUCTED)
    ? joinString(cursor, children)
    : constructed(tag, children);
}

function joinString(cursor: Cursor, children: readonly DerNode[]): DerNode {
  const octets = joinOctetStrings(children);
  return primitive(OCTET_STRING, octets ?? refuse(cursor, 'OCTET STRING holds what it must not'));
}

/** X.690 §8.1.5: two octets of zero end contents of indefinite length. */
function readUntilMark(cursor: Cursor, end: number, depth: number): DerNode[] {
  const children: DerNode[] = [];
  while (cursor.bytes[cursor.position] !== 0) children.push(readElement(cursor, end, depth + 1));
  nextOctet(cursor, end);
  if (nextOctet(cursor, end) !== 0) refuse(cursor, 'end of contents has a length');
  return children;
}

function readUntil(cursor: Cursor, end: number, depth: number): DerNode[] {
  const children: DerNode[] = [];
  while (cursor.position < end) children.push(readElement(cursor, end, depth + 1));
  return children;
}

/** X.690 §8.1.3: in any number of octets; undefined for indefinite. */
function readLength(cursor: Cursor, end: number): number | undefined {
  const first = nextOctet(cursor, end);
  if (first === INDEFINITE) return undefined;
  const count = first & 0x7f;
  if (first > INDEFINITE && count > MAX_LENGTH_OCTETS) refuse(cursor, 'length has too many octets');
  let length = first;
  if (first > INDEFINITE) {
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + nextOctet(cursor, end);
  }
  if (length > end - cursor.position) refuse(cursor, 'an element is longer than what holds it');
  return length;
}

function nextOctet(cursor: Cursor, end: number): number {
  const octet = cursor.position < end ? cursor.bytes[cursor.position] : undefined;
  cursor.position += 1;
  return octet ?? refuse(cursor, 'ends early');
}

function refuse({ what, position }: Cursor, problem: string): never {
  throw new Refusal('malformed', `${what}: ${problem} at octet ${position}`);
}
