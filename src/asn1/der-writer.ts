// DER from nodes: each knows its size when made, so that the whole is written once into one array.
// Not a builder of certificates: which node goes where is for the room above to say.

import { contentsFromDotted } from './object-identifier.ts';
import { compareOctets, newOctets } from './octets.ts';
import {
  BIT_STRING,
  BOOLEAN,
  contextConstructed,
  INTEGER,
  NULL,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
  SET,
} from './tag.ts';

/** Something that can be written: a value with its tag, or octets that are DER already. */
export type DerNode = {
  /** Identifier octet; zero for octets that are written as they are. */
  readonly tag: number;
  /** Octets of the contents. */
  readonly length: number;
  /** Octets of the whole. */
  readonly size: number;
  readonly octets: Uint8Array | undefined;
  readonly children: readonly DerNode[] | undefined;
};

/** Child of a constructed value; undefined is an absent OPTIONAL or DEFAULT. */
export type DerChild = DerNode | undefined;

/** Writes a node into an array of exactly its size. */
export function encodeDer(node: DerNode): Uint8Array {
  const out = newOctets(node.size);
  writeNode(node, out, 0);
  return out;
}

/** Writes a node at an offset; the result is the offset after it. */
export function writeNode(node: DerNode, out: Uint8Array, start: number): number {
  let at = node.tag === 0 ? start : writeHeader(out, start, node);
  if (node.octets !== undefined) {
    out.set(node.octets, at);
    return at + node.length;
  }
  for (const child of node.children ?? []) at = writeNode(child, out, at);
  return at;
}

/** DER that exists already: a name, a public key, an extension's value. */
export function raw(der: Uint8Array): DerNode {
  return { tag: 0, length: der.length, size: der.length, octets: der, children: undefined };
}

/** Primitive value with these content octets. */
export function primitive(tag: number, octets: Uint8Array): DerNode {
  const { length } = octets;
  return { tag, length, size: sizeWithHeader(length), octets, children: undefined };
}

/** Constructed value of these elements, in this order. */
export function constructed(tag: number, elements: readonly DerChild[]): DerNode {
  const children: DerNode[] = [];
  let length = 0;
  for (const element of elements) {
    if (element === undefined) continue;
    children.push(element);
    length += element.size;
  }
  return { tag, length, size: sizeWithHeader(length), octets: undefined, children };
}

/** SEQUENCE. */
export function sequence(...elements: readonly DerChild[]): DerNode {
  return constructed(SEQUENCE, elements);
}

/** SET OF: the elements in the order of their encodings. */
export function setOf(elements: readonly DerNode[], tag: number = SET): DerNode {
  if (elements.length < 2) return constructed(tag, elements);
  // X.690 §11.6: encodings of a SET OF ascend.
  return constructed(tag, elements.map(encodeDer).sort(compareOctets).map(raw));
}

/** `[number] EXPLICIT`. */
export function explicit(number: number, element: DerNode): DerNode {
  return constructed(contextConstructed(number), [element]);
}

/** BOOLEAN. */
export function boolean(value: boolean, tag: number = BOOLEAN): DerNode {
  return primitive(tag, Uint8Array.of(value ? 0xff : 0));
}

/** BOOLEAN DEFAULT FALSE: nothing for false. */
export function booleanOrFalse(value: boolean, tag: number = BOOLEAN): DerChild {
  return value ? boolean(value, tag) : undefined;
}

/** INTEGER of any size and sign. */
export function integer(value: number | bigint, tag: number = INTEGER): DerNode {
  const octets: number[] = [];
  let rest = BigInt(value);
  do {
    octets.push(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const isNegative = rest === -1n;
  if ((octets.at(-1) ?? 0) >= 0x80 !== isNegative) octets.push(isNegative ? 0xff : 0);
  return primitive(tag, Uint8Array.from(octets.reverse()));
}

/** NULL. */
export function nullValue(): DerNode {
  return primitive(NULL, new Uint8Array(0));
}

/** OBJECT IDENTIFIER from its dotted text. */
export function objectIdentifier(dotted: string, tag: number = OBJECT_IDENTIFIER): DerNode {
  return primitive(tag, contentsFromDotted(dotted));
}

/** OCTET STRING. */
export function octetString(octets: Uint8Array, tag: number = OCTET_STRING): DerNode {
  return primitive(tag, octets);
}

/** BIT STRING of whole octets. */
export function bitString(octets: Uint8Array, tag: number = BIT_STRING): DerNode {
  return constructed(tag, [raw(Uint8Array.of(0)), raw(octets)]);
}

/** BIT STRING of at most 16 named bits, bit `i` of the schema from `1 << i`, in its shortest form. */
export function namedBits(bits: number, tag: number = BIT_STRING): DerNode {
  const highest = 31 - Math.clz32(bits);
  const octets = new Uint8Array(2 + (highest >> 3));
  if (highest >= 0) octets[0] = 7 - (highest & 7);
  for (let bit = 0; bit <= highest; bit++) {
    const at = 1 + (bit >> 3);
    if ((bits & (1 << bit)) !== 0) octets[at] = (octets[at] ?? 0) | (0x80 >> (bit & 7));
  }
  return primitive(tag, octets);
}

/** Octets of a value with its header, from those of its contents. */
export function sizeWithHeader(length: number): number {
  return length + 1 + lengthOctets(length);
}

/** A value's identifier octet and how many octets of contents follow. */
export type DerHeader = { readonly tag: number; readonly length: number };

/** Writes a header at an offset; the result is the offset after it. */
export function writeHeader(out: Uint8Array, start: number, { tag, length }: DerHeader): number {
  out[start] = tag;
  const count = lengthOctets(length);
  if (count === 1) {
    out[start + 1] = length;
    return start + 2;
  }
  out[start + 1] = 0x80 | (count - 1);
  for (let i = count, rest = length; i > 1; i--, rest = Math.floor(rest / 256)) {
    out[start + i] = rest & 0xff;
  }
  return start + 1 + count;
}

function lengthOctets(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x100) return 2;
  if (length < 0x10000) return 3;
  return length < 0x1000000 ? 4 : 5;
}
