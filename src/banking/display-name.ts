// Names of companies and people, as pages show them: any script, on one line. Not the names in certificates.
import { Refusal } from '../errors.ts';

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
