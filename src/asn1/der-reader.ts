// A cursor over one array of DER octets: pull what the schema expects, refuse everything else.
// Not a parser into a tree: nothing is copied or built that the caller did not ask for.
import { Refusal } from '../errors.ts';
import { dottedFromContents } from './object-identifier.ts';
import {
  BIT_STRING,
  BOOLEAN,
  CONSTRUCTED,
  INTEGER,
  NULL,
  OBJECT_IDENTIFIER,
  SEQUENCE,
  SET,
  tagName,
} from './tag.ts';

/** Limit on the size of an object unless its reader is given another; a certificate needs 2 KiB. */
const DEFAULT_MAX_OCTETS = 65_536;

const MAX_DEPTH = 32;
const MAX_LENGTH_OCTETS = 4;

/**
 * Reads DER (X.690 §10, §11) from left to right.
 *
 * `enter` narrows the reader to the contents of a value and returns the former `end`; `leave`
 * takes that back and refuses what was left unread. Every method throws `Refusal('malformed')`
 * that names the object and the offset.
 */
export class DerReader {
  readonly bytes: Uint8Array;
  /** Offset of the next element. */
  position = 0;
  /** Offset after the last element of the value being read. */
  end: number;
  /** The object read, as messages name it. */
  readonly what: string;

