// The octets of an audit entry that the tree holds: a JSON array of strings and nulls, written as
// RFC 8785 writes it. Version 1; an entry is for ever what it was hashed as, so this never changes.
import { Refusal } from '../errors.ts';

/** An entry as its row is kept, every value in the text that is hashed. */
export type KeptEntry = {
  readonly institution: string;
  /** Its number, decimal. */
  readonly entry: string;
  /** UUID of 122 random bits, so that whoever has only the hash cannot try out entries. */
  readonly salt: string;
  /** Microseconds since 1970, decimal. */
  readonly at: string;
  readonly event: string;
  readonly contract: string | null;
  readonly user: string | null;
  /** SHA-256 of the certificate concerned, hexadecimal. */
  readonly certificate: string | null;
  readonly inquiry: string | null;
  /** JSON as PostgreSQL prints a jsonb: it has one text for each value, numbers to the last digit. */
  readonly detail: string;
};

const MICROSECONDS = 1000;
const VERSION = 'koshin audit entry 1';

/** The text whose UTF-8 is the leaf. */
export function leafText(kept: KeptEntry): string {
  const { institution, entry, salt, at, event, contract, user, certificate, inquiry } = kept;
  // All are strings or null, of which JSON.stringify has exactly RFC 8785's form.
  return JSON.stringify([
    VERSION,
    salt,
    institution,
    entry,
    at,
    event,
    contract,
    user,
    certificate,
    inquiry,
    kept.detail,
  ]);
}

/** Reads a leaf's text; throws Refusal('malformed') for anything that `leafText` does not write. */
export function readLeafText(text: string): KeptEntry {
  const [version, salt, institution, entry, at, event, ...rest] = arrayFrom(text);
  const [contract, user, certificate, inquiry, detail] = rest;
  if (version !== VERSION) throw malformed();
  const kept = {
    institution: stringFrom(institution),
    entry: stringFrom(entry),
    salt: stringFrom(salt),
    at: stringFrom(at),
    event: stringFrom(event),
    contract: stringOrNullFrom(contract),
    user: stringOrNullFrom(user),
    certificate: stringOrNullFrom(certificate),
    inquiry: stringOrNullFrom(inquiry),
    detail: stringFrom(detail),
  };
  if (leafText(kept) !== text) throw malformed();
  return kept;
}

/** When an entry says that it happened, in milliseconds since 1970. */
export function millisecondsOf({ at }: Pick<KeptEntry, 'at'>): number {
  return Number(at) / MICROSECONDS;
}

function arrayFrom(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', 'audit entry: not JSON', { cause });
  }
  throw malformed();
}

function stringFrom(value: unknown): string {
  if (typeof value !== 'string') throw malformed();
  return value;
}

function stringOrNullFrom(value: unknown): string | null {
  return value === null ? null : stringFrom(value);
}

function malformed(): Refusal {
  return new Refusal('malformed', 'audit entry: not in the form in which entries are hashed');
}
