// Random serials, dates, names and texts, each with how other programs show it.
// Not here: objects made of them.

import {
  encodeDer,
  objectIdentifier,
  primitive,
  sequence,
  setOf,
} from '../../src/asn1/der-writer.ts';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import {
  BMP_STRING,
  IA5_STRING,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
} from '../../src/asn1/tag.ts';
import { type Name, parseName, showName } from '../../src/x509/name.ts';
import { pick, type Random, randomOctets } from '../fuzz/random.ts';

/** A serial whose first octet is `number` modulo 256, one to 20 octets long. */
export function randomSerial(random: Random, number: number): Uint8Array {
  const first = number % 256;
  const rest = randomOctets(random, random(19));
  if (first >= 0x80) return Uint8Array.of(0, first, ...rest.subarray(0, 18));
  // An INTEGER does not begin with 00 and a first bit of zero.
  if (first === 0) return Uint8Array.of(0, 0x80 + random(128), ...rest.subarray(0, 18));
  return Uint8Array.of(first, ...rest);
}

/** The serial as openssl and GnuTLS show it. */
export function serialSaid(serial: Uint8Array): { openssl: string; gnutls: string } {
  const octets = serial[0] === 0 ? serial.subarray(1) : serial;
  return { openssl: octets.toHex().toUpperCase(), gnutls: serial.toHex() };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const NEW_YEAR_2050 = Date.UTC(2050, 0, 1);
const DATES: readonly number[] = [
  Date.UTC(1950, 0, 1),
  Date.UTC(1999, 11, 31, 23, 59, 59),
  Date.UTC(2028, 1, 29, 12),
  NEW_YEAR_2050 - 1000,
  NEW_YEAR_2050,
  Date.UTC(2099, 11, 31, 23, 59, 59),
  Date.UTC(2100, 2, 1),
];

/** A date of whole seconds, often around 2050. */
export function randomDate(random: Random): Date {
  const way = random(4);
  if (way === 0) return new Date(pick(random, DATES));
  const seconds = random(4 * 86_400) - 2 * 86_400;
  if (way === 1) return new Date(NEW_YEAR_2050 + seconds * 1000);
  return new Date(Date.UTC(2026, 0, 1) + random(100 * 365) * DAY_MS + random(86_400) * 1000);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The date as openssl and GnuTLS show it. */
export function dateSaid(date: Date): { openssl: string; gnutls: string } {
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = date.getUTCDate();
  const clock = date.toISOString().slice(11, 19);
  const year = date.getUTCFullYear();
  const weekday = DAYS[date.getUTCDay()] ?? '';
  return {
    openssl: `${month} ${day} ${clock} ${year} GMT`,
    // GnuTLS shows what was before 1970 as the beginning of 1970.
    gnutls:
      date.getTime() < 0
        ? 'Thu Jan 01 00:00:00 UTC 1970'
        : `${weekday} ${month} ${String(day).padStart(2, '0')} ${clock} UTC ${year}`,
  };
}

/** Attribute types, and their keywords in openssl where those are not ours. */
const TYPES: readonly { type: string; openssl?: string }[] = [
  { type: OID.commonName },
  { type: OID.organizationName },
  { type: OID.organizationalUnitName },
  { type: OID.localityName },
  { type: OID.streetAddress, openssl: 'street' },
  { type: OID.userId },
  { type: OID.domainComponent },
  { type: OID.givenName },
  { type: OID.title },
  { type: OID.serialNumber },
  { type: '2.999.77' },
];

const TEXTS = [
  'みほん信用金庫',
  '鈴木 太郎',
  'Straße, Nr. 1',
  'a+b=c;d<e>f"g\\h',
  '#hash',
  ' leading and trailing ',
  '東京\u{1d400}\u{2000b}',
  '髙﨑',
  'tab\tand\nline',
  '😀',
  '00012345678 suzuki01 1394 2027-12',
];
const PLAIN_TEXTS = ['Example', 'Co-op 7', 'Mihon Bank', "O'Neill (Jr.)", 'a/b:c', '0123'];

const encoders: Readonly<Record<number, (text: string) => Uint8Array>> = {
  [UTF8_STRING]: (text) => new TextEncoder().encode(text),
  [BMP_STRING]: (text) => wide(text, 2),
  [UNIVERSAL_STRING]: (text) => wide(text, 4),
  [TELETEX_STRING]: (text) => Uint8Array.from(text, (character) => character.charCodeAt(0)),
};

/** A name of one to five parts in any string types, and how openssl shows it. */
export function randomName(random: Random): { name: Name; openssl: string; isPlain: boolean } {
  const isPlain = random(3) === 0;
  const rdns = Array.from({ length: 1 + random(5) }, () => {
    const length = random(8) === 0 ? 2 : 1;
    return setOf(Array.from({ length }, () => randomAttribute(random, isPlain)));
  });
  const name = parseName(encodeDer(sequence(...rdns)));
  return { name, openssl: asOpenssl(name), isPlain };
}

function randomAttribute(random: Random, isPlain: boolean): ReturnType<typeof sequence> {
  const { type } = isPlain ? pick(random, TYPES.slice(0, 4)) : pick(random, TYPES);
  const { tag, octets } = isPlain
    ? ascii(random, [PRINTABLE_STRING, UTF8_STRING])
    : randomString(random);
  return sequence(objectIdentifier(type), primitive(tag, octets));
}

type Text = { readonly tag: number; readonly octets: Uint8Array };

function ascii(random: Random, tags: readonly number[]): Text {
  return { tag: pick(random, tags), octets: new TextEncoder().encode(pick(random, PLAIN_TEXTS)) };
}

function randomString(random: Random): Text {
  const tag = pick(random, [
    UTF8_STRING,
    UTF8_STRING,
    BMP_STRING,
    UNIVERSAL_STRING,
    TELETEX_STRING,
    0,
  ]);
  if (tag === 0) {
    const type = pick(random, [PRINTABLE_STRING, IA5_STRING, NUMERIC_STRING]);
    if (type === NUMERIC_STRING) return { tag: type, octets: new TextEncoder().encode('0123 45') };
    return ascii(random, [type]);
  }
  const fits = TEXTS.filter((text) => fitsIn(tag, text));
  const text = pick(random, fits);
  return { tag, octets: (encoders[tag] ?? encoders[UTF8_STRING])?.(text) ?? new Uint8Array(0) };
}

function fitsIn(tag: number, text: string): boolean {
  if (tag === BMP_STRING) return !/[\u{10000}-\u{10ffff}]/u.test(text);
  return tag !== TELETEX_STRING || /^[\x20-\x7e\xa0-\xff]*$/.test(text);
}

function wide(text: string, octets: 2 | 4): Uint8Array {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * octets));
  for (const [i, point] of points.entries()) {
    if (octets === 2) view.setUint16(2 * i, point);
    else view.setUint32(4 * i, point);
  }
  return new Uint8Array(view.buffer);
}

/** openssl goes backwards inside a part too, and has some other keywords. */
function asOpenssl(name: Name): string {
  const rdns = name.rdns.map((rdn) => rdn.toReversed());
  let text = showName({ ...name, rdns });
  for (const { type, openssl } of TYPES) {
    if (openssl === undefined || type !== OID.streetAddress) continue;
    text = text.replace(/(^|[,+])STREET=/g, `$1${openssl}=`);
  }
  return text.replace(/#[0-9a-f]+|\\[0-9a-f]{2}/g, (hex) => hex.toUpperCase());
}
