// Reads multipart/form-data (RFC 7578) strictly, as browsers send a form with a file. Not a reader of mails.
import { isUtf8 } from 'node:buffer';
import { Refusal } from '../errors.ts';
import type { Form } from './form-body.ts';

/** A file of a form. */
export type FormFile = { readonly name: string; readonly octets: Uint8Array };

/** The fields of a form, and its files by the names of their fields; each name appears once. */
export type MultipartForm = {
  readonly fields: Form;
  readonly files: ReadonlyMap<string, FormFile>;
};

const MAX_PARTS = 20;
const LONGEST_HEAD = 2_048;
// RFC 2046 §5.1.1: what a boundary may consist of; browsers quote none of theirs.
const BOUNDARY = /;\s*boundary="?([0-9A-Za-z'()+_,\-./:=?]{1,70})"?\s*(?:;|$)/i;
const DISPOSITION = /^form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/;

/** Reads a form's bytes; anything that no browser sends is `Refusal('invalid-input')`. */
export function readMultipart(bytes: Uint8Array, contentType: string): MultipartForm {
  const boundary = BOUNDARY.exec(contentType)?.[1];
  if (boundary === undefined) throw refused('no boundary');
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const line = Buffer.from(`--${boundary}`);
  const between = Buffer.from(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  const files = new Map<string, FormFile>();
  if (!body.subarray(0, line.length).equals(line)) throw refused('no first boundary');
  let at = line.length;
  for (let parts = 0; !startsWith(body, at, '--'); parts += 1) {
    if (parts === MAX_PARTS) throw refused('too many parts');
    if (!startsWith(body, at, '\r\n')) throw refused('a boundary that goes on');
    const end = body.indexOf(between, at);
    if (end === -1) throw refused('a part without an end');
    const part = partOf(body.subarray(at + 2, end));
    if (fields.has(part.field) || files.has(part.field)) throw refused('a field appears twice');
    if (part.fileName === undefined) fields.set(part.field, textOf(part.octets));
    else files.set(part.field, { name: part.fileName, octets: part.octets });
    at = end + between.length;
  }
  return { fields: Object.fromEntries(fields), files };
}

type Part = {
  readonly field: string;
  readonly fileName: string | undefined;
  readonly octets: Uint8Array;
};

function partOf(part: Buffer): Part {
  const headEnd = part.indexOf('\r\n\r\n');
  if (headEnd === -1 || headEnd > LONGEST_HEAD) throw refused('a part without a head');
  const headers = textOf(part.subarray(0, headEnd)).split('\r\n');
  const disposition = headers
    .map((header) => /^content-disposition:\s*(.*)$/i.exec(header)?.[1])
    .find((value) => value !== undefined);
  const [, field, fileName] = DISPOSITION.exec(disposition ?? '') ?? [];
  if (field === undefined) throw refused('a part that is no field of a form');
  const name = fileName === undefined ? undefined : unescaped(fileName);
  return { field: unescaped(field), fileName: name, octets: part.subarray(headEnd + 4) };
}

/** HTML Living Standard §4.10.22.8: a browser escapes these three, and nothing else. */
function unescaped(name: string): string {
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}

function textOf(octets: Uint8Array): string {
  if (!isUtf8(octets)) throw refused('text that is not UTF-8');
  const text = Buffer.from(octets).toString('utf8');
  if (text.includes('\0')) throw refused('a NUL character');
  return text;
}

function startsWith(body: Buffer, at: number, text: string): boolean {
  return body.subarray(at, at + text.length).toString('latin1') === text;
}

function refused(what: string): Refusal {
  return new Refusal('invalid-input', `form: ${what}`);
}
