// One line of the file by which certificates of a former authority are imported: whose it is, and either the certificate
// or its number and end. Whether it can be imported is not decided here.
import { type Identity, parseIdentity } from '../banking/identity.ts';
import { endOfTokyoDay, parseTokyoDay } from '../banking/tokyo-calendar.ts';
import { Refusal } from '../errors.ts';

/** The columns, by the names that stand in the first line; those that may be missing come last. */
export const FORMER_COLUMNS = [
  'contract',
  'user',
  'slot',
  'certificate',
  'issuer',
  'serial_hex',
  'serial_decimal',
  'not_after',
  'state',
] as const;

/** A column's name. */
export type FormerColumn = (typeof FORMER_COLUMNS)[number];

/** The cells of a line by column; an absent column's are empty. */
export type FormerCells = Readonly<Record<FormerColumn, string>>;

/** How a certificate stood with the former authority. */
export type FormerState = 'current' | 'suspended' | 'revoked';

/** What a line says of a certificate: itself, or its number. */
export type FormerRow = {
  readonly identity: Identity;
  readonly slot: number;
  readonly state: FormerState;
  /** Name or key of the authority; empty where the file does not say. */
  readonly issuer: string;
  readonly of:
    | { readonly kind: 'certificate'; readonly text: string }
    | { readonly kind: 'number'; readonly serial: Uint8Array; readonly notAfter: Date };
};

const STATES: Readonly<Record<string, FormerState>> = {
  '': 'current',
  valid: 'current',
  current: 'current',
  有効: 'current',
  suspended: 'suspended',
  hold: 'suspended',
  利用停止: 'suspended',
  revoked: 'revoked',
  失効: 'revoked',
};

const MAX_SERIAL_OCTETS = 20;

/** Reads the cells of a line; refuses (`invalid-input`) what is not in its form. */
export function parseFormerRow(cells: FormerCells, institution: string): FormerRow {
  const { contract, user, slot, issuer } = cells;
  const identity = parseIdentity({ institution, contract, user });
  const state = STATES[cells.state.toLowerCase()];
  if (state === undefined) {
    throw invalid('state is valid, suspended or revoked, or empty for valid');
  }
  if (!/^[1-9]?[0-9]?$/.test(slot) || slot === '0') throw invalid('slot is a number from 1');
  const of = certificateIn(cells);
  return { identity, slot: slot === '' ? 1 : Number(slot), state, issuer, of };
}

function certificateIn(cells: FormerCells): FormerRow['of'] {
  const { certificate, serial_hex: hex, serial_decimal: decimal, not_after: notAfter } = cells;
  if (certificate !== '') return { kind: 'certificate', text: certificate };
  if (hex !== '' && decimal !== '') throw invalid('one of serial_hex and serial_decimal');
  if (hex === '' && decimal === '') throw invalid('certificate, serial_hex or serial_decimal');
  const serial = hex === '' ? decimalSerial(decimal) : hexSerial(hex);
  return { kind: 'number', serial, notAfter: parseNotAfter(notAfter) };
}

/** The content octets of a number in hexadecimal: with colons, spaces, hyphens or none, with `0x` or without. */
function hexSerial(text: string): Uint8Array {
  const digits = text
    .normalize('NFKC')
    .replace(/^0x/i, '')
    .replaceAll(/[:\s-]/g, '');
  if (!/^[0-9a-f]+$/i.test(digits)) throw invalid('serial_hex is a number in hexadecimal');
  return serialOf(BigInt(`0x${digits}`));
}

/** The same of one in decimal. */
function decimalSerial(text: string): Uint8Array {
  const digits = text.normalize('NFKC').replaceAll(/[\s,]/g, '');
  if (!/^[0-9]+$/.test(digits)) throw invalid('serial_decimal is a number in decimal');
  return serialOf(BigInt(digits));
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
function serialOf(number: bigint): Uint8Array {
  const hex = number.toString(16);
  const whole = hex.length % 2 === 0 ? hex : `0${hex}`;
  const octets = Uint8Array.fromHex(whole);
  const isNegative = (octets[0] ?? 0) >= 0x80;
  const serial = isNegative ? Uint8Array.fromHex(`00${whole}`) : octets;
  if (number === 0n || serial.length > MAX_SERIAL_OCTETS) {
    throw invalid('a serial number is positive and has at most 20 octets');
  }
  return serial;
}

/** A day in Tokyo, whose last second is meant, or an instant with its zone. */
function parseNotAfter(text: string): Date {
  const day = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  if (day !== null) {
    const [, year = '', month = '', date = ''] = day;
    const written = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    return endOfTokyoDay(parseTokyoDay(written));
  }
  const isInstant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text);
  const instant = new Date(text.replace(' ', 'T'));
  if (isInstant && !Number.isNaN(instant.getTime())) return instant;
  throw invalid('not_after is a day (2027-03-31), or an instant with its zone');
}

function invalid(message: string): Refusal {
  return new Refusal('invalid-input', message);
}
