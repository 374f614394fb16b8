// Signed notes (C2SP signed-note) with Ed25519: a text, and below it who signed it. Not what the text
// says, and no private key: signing and verifying are the caller's.

import { equalOctets } from '../asn1/octets.ts';
import { Refusal } from '../errors.ts';
import { parsePublicKey } from '../x509/public-key.ts';
import type { Verifier } from '../x509/signature.ts';
import { type Hash, octetsFromBase64 } from './tree-hash.ts';

/** Who signs notes, as those know them who verify. */
export type NoteKey = {
  /** Without spaces and plus signs. */
  readonly name: string;
  /** The first four octets of a hash of name and key. */
  readonly id: Uint8Array;
  /** RFC 8032: 32 octets. */
  readonly publicKey: Uint8Array;
};

/** A note with a good signature. */
export type OpenedNote = { readonly text: string; readonly [OPENED]: true };

const OPENED = Symbol('opened');
const ED25519 = 0x01;
const ID_OCTETS = 4;
const KEY_OCTETS = 32;
const SIGNATURE_OCTETS = 64;
/** RFC 8410 §4: what a SubjectPublicKeyInfo of Ed25519 holds before the key. */
const SPKI_START = Uint8Array.fromHex('302a300506032b6570032100');
const NAME = /^[^\s+]+$/u;
/** Anything below the space but a line feed. */
const CONTROL = /[^\n\u0020-\u{10FFFF}]/u;
const utf8 = new TextEncoder();

/** The key of a name. */
export function noteKey(name: string, publicKey: Uint8Array, hash: Hash): NoteKey {
  if (!NAME.test(name)) throw new Refusal('malformed', 'note: not the name of a key');
  if (publicKey.length !== KEY_OCTETS) throw new Refusal('malformed', 'note: not a key of Ed25519');
  const typed = withType(publicKey);
  const id = hash(octetsOf(utf8.encode(`${name}\n`), typed)).slice(0, ID_OCTETS);
  return { name, id, publicKey };
}

/** A key in the one line that Go's note library calls a verifier key. */
export function formatNoteKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id.toHex()}+${withType(publicKey).toBase64()}`;
}

/** Reads such a line; throws Refusal('malformed'). */
export function parseNoteKey(line: string, hash: Hash): NoteKey {
  const [, name = '', id = '', base64 = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line) ?? [];
  const typed = octetsFromBase64(base64, 'note key');
  if (typed[0] !== ED25519) throw new Refusal('malformed', 'note key: not a key of Ed25519');
  const key = noteKey(name, typed.slice(1), hash);
  if (key.id.toHex() !== id) throw new Refusal('malformed', 'note key: its ID is of another key');
  return key;
}

/** Signs a text of whole lines. */
export function signNote(
  text: string,
  { name, id }: NoteKey,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  if (!text.endsWith('\n') || CONTROL.test(text)) throw new RangeError('not the text of a note');
  const signature = octetsOf(id, sign(utf8.encode(text)));
  return `${text}\n— ${name} ${signature.toBase64()}\n`;
}

/**
 * The text of a note once the key's signature is found to be good. Throws Refusal('malformed'), or
 * 'bad-signature' where this key has not signed it.
 */
export function openNote(note: string, key: NoteKey, verifier: Verifier<boolean>): OpenedNote {
  const { text, lines } = splitNote(note);
  const own = lines.map(signatureFrom).filter((one) => isBy(key, one));
  const message = utf8.encode(text);
  const signer = parsePublicKey(octetsOf(SPKI_START, key.publicKey));
  // C2SP signed-note: a signature by a known key that is not good spoils the whole note.
  const isGood = own.every(({ signature }) =>
    verifier({ algorithm: { scheme: 'ed25519' }, key: signer, message, signature }),
  );
  if (own.length === 0 || !isGood) {
    throw new Refusal('bad-signature', `note: not signed by ${key.name}`);
  }
  return { text, [OPENED]: true };
}

/** The text of a note without a look at who signed it, for what is proved in another way. */
export function unverifiedText(note: string): string {
  return splitNote(note).text;
}

type NoteSignature = {
  readonly name: string;
  readonly id: Uint8Array;
  readonly signature: Uint8Array;
};

function splitNote(note: string): { readonly text: string; readonly lines: readonly string[] } {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || CONTROL.test(note)) {
    throw new Refusal('malformed', 'note: not a text with signatures below it');
  }
  return { text: note.slice(0, end + 1), lines: note.slice(end + 2, -1).split('\n') };
}

function signatureFrom(line: string): NoteSignature {
  const [, name, base64] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  if (name === undefined || base64 === undefined) {
    throw new Refusal('malformed', 'note: not the line of a signature');
  }
  const octets = octetsFromBase64(base64, 'note signature');
  if (octets.length <= ID_OCTETS) throw new Refusal('malformed', 'note: an empty signature');
  return { name, id: octets.slice(0, ID_OCTETS), signature: octets.slice(ID_OCTETS) };
}

function isBy(key: NoteKey, { name, id, signature }: NoteSignature): boolean {
  return name === key.name && equalOctets(id, key.id) && signature.length === SIGNATURE_OCTETS;
}

function withType(publicKey: Uint8Array): Uint8Array {
  return octetsOf(Uint8Array.of(ED25519), publicKey);
}

function octetsOf(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
