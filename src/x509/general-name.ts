// GeneralName: the alternative names of RFC 5280 §4.2.1.6, both ways.
// Not here: what a DNS name, address or URI must look like beyond its alphabet and size.
import { asciiString, readStringOf } from '../asn1/character-string.ts';
import type { DerReader } from '../asn1/der-reader.ts';
import {
  constructed,
  type DerNode,
  explicit,
  objectIdentifier,
  octetString,
  raw,
} from '../asn1/der-writer.ts';
import { contextConstructed, contextPrimitive, IA5_STRING, SEQUENCE } from '../asn1/tag.ts';
import { type Name, readName } from './name.ts';

/** One general name. */
export type GeneralName =
  | { readonly kind: 'other'; readonly type: string; readonly value: Uint8Array }
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'dns'; readonly host: string }
  | { readonly kind: 'directory'; readonly name: Name }
  | { readonly kind: 'uri'; readonly uri: string }
  | { readonly kind: 'ip'; readonly address: Uint8Array }
  | { readonly kind: 'registered'; readonly id: string }
  /** x400Address or ediPartyName, which nobody uses: kept as they are. */
  | { readonly kind: 'obsolete'; readonly der: Uint8Array };

const OTHER = contextConstructed(0);
const EMAIL = contextPrimitive(1);
const DNS = contextPrimitive(2);
const X400 = contextConstructed(3);
const DIRECTORY = contextConstructed(4);
const EDI_PARTY = contextConstructed(5);
const URI = contextPrimitive(6);
const IP = contextPrimitive(7);
const REGISTERED = contextPrimitive(8);

/** Octets of an address, or of an address and its mask in a name constraint. */
export type AddressOctets = 'address' | 'address-and-mask';

/** Reads GeneralNames; refuses an empty list; `tag` where it is tagged implicitly. */
export function readGeneralNames(r: DerReader, tag: number = SEQUENCE): GeneralName[] {
  const outer = r.enter(tag);
  const names: GeneralName[] = [];
  // RFC 5280 §4.2.1.6: SEQUENCE SIZE (1..MAX).
  do names.push(readGeneralName(r, 'address'));
  while (!r.atEnd());
  r.leave(outer);
  return names;
}

/** Reads one GeneralName. */
export function readGeneralName(r: DerReader, octets: AddressOctets): GeneralName {
  const tag = r.nextTag();
  switch (tag) {
    case OTHER:
      return readOtherName(r);
    case EMAIL:
      return { kind: 'email', address: readStringOf(r, IA5_STRING, EMAIL) };
    case DNS:
      return { kind: 'dns', host: readStringOf(r, IA5_STRING, DNS) };
    case DIRECTORY: {
      const outer = r.enter(DIRECTORY);
      const name = readName(r);
      r.leave(outer);
      return { kind: 'directory', name };
    }
    case URI:
      return { kind: 'uri', uri: readStringOf(r, IA5_STRING, URI) };
    case IP:
      return { kind: 'ip', address: readAddress(r, octets) };
    case REGISTERED:
      return { kind: 'registered', id: r.objectIdentifier(REGISTERED) };
    case X400:
    case EDI_PARTY:
      return { kind: 'obsolete', der: r.element() };
    default:
      return r.refuse('expected a general name');
  }
}

/** Node of GeneralNames; `tag` where it is tagged implicitly. */
export function generalNames(names: readonly GeneralName[], tag: number = SEQUENCE): DerNode {
  if (names.length === 0) throw new RangeError('GeneralNames must not be empty');
  return constructed(
    tag,
    names.map((name) => generalName(name, 'address')),
  );
}

/** Node of one GeneralName. */
export function generalName(name: GeneralName, octets: AddressOctets): DerNode {
  switch (name.kind) {
    case 'other':
      return constructed(OTHER, [objectIdentifier(name.type), explicit(0, raw(name.value))]);
    case 'email':
      return asciiString(name.address, IA5_STRING, EMAIL);
    case 'dns':
      return asciiString(name.host, IA5_STRING, DNS);
    case 'directory':
      return constructed(DIRECTORY, [raw(name.name.der)]);
    case 'uri':
      return asciiString(name.uri, IA5_STRING, URI);
    case 'ip':
      if (!isAddressSize(name.address.length, octets)) {
        throw new RangeError('IP address has the wrong size');
      }
      return octetString(name.address, IP);
    case 'registered':
      return objectIdentifier(name.id, REGISTERED);
    case 'obsolete':
      return raw(name.der);
  }
}

function readOtherName(r: DerReader): GeneralName {
  const outer = r.enter(OTHER);
  const type = r.objectIdentifier();
  const inValue = r.enter(contextConstructed(0));
  const value = r.element();
  r.leave(inValue);
  r.leave(outer);
  return { kind: 'other', type, value };
}

function readAddress(r: DerReader, octets: AddressOctets): Uint8Array {
  const address = r.contents(IP);
  if (!isAddressSize(address.length, octets)) r.refuse('IP address has the wrong size');
  return address;
}

/** RFC 5280 §4.2.1.6 and §4.2.1.10: 4 or 16 octets, twice that with a mask. */
function isAddressSize(length: number, octets: AddressOctets): boolean {
  const size = octets === 'address' ? length : length / 2;
  return size === 4 || size === 16;
}
