// Identifier octets of the ASN.1 types that Koshin's formats use (X.690 §8.1.2).
// Not here: tag numbers above 30, which none of the formats has and the reader refuses.

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const ENUMERATED = 0x0a;
export const UTF8_STRING = 0x0c;
export const NUMERIC_STRING = 0x12;
export const PRINTABLE_STRING = 0x13;
export const TELETEX_STRING = 0x14;
export const IA5_STRING = 0x16;
export const UTC_TIME = 0x17;
export const GENERALIZED_TIME = 0x18;
export const VISIBLE_STRING = 0x1a;
export const UNIVERSAL_STRING = 0x1c;
export const BMP_STRING = 0x1e;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** Bit of the identifier octet that says that the contents are elements themselves. */
export const CONSTRUCTED = 0x20;

/** Tag `[number]` of a primitive value: an implicitly tagged string, integer or boolean. */
export function contextPrimitive(number: number): number {
  return 0x80 | number;
}

/** Tag `[number]` of a constructed value: explicitly tagged, or an implicitly tagged SEQUENCE or SET. */
export function contextConstructed(number: number): number {
  return 0xa0 | number;
}

const TAG_NAMES: Readonly<Record<number, string>> = {
  [BOOLEAN]: 'BOOLEAN',
  [INTEGER]: 'INTEGER',
  [BIT_STRING]: 'BIT STRING',
  [OCTET_STRING]: 'OCTET STRING',
  [NULL]: 'NULL',
  [OBJECT_IDENTIFIER]: 'OBJECT IDENTIFIER',
  [ENUMERATED]: 'ENUMERATED',
  [UTF8_STRING]: 'UTF8String',
  [NUMERIC_STRING]: 'NumericString',
  [PRINTABLE_STRING]: 'PrintableString',
  [TELETEX_STRING]: 'TeletexString',
  [IA5_STRING]: 'IA5String',
  [UTC_TIME]: 'UTCTime',
  [GENERALIZED_TIME]: 'GeneralizedTime',
  [VISIBLE_STRING]: 'VisibleString',
  [UNIVERSAL_STRING]: 'UniversalString',
  [BMP_STRING]: 'BMPString',
  [SEQUENCE]: 'SEQUENCE',
  [SET]: 'SET',
};

/** The tag as a message shows it: `SEQUENCE`, `[0]`, `tag 0x1f`. */
export function tagName(tag: number): string {
  if ((tag & 0xc0) === 0x80) return `[${tag & 0x1f}]`;
  return TAG_NAMES[tag] ?? `tag 0x${tag.toString(16).padStart(2, '0')}`;
}
