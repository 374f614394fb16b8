// Reads application/x-www-form-urlencoded strictly: what a browser's form never sends is refused, not repaired.
import { isUtf8 } from 'node:buffer';
import { Refusal } from '../errors.ts';

/** The fields of a form; each name appears once. */
export type Form = Readonly<Record<string, string>>;

const MAX_FIELDS = 200;
const HEX_PAIR = /^[0-9a-fA-F]{2}$/;

/** Reads a form's bytes; duplicates, broken UTF-8, broken escapes and NUL are `Refusal('invalid-input')`. */
export function readForm(bytes: Uint8Array): Form {
  const form = new Map<string, string>();
  const body = Buffer.from(bytes).toString('latin1');
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

const PLAIN = /^[!-$&-*,-~]*$/;

function decode(escaped: string): string {
  // Most values have nothing to decode.
  if (PLAIN.test(escaped)) return escaped;
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i++) {
    const char = escaped.charAt(i);
    if (char === '%') {
      const pair = escaped.slice(i + 1, i + 3);
      if (!HEX_PAIR.test(pair)) throw refused('a broken escape');
      bytes.push(Number.parseInt(pair, 16));
      i += 2;
    } else {
      bytes.push(char === '+' ? 0x20 : char.charCodeAt(0));
    }
  }
  if (!isUtf8(Uint8Array.from(bytes))) throw refused('text that is not UTF-8');
  const text = Buffer.from(bytes).toString('utf8');
  if (text.includes('\0')) throw refused('a NUL character');
  return text;
}

function refused(what: string): Refusal {
  return new Refusal('invalid-input', `form: ${what}`);
}
