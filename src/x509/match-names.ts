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
export function comparableText(text: string): string {
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
  const rest = [...b];
  return a.every((attribute) => {
    const at = rest.findIndex((other) => isSameAttribute(attribute, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

function isSameAttribute(a: NameAttribute, b: NameAttribute): boolean {
  if (a.type !== b.type) return false;
  if (equalOctets(a.valueDer, b.valueDer)) return true;
  if (a.value === undefined || b.value === undefined) return false;
  // TeletexString has no certain alphabet: only its octets can be compared.
  if (a.tag === TELETEX_STRING || b.tag === TELETEX_STRING) return false;
  return comparableText(a.value) === comparableText(b.value);
}

function collapseSpaces(text: string): string {
  return text.replace(/ {2,}/g, ' ').replace(/^ | $/g, '');
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
