// What one line in the console's search box can be: an ID, a number, a serial in any notation, a name. It is often
// several at once; each is looked for.
import { CODE_ALPHABET } from './typed-code.ts';

/** What a text may mean; absent is what it cannot. */
export type SearchText = {
  /** A contract ID, or its beginning. */
  readonly contract?: string;
  /** A user ID, in small letters. */
  readonly user?: string;
  /** A serial number, big-endian, without leading zeros. */
  readonly serials: readonly Uint8Array[];
  readonly inquiry?: string;
  /** The beginning of a name or its reading, as it was typed. */
  readonly name?: string;
};

const LONGEST = 200;
const LEAST_OF_CONTRACT = 4;
/** A serial has at least 64 bits and at most 20 octets; shorter numbers are IDs. */
const LEAST_HEX = 16;
const MOST_HEX = 42;
const LEAST_DECIMAL = 18;
const MOST_DECIMAL = 49;

/** Every reading of what was typed; none of them for nothing. */
export function readSearchText(typed: string): SearchText {
  const text = typed.normalize('NFKC').trim();
  if (text === '' || text.length > LONGEST) return { serials: [] };
  const joined = text.replaceAll(/[\s-]/g, '');
  const inquiry = inquiryIn(joined.toUpperCase());
  return {
    ...(/^[0-9]+$/.test(joined) &&
      joined.length >= LEAST_OF_CONTRACT &&
      joined.length <= 11 && { contract: joined }),
    ...(/^[A-Za-z0-9]{1,30}$/.test(text) && { user: text.toLowerCase() }),
    serials: serialsIn(text),
    ...(inquiry !== undefined && { inquiry }),
    // Digits alone are nobody's name.
    ...(!/^[0-9]+$/.test(joined) && { name: text }),
  };
}

function inquiryIn(text: string): string | undefined {
  if (text.length !== 8) return undefined;
  return Array.from(text).every((one) => CODE_ALPHABET.includes(one)) ? text : undefined;
}

/** Hexadecimal as programs print it (colons, spaces, 0x, either case), or decimal as others do. */
function serialsIn(text: string): readonly Uint8Array[] {
  const plain = text
    .replace(/^(serial( number)?|シリアル(番号)?)\s*[:=]?\s*/i, '')
    .replace(/^0x/i, '')
    .replaceAll(/[\s:]/g, '');
  const found: Uint8Array[] = [];
  if (/^[0-9A-Fa-f]+$/.test(plain) && plain.length >= LEAST_HEX && plain.length <= MOST_HEX) {
    found.push(octetsOf(plain));
  }
  if (/^[0-9]+$/.test(plain) && plain.length >= LEAST_DECIMAL && plain.length <= MOST_DECIMAL) {
    found.push(octetsOf(BigInt(plain).toString(16)));
  }
  return found;
}

function octetsOf(hex: string): Uint8Array {
  const digits = hex.replace(/^0+/, '');
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
