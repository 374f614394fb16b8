// What is on record of a contract (ご契約先) beside its ID and its people: how it is called, and where letters go.
import { Refusal } from '../errors.ts';
import { changedIn, textOf } from './changed-facts.ts';
import { parseDisplayName, parseReading } from './display-name.ts';

/** Name, its reading, and the address of letters; null where something is not known. */
export type ContractFacts = {
  readonly name: string;
  readonly kana: string | null;
  /** Seven digits. */
  readonly postalCode: string | null;
  readonly address: string | null;
};

/** Their names, in the order in which pages show them. */
export const CONTRACT_FACTS = [
  'name',
  'kana',
  'postalCode',
  'address',
] as const satisfies readonly (keyof ContractFacts)[];

/** The facts as typed, in any width; an empty text is none. Refuses `invalid-input`. */
export function parseContractFacts(
  typed: Readonly<Record<keyof ContractFacts, string>>,
): ContractFacts {
  const postalCode = plainPostalCode(typed.postalCode);
  const address = typed.address.trim() === '' ? null : parseDisplayName(typed.address);
  if (postalCode !== '' && (!isPostalCode(postalCode) || address === null)) {
    throw new Refusal('invalid-input', 'a postal code has seven digits, and belongs to an address');
  }
  return {
    name: parseDisplayName(typed.name),
    kana: parseReading(typed.kana),
    postalCode: postalCode === '' ? null : postalCode,
    address,
  };
}

/** The digits of a postal code in half width, however they were written, with 〒 and hyphens or without. */
export function plainPostalCode(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s〒\-‐‑–—−ー]/g, '');
}

/** A postal code as people write it: `530-0001`. */
export function shownPostalCode(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3)}`;
}

/** Whether these are the digits of a postal code. */
export function isPostalCode(plain: string): boolean {
  return /^[0-9]{7}$/.test(plain);
}

/** The facts alone, of what holds more. */
export function factsOf({ name, kana, postalCode, address }: ContractFacts): ContractFacts {
  return { name, kana, postalCode, address };
}

/** The facts as one text, so that equal ones are equal texts. */
export function factsText(facts: ContractFacts): string {
  return textOf(CONTRACT_FACTS, facts);
}

/** The names of what differs. */
export function changedFacts(
  from: ContractFacts,
  to: ContractFacts,
): readonly (keyof ContractFacts)[] {
  return changedIn(CONTRACT_FACTS, from, to);
}
