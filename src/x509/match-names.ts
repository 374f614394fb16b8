// Whether two distinguished names are the same by RFC 5280 §7.1: for chains of foreign make.
// Not for issuing: there the issuer's name is copied octet by octet.
import { equalOctets } from '../asn1/octets.ts';
import { TELETEX_STRING } from '../asn1/tag.ts';
import type { Name, NameAttribute, RelativeName } from './name.ts';

/** Whether both names are the same: case, inner spaces and string type do not count. */
export function isSameName(a: Name, b: Name): boolean {
  if (equalOctets(a.der, b.der)) return true;
  return a.rdns.length === b.rdns.length && isWithin(a, b);
}

/** Whether `name` begins with all of `subtree`: the rule of a directory name constraint. */
export function isWithin(name: Name, subtree: Name): boolean {
  if (subtree.rdns.length > name.rdns.length) return false;
  return subtree.rdns.every((rdn, i) => isSameRdn(rdn, name.rdns[i] ?? []));
}

/** Text as it is compared: RFC 4518 §2, folded, with spaces that do not count taken out. */
function comparableText(text: string): string {
  if (!/[^\x20-\x7e]/.test(text)) return collapseSpaces(text.toLowerCase());
  const mapped = text.replace(MAPPED_TO_SPACE, ' ').replace(MAPPED_TO_NOTHING, '');
  return collapseSpaces(foldCase(mapped.normalize('NFKC')).normalize('NFKC'));
}

/** RFC 4518 §2.2: white space and separators, looked for first. */
const MAPPED_TO_SPACE = /[\t-\r\x85\p{Z}]/gu;

/** RFC 4518 §2.2: controls, formatting, variation selectors, soft hyphens, object replacement. */
const MAPPED_TO_NOTHING = /\p{Cc}|\p{Cf}|\p{Variation_Selector}|\u034f|\u1806|\ufffc/gu;

function isSameRdn(a: RelativeName, b: RelativeName): boolean {
  if (a.length !== b.length) return false;
  const [first] = a;
  const [other] = b;
  if (a.length === 1 && first !== undefined && other !== undefined) {
    return isSameAttribute(first, other);
  }
  // Sorted, so that a set of thousands is not compared each with each.
  const others = b.map(keyOf).sort(compareText);
  return a
    .map(keyOf)
    .sort(compareText)
    .every((key, i) => key === others[i]);
}

function isSameAttribute(a: NameAttribute, b: NameAttribute): boolean {
  if (a.type !== b.type) return false;
  return equalOctets(a.valueDer, b.valueDer) || keyOf(a) === keyOf(b);
}

/** Characters; RFC 5280 appendix A.1 allows 64 to 128 in nearly all attributes. */
const MAX_TEXT = 256;

/** Names in a path are compared many times, each attribute is prepared once. */
const keys = new WeakMap<NameAttribute, string>();

/** The same for two attributes if and only if they are the same by RFC 5280 §7.1. */
function keyOf(attribute: NameAttribute): string {
  const known = keys.get(attribute);
  if (known !== undefined) return known;
  const { type, tag, value, valueDer } = attribute;
  // TeletexString has no certain alphabet: only its octets can be compared.
  // We differ: so are long texts; to normalise one takes the square of the marks on one letter.
  const key =
    value === undefined || tag === TELETEX_STRING || value.length > MAX_TEXT
      ? `${type}#${valueDer.toHex()}`
      : `${type}=${comparableText(value)}`;
  keys.set(attribute, key);
  return key;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** RFC 4518 §2.6.1: what carries a combining mark is no space. */
const RUN_OF_SPACES = /(?: (?!\p{M})){2,}/gu;
const OUTER_SPACE = /^ (?!\p{M})| $/gu;

function collapseSpaces(text: string): string {
  return text.replace(RUN_OF_SPACES, ' ').replace(OUTER_SPACE, '');
}

/**
 * Case folding from what the language has: by way of capitals, so that ß is ss, but character by
 * character, so that a final sigma is a sigma; dotless i stays itself.
 */
function foldCase(text: string): string {
  let folded = '';
  for (const character of text) {
    folded += character === 'ı' ? character : character.toLowerCase().toUpperCase().toLowerCase();
  }
  return folded;
}
