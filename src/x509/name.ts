// Distinguished names: read with their own DER kept, made from attributes, shown by RFC 4514.
// Not here: whether two names are the same, see match-names.ts.
import {
  asciiString,
  isCharacterStringTag,
  isOfAlphabet,
  readCharacterString,
  utf8String,
} from '../asn1/character-string.ts';
import { DerReader } from '../asn1/der-reader.ts';
import { type DerNode, encodeDer, objectIdentifier, sequence, setOf } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { compareOctets } from '../asn1/octets.ts';
import { IA5_STRING, PRINTABLE_STRING, SEQUENCE, SET } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';

/** One attribute of a name. */
export type NameAttribute = {
  /** Dotted attribute type. */
  readonly type: string;
  /** Tag of the value. */
  readonly tag: number;
  /** The value as text; undefined when it is no character string. */
  readonly value: string | undefined;
  /** The value's own DER. */
  readonly valueDer: Uint8Array;
};

/** Attributes of equal rank; nearly always one. */
export type RelativeName = readonly NameAttribute[];

/** A distinguished name and its DER, which is what issuers are copied by. */
export type Name = {
  readonly der: Uint8Array;
  readonly rdns: readonly RelativeName[];
};

/** An attribute to make a name of. */
export type NameValue = { readonly type: string; readonly value: string };

/** Reads a Name that is all of `der`; it may be empty. */
export function parseName(der: Uint8Array): Name {
  const r = new DerReader(der, 'name');
  const name = readName(r);
  r.finish();
  return name;
}

/** Reads a Name; `tag` where it is tagged implicitly. */
export function readName(r: DerReader, tag: number = SEQUENCE): Name {
  const start = r.position;
  const outer = r.enter(tag);
  const rdns: RelativeName[] = [];
  while (!r.atEnd()) rdns.push(readRelativeName(r));
  r.leave(outer);
  return { der: r.since(start), rdns };
}

/** Reads a RelativeDistinguishedName; `tag` where it is tagged implicitly. */
export function readRelativeName(r: DerReader, tag: number = SET): RelativeName {
  const outer = r.enter(tag);
  const attributes: NameAttribute[] = [];
  let previous: Uint8Array | undefined;
  do {
    const start = r.position;
    attributes.push(readAttribute(r));
    // Nearly every set has one element, and then there is no order to check.
    if (previous !== undefined || !r.atEnd()) {
      const current = r.since(start);
      // X.690 §11.6: encodings of a SET OF ascend.
      if (previous !== undefined && compareOctets(previous, current) > 0) {
        r.refuse('SET OF is not in order');
      }
      previous = current;
    }
  } while (!r.atEnd());
  r.leave(outer);
  return attributes;
}

/** Makes a name of single-valued attributes, most general first; refuses empty or ill-formed text. */
export function makeName(attributes: readonly NameValue[]): Name {
  const rdns = attributes.map((attribute) => setOf([attributeNode(attribute)]));
  return parseName(encodeDer(sequence(...rdns)));
}

/** The value of an attribute as `makeName` would write it; refuses the same. */
export function nameValue({ type, value }: NameValue): DerNode {
  if (value === '' || !value.isWellFormed()) {
    throw new Refusal('invalid-input', `name: attribute ${type} is empty or not well-formed`);
  }
  return valueNode(type, value);
}

/** DER of one part of a name that `makeName` would make; refuses the same. */
export function encodeRelativeName(attribute: NameValue): Uint8Array {
  return encodeDer(setOf([attributeNode(attribute)]));
}

/** Values of the attributes of one type, most general first. */
export function valuesOf(name: Name, type: string): string[] {
  const values: string[] = [];
  for (const rdn of name.rdns) {
    for (const attribute of rdn) {
      if (attribute.type === type && attribute.value !== undefined) values.push(attribute.value);
    }
  }
  return values;
}

/** The name as RFC 4514 writes it, most specific first: `CN=鈴木 太郎,O=みほん信用金庫,C=JP`. */
export function showName(name: Name): string {
  return name.rdns
    .toReversed()
    .map((rdn) => rdn.map(showAttribute).join('+'))
    .join(',');
}

const IA5_TYPES: ReadonlySet<string> = new Set([OID.emailAddress, OID.domainComponent]);
const PRINTABLE_TYPES: ReadonlySet<string> = new Set([
  OID.countryName,
  OID.serialNumber,
  OID.dnQualifier,
]);

/** Attribute types with a keyword that people know; others are shown dotted. */
const KEYWORDS: Readonly<Record<string, string>> = {
  [OID.commonName]: 'CN',
  [OID.localityName]: 'L',
  [OID.stateOrProvinceName]: 'ST',
  [OID.organizationName]: 'O',
  [OID.organizationalUnitName]: 'OU',
  [OID.countryName]: 'C',
  [OID.streetAddress]: 'STREET',
  [OID.domainComponent]: 'DC',
  [OID.userId]: 'UID',
  [OID.surname]: 'SN',
  [OID.givenName]: 'GN',
  [OID.title]: 'title',
  [OID.serialNumber]: 'serialNumber',
  [OID.organizationIdentifier]: 'organizationIdentifier',
  [OID.emailAddress]: 'emailAddress',
};

function readAttribute(r: DerReader): NameAttribute {
  const outer = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  const start = r.position;
  const tag = r.nextTag();
  let value: string | undefined;
  if (isCharacterStringTag(tag)) value = readCharacterString(r);
  else r.skip();
  const valueDer = r.since(start);
  r.leave(outer);
  return { type, tag, value, valueDer };
}

function attributeNode(attribute: NameValue): DerNode {
  return sequence(objectIdentifier(attribute.type), nameValue(attribute));
}

function valueNode(type: string, value: string): DerNode {
  if (IA5_TYPES.has(type)) return restrictedValue(type, value, IA5_STRING);
  // RFC 5280 appendix A.1: these three are PrintableString and nothing else.
  if (PRINTABLE_TYPES.has(type)) return restrictedValue(type, value, PRINTABLE_STRING);
  // RFC 5280 §4.1.2.4: new names are PrintableString or UTF8String.
  return isOfAlphabet(value, PRINTABLE_STRING)
    ? asciiString(value, PRINTABLE_STRING)
    : utf8String(value);
}

function restrictedValue(type: string, value: string, stringType: number): DerNode {
  if (!isOfAlphabet(value, stringType)) {
    throw new Refusal('invalid-input', `name: attribute ${type} has characters it must not have`);
  }
  return asciiString(value, stringType);
}

function showAttribute({ type, value, valueDer }: NameAttribute): string {
  const keyword = KEYWORDS[type];
  // RFC 4514 §2.4: a dotted type, or a value without a string form, is shown as its encoding.
  if (keyword === undefined || value === undefined) {
    return `${keyword ?? type}=#${valueDer.toHex()}`;
  }
  return `${keyword}=${escapeValue(value)}`;
}

function escapeValue(value: string): string {
  return (
    value
      // RFC 4514 §2.4: these anywhere; a space or # in front; a space at the end.
      .replace(/["+,;<>\\]|^[ #]| $/g, '\\$&')
      // Beyond the RFC's NUL: no control character reaches a terminal or a log.
      .replace(/\p{Cc}/gu, escapeOctets)
  );
}

function escapeOctets(text: string): string {
  return new TextEncoder().encode(text).toHex().replace(/../g, '\\$&');
}
