// Names of companies and people, as pages show them: any script, on one line. Not the names in certificates.
import { Refusal } from '../errors.ts';

/** What a reading is written in: kana, and what stands between or beside them in companies' names. */
const READING = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・()&,.\- A-Za-z0-9]+$/u;
const HIRAGANA = /[ぁ-ゖ]/g;
const TO_KATAKANA = 0x60;

const LONGEST_NAME = 200;
/**
 * Controls, marks of direction and other signs that nobody sees, halves of characters and ends of lines. Not the
 * selectors of variants, by which 葛󠄀 is written.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5/u;
/** What was lost on the way, and what means something else on each machine. */
const UNREADABLE = /[\p{Co}\uFFFD]/u;
/** Names stand in mails, of which every one says that it has no link. */
export const LINK = /:\/\/|\bwww\./i;

/**
 * The name without spaces around it and with one where there are several, as a page shows it. Refuses (`invalid-input`)
 * one that no page could show as it is, and what a mail program would make a link of.
 */
export function parseDisplayName(input: string): string {
  const name = input
    .trim()
    .replaceAll(/\p{Zs}+/gu, (spaces) => (spaces === '\u3000' ? spaces : ' '));
  if (name === '' || name.length > LONGEST_NAME) {
    throw new Refusal('invalid-input', `a name has 1 to ${LONGEST_NAME} characters`);
  }
  if (UNSEEN.test(name) || UNREADABLE.test(name)) {
    throw new Refusal('invalid-input', 'a name has no control characters or marks of direction');
  }
  if (LINK.test(name)) throw new Refusal('invalid-input', 'a name is no link');
  return name;
}

/**
 * How a name is read, in katakana of full width, however it was typed; null for nothing. Refuses (`invalid-input`)
 * what is no reading.
 */
export function parseReading(input: string | null): string | null {
  const plain = (input ?? '').normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
  if (plain === '') return null;
  const reading = plain.replaceAll(HIRAGANA, (one) =>
    String.fromCharCode(one.charCodeAt(0) + TO_KATAKANA),
  );
  if (reading.length <= LONGEST_NAME && READING.test(reading)) return reading;
  throw new Refusal('invalid-input', `a reading is in kana, of 1 to ${LONGEST_NAME} characters`);
}
