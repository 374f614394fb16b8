// A person's mail address, of the forms that people have, and whether to write to it.
import { Refusal } from '../errors.ts';

/** RFC 5321 §4.5.3.1.3: a path has 256 octets, two of them its brackets. */
const LONGEST = 254;
/**
 * RFC 5321 §4.1.2 without quotes, address literals and other letters than ASCII's: what nobody types. No domain ends in
 * a label that begins with a digit (RFC 3696 §2): it would be read as a number, and the mail go to an IP address.
 */
const FORM = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*$/;

/** A person's mail address, and when mail came back from it. */
export type MailPlace = { readonly address: string | null; readonly bouncedAt: Date | null };

/** Where mail may be sent: an address that mail came back from is none. */
export function usableAddress({ address, bouncedAt }: MailPlace): string | null {
  return bouncedAt === null ? address : null;
}

/** The address as typed, full-width letters too; null for an empty text. Refuses `invalid-input`. */
export function parseMailAddress(typed: string): string | null {
  const address = typed.normalize('NFKC').trim();
  if (address === '') return null;
  if (isMailAddress(address)) return address;
  throw new Refusal('invalid-input', 'this is no mail address');
}

/** Whether it has the form, in half-width letters. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST && FORM.test(text);
}