  constructor(bytes: Uint8Array, what: string, maxOctets = DEFAULT_MAX_OCTETS) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.what = what;
    if (bytes.length > maxOctets) this.refuse(`longer than ${maxOctets} octets`);
  }

  /** Throws the refusal that names the object and where in it the reader stands. */
  refuse(problem: string): never {
    throw new Refusal('malformed', `${this.what}: ${problem} at octet ${this.position}`);
  }

  /** Whether everything of the value being read has been read. */
  atEnd(): boolean {
    return this.position === this.end;
  }

  /** Whether the next element has this tag; false at the end. */
  isNext(tag: number): boolean {
    return this.position < this.end && this.bytes[this.position] === tag;
  }

  /** Tag of the next element, zero at the end. */
  nextTag(): number {
    return this.position < this.end ? this.octet(this.position) : 0;
  }

  /** Reads a header; `position` is then at the contents, the result is the offset after them. */
  header(tag: number): number {
    if (!this.isNext(tag)) this.refuse(`expected ${tagName(tag)}`);
    const at = this.position + 1;
    const first = at < this.end ? this.octet(at) : this.refuse('no length');
    const start = first < 0x80 ? at + 1 : at + 1 + (first & 0x7f);
    const end = start + (first < 0x80 ? first : this.#longLength(at, first & 0x7f));
    if (end > this.end) this.refuse(`${tagName(tag)} is longer than what holds it`);
    this.position = start;
    return end;
  }

  /** Narrows the reader to the contents of a value; give the result to `leave`. */
  enter(tag: number): number {
    const contentsEnd = this.header(tag);
    const outer = this.end;
    this.end = contentsEnd;
    return outer;
  }

  /** Ends what `enter` began; refuses unread contents. */
  leave(outer: number): void {
    if (this.position !== this.end) this.refuse('unexpected data');
    this.end = outer;
  }

  /** Refuses data after the last element; call it when the object has been read. */
  finish(): void {
    if (this.position !== this.bytes.length) this.refuse('data after the end');
  }

  /** Content octets of a primitive value, not copied. */
  contents(tag: number): Uint8Array {
    const end = this.header(tag);
    const octets = this.bytes.subarray(this.position, end);
    this.position = end;
    return octets;
  }

  /** The next element with its header, not copied; its inner structure is checked. */
  element(): Uint8Array {
    const start = this.position;
    this.skip();
    return this.bytes.subarray(start, this.position);
  }

  /** The elements read since `position` was `start`, with their headers, not copied. */
  since(start: number): Uint8Array {
    return this.bytes.subarray(start, this.position);
  }

  /** Passes over one element, checking the structure of all that it contains. */
  skip(): void {
    const outer = this.end;
    const ends: number[] = [];
    do {
      const tag = this.nextTag();
      if (!isDerTag(tag)) this.refuse('expected an element');
      const end = this.header(tag);
      if ((tag & CONSTRUCTED) === 0) {
        this.position = end;
      } else {
        if (ends.length === MAX_DEPTH) this.refuse('nested too deeply');
        ends.push(this.end);
        this.end = end;
      }
      while (ends.length > 0 && this.position === this.end) this.end = ends.pop() ?? outer;
    } while (ends.length > 0);
  }

  /** BOOLEAN. */
  boolean(tag: number = BOOLEAN): boolean {
    const end = this.header(tag);
    const value = end - this.position === 1 ? this.octet(this.position) : -1;
    // X.690 §11.1: TRUE is all ones.
    if (value !== 0 && value !== 0xff) this.refuse('BOOLEAN is neither 00 nor FF');
    this.position = end;
    return value === 0xff;
  }

  /** BOOLEAN DEFAULT FALSE: absent, or present and true. */
  booleanOrFalse(tag: number = BOOLEAN): boolean {
    if (!this.isNext(tag)) return false;
    // X.690 §11.5: a default value is not encoded.
    if (!this.boolean(tag)) this.refuse('default value FALSE is encoded');
    return true;
  }

  /** Content octets of an INTEGER of any sign, in their shortest form. */
  integer(tag: number = INTEGER): Uint8Array {
    const end = this.#integerEnd(tag);
    const octets = this.bytes.subarray(this.position, end);
    this.position = end;
    return octets;
  }

  /** Passes over an INTEGER of any sign, in its shortest form. */
  skipInteger(): void {
    this.position = this.#integerEnd(INTEGER);
  }

  /** Content octets of an INTEGER above zero; a leading 00 stays where the sign needs it. */
  positiveInteger(tag: number = INTEGER): Uint8Array {
    const octets = this.integer(tag);
    const first = octets[0] ?? 0;
    if (first >= 0x80 || (first === 0 && octets.length === 1))
      this.refuse('INTEGER is not positive');
    return octets;
  }

  /** INTEGER from zero to 2^31 - 1. */
  smallInteger(tag: number = INTEGER): number {
    const end = this.#integerEnd(tag);
    if (end - this.position > 4 || this.octet(this.position) >= 0x80) {
      this.refuse('INTEGER is out of range');
    }
    let value = 0;
    for (; this.position < end; this.position++) value = value * 256 + this.octet(this.position);
    return value;
  }

  /** NULL. */
  null(): void {
    if (this.header(NULL) !== this.position) this.refuse('NULL is not empty');
  }

  /** OBJECT IDENTIFIER, dotted; known ones come from a table without building a string. */
  objectIdentifier(tag: number = OBJECT_IDENTIFIER): string {
    const end = this.header(tag);
    const dotted = dottedFromContents(this.bytes, this.position, end);
    if (dotted === undefined) this.refuse('OBJECT IDENTIFIER is not valid');
    this.position = end;
    return dotted;
  }

  /** BIT STRING of whole octets, not copied. */
  bitStringOctets(tag: number = BIT_STRING): Uint8Array {
    const end = this.header(tag);
    if (this.position === end || this.octet(this.position) !== 0) {
      this.refuse('BIT STRING has unused bits');
    }
    const octets = this.bytes.subarray(this.position + 1, end);
    this.position = end;
    return octets;
  }

  /** BIT STRING of at most 16 named bits; bit `i` of the schema is `1 << i` of the result. */
  namedBits(tag: number = BIT_STRING): number {
    const end = this.header(tag);
    const size = end - this.position;
    if (size < 1 || size > 3) this.refuse('BIT STRING has too few or too many bits');
    const unused = this.octet(this.position);
    const last = size === 1 ? 0 : this.octet(end - 1);
    // X.690 §11.2.2: trailing zero bits are not encoded, so the last used bit is set.
    const isMinimal = size === 1 ? unused === 0 : unused < 8 && (last & -last) === 1 << unused;
    if (!isMinimal) this.refuse('BIT STRING is not in its shortest form');
    let bits = 0;
    for (let bit = 0; bit < (size - 1) * 8; bit++) {
      if ((this.octet(this.position + 1 + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0)
        bits |= 1 << bit;
    }
    this.position = end;
    return bits;
  }

  /** The octet at an offset that has been checked to be inside. */
  octet(offset: number): number {
    return this.bytes[offset] ?? this.refuse('ends early');
  }

  #integerEnd(tag: number): number {
    const end = this.header(tag);
    const start = this.position;
    if (end === start) this.refuse('INTEGER is empty');
    const first = this.bytes[start];
    // X.690 §8.3.2: the first nine bits are not all equal.
    if (end - start > 1 && (first === 0 || first === 0xff)) {
      if ((this.octet(start + 1) ^ first) < 0x80)
        this.refuse('INTEGER is not in its shortest form');
    }
    return end;
  }

  #longLength(at: number, count: number): number {
    // X.690 §10.1: DER has no indefinite lengths.
    if (count === 0) this.refuse('length is indefinite');
    if (count > MAX_LENGTH_OCTETS) this.refuse('length has too many octets');
    if (at + count >= this.end) this.refuse('ends in a length');
    let length = 0;
    for (let i = 1; i <= count; i++) length = length * 256 + this.octet(at + i);
    // X.690 §10.1: lengths are in as few octets as possible.
    if (length < 0x80 || this.octet(at + 1) === 0)
      this.refuse('length is not in its shortest form');
    return length;
  }
}

/** Whether an element of DER may begin with this octet. */
function isDerTag(tag: number): boolean {
  if (tag === 0 || (tag & 0x1f) === 0x1f) return false;
  if (tag >= 0x40) return true;
  // X.690 §10.2: strings are primitive; of the universal types only these two are constructed.
  const isCollection = (tag | CONSTRUCTED) === SEQUENCE || (tag | CONSTRUCTED) === SET;
  return ((tag & CONSTRUCTED) !== 0) === isCollection;
}
