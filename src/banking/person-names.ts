// What a person is called, and how that is read. Not the name in a certificate, which is made of IDs.
import { changedIn, textOf } from './changed-facts.ts';
import { parseDisplayName, parseReading } from './display-name.ts';

/** Name and its reading; null where that is not known. */
export type PersonNames = { readonly name: string; readonly kana: string | null };

/** What they are called in records, in the order in which pages show them. */
export const PERSON_NAMES = ['name', 'kana'] as const satisfies readonly (keyof PersonNames)[];

/** Both as typed; an empty reading is none. Refuses `invalid-input`. */
export function parsePersonNames(typed: {
  readonly name: string;
  readonly kana: string;
}): PersonNames {
  return { name: parseDisplayName(typed.name), kana: parseReading(typed.kana) };
}

/** Both as one text, so that equal ones are equal texts. */
export function personNamesText(names: PersonNames): string {
  return textOf(PERSON_NAMES, names);
}

/** Which of the two differ. */
export function changedNames(from: PersonNames, to: PersonNames): readonly (keyof PersonNames)[] {
  return changedIn(PERSON_NAMES, from, to);
}
