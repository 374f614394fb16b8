// Names of companies and people, as pages show them: any script, on one line. Not the names in certificates.
import { Refusal } from '../errors.ts';

/** What a reading is written in: kana, and what stands between or beside them in companies' names. */
const READING = /^[\p{Script=Katakana}\p{Script=Hiragana}ー・()&,.\- A-Za-z0-9]+$/u;
const HIRAGANA = /[ぁ-ゖ]/g;
const TO_KATAKANA = 0x60;

const LONGEST_NAME = 200;
/** Controls, marks of direction and other invisible signs, halves of characters, ends of lines. */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The name without spaces around it; refuses (`invalid-input`) one that no page could show as it is. */
export function parseDisplayName(input: string): string {
  const name = input.trim();
  if (name === '' || name.length > LONGEST_NAME) {
    throw new Refusal('invalid-input', `a name has 1 to ${LONGEST_NAME} characters`);
  }
  if (UNSHOWABLE.test(name)) {
    throw new Refusal('invalid-input', 'a name has no control characters or marks of direction');
  }
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
