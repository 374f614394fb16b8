// Reads application/x-www-form-urlencoded strictly: what a browser's form never sends is refused, not repaired.
import { isUtf8 } from 'node:buffer';
import { Refusal } from '../errors.ts';

/** The fields of a form; each name appears once. */
export type Form = Readonly<Record<string, string>>;

const MAX_FIELDS = 200;

/** Reads a form's bytes; duplicates, broken UTF-8, broken escapes and NUL are `Refusal('invalid-input')`. */
export function readForm(bytes: Uint8Array): Form {
  const form = new Map<string, string>();
  if (!isUtf8(bytes)) throw refused('text that is not UTF-8');
  const body = Buffer.from(bytes).toString('utf8');
  if (body === '') return {};
  const pairs = body.split('&');
  if (pairs.length > MAX_FIELDS) throw refused('too many fields');
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw refused('a field without a name or value');
    const name = decode(pair.slice(0, equals));
    if (form.has(name)) throw refused('a field appears twice');
    form.set(name, decode(pair.slice(equals + 1)));
  }
  return Object.fromEntries(form);
}

/** Every escaped value is UTF-8 by itself: decodeURIComponent refuses what is not (ECMA-262, Decode). */
function decode(escaped: string): string {
  const text = unescaped(escaped.replaceAll('+', ' '));
  if (text.includes('\0')) throw refused('a NUL character');
  return text;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw refused('a broken escape', cause);
  }
}

function refused(what: string, cause?: unknown): Refusal {
  return new Refusal('invalid-input', `form: ${what}`, { cause });
}
