// Codes that people read out and type: eight letters and digits that cannot be mistaken. What a code opens is
// decided where it is used.
import { Refusal } from '../errors.ts';

const LOOKS_LIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };
const FORM = /^[0-9A-Z]{8}$/;

/** The letters and digits of codes (40 bits in eight): no I, L, O and U, since they are read out on the phone. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A code as it is kept, however it was read out or typed; refuses (`invalid-input`) what is none.
 * The letters that are not in the alphabet are taken for those they look like; wide ones for narrow ones.
 */
export function parseTypedCode(text: string): string {
  const plain = text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');
  if (!FORM.test(plain)) throw new Refusal('invalid-input', 'a code has 8 letters and digits');
  return plain.replaceAll(/[ILOU]/g, (letter) => LOOKS_LIKE[letter] ?? letter);
}

/** A code as it is shown: in two groups of four. */
export function showCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
