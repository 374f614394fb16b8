// ASN.1 character strings to text and back, each held to its own alphabet (X.680 §41).
// TeletexString has no alphabet that anybody agrees on: its octets are shown as Latin-1.
import type { DerReader } from './der-reader.ts';
import { type DerNode, primitive } from './der-writer.ts';
import { newOctets } from './octets.ts';
import {
  BMP_STRING,
  IA5_STRING,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  tagName,
  UNIVERSAL_STRING,
  UTF8_STRING,
  VISIBLE_STRING,
} from './tag.ts';

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();

/** Characters of the types that hold ASCII or less of it. */
const ALPHABETS: Readonly<Record<number, RegExp>> = {
  [NUMERIC_STRING]: /^[0-9 ]*$/,
  [PRINTABLE_STRING]: /^[A-Za-z0-9 '()+,\-./:=?]*$/,
  [IA5_STRING]: /^\p{ASCII}*$/u,
  [VISIBLE_STRING]: /^[\x20-\x7e]*$/,
};

const SHORT = 12;
/** High bits of the first octet of a character, by how many follow. */
const LEADS = [0, 0xc0, 0xe0, 0xf0] as const;

/** Whether `readCharacterString` can read an element with this tag. */
export function isCharacterStringTag(tag: number): boolean {
  return (
    tag in ALPHABETS ||
    tag === UTF8_STRING ||
    tag === TELETEX_STRING ||
    tag === BMP_STRING ||
    tag === UNIVERSAL_STRING
  );
}

/** Reads the next element, a string of any type, as text. */
export function readCharacterString(r: DerReader): string {
  return readStringOf(r, r.nextTag(), r.nextTag());
}

/** Reads a string tagged `tag` (`[1]`, say) that has the alphabet of `type`. */
export function readStringOf(r: DerReader, type: number, tag: number): string {
  const end = r.header(tag);
  const text = decodeText(r.bytes, { type, start: r.position, end });
  if (text === undefined) r.refuse(`${tagName(type)} holds what it must not`);
  r.position = end;
  return text;
}

/** Whether `bytes[start, end)` is this text in UTF-8; builds nothing. Text with half a character is in none. */
export function isUtf8Of(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0;
    if (point > 0xffff) i += 1;
    at = afterPoint(bytes, at, point);
    if (at < 0) return false;
  }
  return at === end;
}

/** The offset after a code point that is there in UTF-8; negative where it is not (RFC 3629 §3). */
function afterPoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x80) return bytes[at] === point ? at + 1 : -1;
  if (point >= 0xd800 && point <= 0xdfff) return -1;
  const following = followingOctets(point);
  const lead = LEADS[following] ?? 0;
  if (bytes[at] !== (lead | (point >> (6 * following)))) return -1;
  for (let i = 1; i <= following; i++) {
    if (bytes[at + i] !== (0x80 | ((point >> (6 * (following - i))) & 0x3f))) return -1;
  }
  return at + 1 + following;
}

function followingOctets(point: number): number {
  if (point < 0x800) return 1;
  return point < 0x1_0000 ? 2 : 3;
}

/** Whether text can be a string of this type, one of those that hold ASCII or less of it. */
export function isOfAlphabet(text: string, type: number): boolean {
  return ALPHABETS[type]?.test(text) ?? false;
}

/** Node of a UTF8String; `text` must be well-formed (no lone surrogates). */
export function utf8String(text: string): DerNode {
  return primitive(UTF8_STRING, utf8Of(text));
}

/** Node of a string of ASCII characters of the given type and tag; throws RangeError on others. */
export function asciiString(text: string, type: number, tag: number = type): DerNode {
  if (!isOfAlphabet(text, type)) {
    throw new RangeError(`not a ${tagName(type)}: ${JSON.stringify(text)}`);
  }
  return primitive(tag, utf8Of(text));
}

/** UTF-8 of a text. The encoder makes memory of its own, which costs more than to write a short text here. */
function utf8Of(text: string): Uint8Array {
  const octets = newOctets(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return utf8Encoder.encode(text);
    octets[i] = unit;
  }
  return octets;
}

type Span = { readonly type: number; readonly start: number; readonly end: number };

function decodeText(bytes: Uint8Array, { type, start, end }: Span): string | undefined {
  switch (type) {
    case UTF8_STRING:
      return decodeUtf8(bytes, start, end);
    case BMP_STRING:
      return decodeBmp(bytes, start, end);
    case UNIVERSAL_STRING:
      return decodeUniversal(bytes, start, end);
    case TELETEX_STRING:
      return decodeLatin1(bytes, start, end);
    default: {
      const text = decodeUtf8(bytes, start, end);
      return text !== undefined && isOfAlphabet(text, type) ? text : undefined;
    }
  }
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  // A call to the decoder costs more than a few characters.
  if (end - start <= SHORT && isAscii(bytes, start, end)) return decodeLatin1(bytes, start, end);
  try {
    return utf8Decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  let all = 0;
  for (let i = start; i < end; i++) all |= bytes[i] ?? 0;
  return all < 0x80;
}

function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function decodeBmp(bytes: Uint8Array, start: number, end: number): string | undefined {
  if ((end - start) % 2 !== 0) return undefined;
  let text = '';
  for (let i = start; i < end; i += 2) {
    const unit = ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
    // X.680 §41: BMPString holds characters of the first plane, so no surrogates.
    if (unit >= 0xd800 && unit <= 0xdfff) return undefined;
    text += String.fromCharCode(unit);
  }
  return text;
}

function decodeUniversal(bytes: Uint8Array, start: number, end: number): string | undefined {
  if ((end - start) % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  let text = '';
  for (let i = 0; i < view.byteLength; i += 4) {
    const point = view.getUint32(i);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}
