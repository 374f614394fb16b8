// One line of a file of users, read strictly. What spreadsheets do to IDs is undone where that is certain, and
// named where it is not: zeros that are lost cannot be put back by guessing.
import { Refusal } from '../errors.ts';
import { isPostalCode, plainPostalCode } from './contract-facts.ts';
import { LINK, parseReading, UNSEEN } from './display-name.ts';
import { type ImportColumn, type ImportHeader, lastRequiredPlace } from './import-columns.ts';
import { type ImportFault, type ImportFaultKind, shownValue } from './import-faults.ts';
import { isMailAddress } from './mail-address.ts';
import type { Role } from './person.ts';

/** A user, and what the line says of the contract. */
export type ImportRow = {
  readonly line: number;
  readonly contract: string;
  readonly contractName: string | null;
  readonly contractKana: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly user: string;
  readonly name: string;
  readonly kana: string | null;
  readonly role: Role;
  readonly mail: string | null;
};

/** A line as it was read. */
export type ReadLine = {
  readonly line: number;
  readonly fields: readonly string[];
  readonly isBroken: boolean;
};

/** What a line gave; of a faulty one the contract that it probably belongs to, which is then incomplete. */
export type ReadRow =
  | { readonly row: ImportRow }
  | { readonly faults: readonly ImportFault[]; readonly contract: string | null };

const LONGEST = 200;
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['管理者', 'administrator'],
  ['administrator', 'administrator'],
  ['利用者', 'user'],
  ['user', 'user'],
]);
/** Of our own files: a field that a spreadsheet would take for a formula is written with this before it. */
const GUARDED = /^'(?=\s*[=+\-@\t\r＝＋－＠'])/;
const AS_FORMULA = /^="([^"]*)"$/;
const FORMULA = /^[=+@-]/;

type Found = ImportFaultKind | null;
type Check = (value: string) => Found;

const UNREADABLE: readonly (readonly [ImportFaultKind, RegExp])[] = [
  ['lost-character', /\u{FFFD}/u],
  ['private-character', /\p{Co}/u],
  ['control-character', UNSEEN],
];

const CHECKS: Readonly<Record<ImportColumn, Check>> = {
  contract: contractFault,
  'contract-name': textFault,
  'contract-kana': kanaFault,
  'postal-code': (value) =>
    value === '' || isPostalCode(plainPostalCode(value)) ? null : 'postal-code-form',
  address: textFault,
  user: userFault,
  name: (value) => (value === '' ? 'name-missing' : textFault(value)),
  kana: kanaFault,
  role: roleFault,
  mail: (value) => (value === '' || isMailAddress(value) ? null : 'mail-form'),
};

/** Reads a line under its header. */
export function readImportRow({ line, fields, isBroken }: ReadLine, header: ImportHeader): ReadRow {
  const at = (column: ImportColumn) => cleaned(fields[header.get(column) ?? -1] ?? '');
  const isGuarded = (column: ImportColumn) =>
    GUARDED.test((fields[header.get(column) ?? -1] ?? '').trim());
  const contract = contractOf(at('contract'));
  const whole = wholeFault({ fields, isBroken }, header);
  if (whole !== null) {
    return {
      faults: [{ line, column: null, kind: whole, value: shownValue(fields.join(',')) }],
      contract,
    };
  }
  const faults = [...header.keys()].flatMap((column): ImportFault[] => {
    const value = at(column);
    const kind = UNREADABLE.find(([, signs]) => signs.test(value))?.[0] ?? CHECKS[column](value);
    if (kind === null || (kind === 'formula' && isGuarded(column))) return [];
    return [{ line, column, kind, value: shownValue(value) }];
  });
  if (faults.length > 0) return { faults, contract };
  return { row: rowOf(line, at) };
}

function rowOf(line: number, at: (column: ImportColumn) => string): ImportRow {
  return {
    line,
    contract: at('contract').normalize('NFKC'),
    contractName: orNull(at('contract-name')),
    contractKana: parseReading(at('contract-kana')),
    postalCode: orNull(plainPostalCode(at('postal-code'))),
    address: orNull(at('address')),
    user: at('user'),
    name: at('name'),
    kana: parseReading(at('kana')),
    role: ROLES.get(at('role').toLowerCase()) ?? 'user',
    mail: orNull(at('mail')),
  };
}

function cleaned(field: string): string {
  const plain = field.trim();
  const inFormula = AS_FORMULA.exec(plain)?.[1];
  return (inFormula ?? plain.replace(GUARDED, '')).trim();
}

function wholeFault(
  { fields, isBroken }: Pick<ReadLine, 'fields' | 'isBroken'>,
  header: ImportHeader,
): Found {
  if (isBroken) return 'quotes';
  if (fields.length <= lastRequiredPlace(header)) return 'fields-missing';
  const places = new Set(header.values());
  const isExtra = fields.some((field, place) => !places.has(place) && field.trim() !== '');
  return isExtra ? 'fields-extra' : null;
}

function contractFault(value: string): Found {
  const plain = value.normalize('NFKC');
  if (plain === '') return 'contract-missing';
  if (/^[0-9]{11}$/.test(plain)) return null;
  if (/^[0-9]{1,10}$/.test(plain)) return 'contract-zeros-lost';
  if (/^[0-9.]+E\+?[0-9]+$/i.test(plain)) return 'contract-exponent';
  return 'contract-form';
}

/** The contract that a line is of, where that can be said: lost zeros would have stood before the rest. */
function contractOf(value: string): string | null {
  const plain = value.normalize('NFKC');
  return /^[0-9]{1,11}$/.test(plain) ? plain.padStart(11, '0') : null;
}

function userFault(value: string): Found {
  if (value === '') return 'user-missing';
  if (/^[A-Za-z0-9]{1,30}$/.test(value)) return null;
  return /^[A-Za-z0-9]{1,30}$/.test(value.normalize('NFKC')) ? 'user-full-width' : 'user-form';
}

function roleFault(value: string): Found {
  if (value === '') return 'role-missing';
  return ROLES.has(value.toLowerCase()) ? null : 'role-unknown';
}

function textFault(value: string): Found {
  if (value.length > LONGEST) return 'too-long';
  if (LINK.test(value)) return 'link';
  return FORMULA.test(value) ? 'formula' : null;
}

function kanaFault(value: string): Found {
  if (value.length > LONGEST) return 'too-long';
  try {
    parseReading(value);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return 'kana-form';
    throw error;
  }
}

function orNull(value: string): string | null {
  return value === '' ? null : value;
}
