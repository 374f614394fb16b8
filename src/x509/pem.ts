// Textual encodings of RFC 7468: one labelled block out of whatever text surrounds it, and back.
// Not here: encrypted PEM with headers of its own (RFC 1421), which is refused.
import { Refusal } from '../errors.ts';

/** What a block holds, by the label that is written. */
export type PemLabel =
  | 'CERTIFICATE'
  | 'CERTIFICATE REQUEST'
  | 'X509 CRL'
  | 'PUBLIC KEY'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'PKCS7';

/** Labels that programs write for the same thing. */
const OTHER_LABELS: Readonly<Record<string, PemLabel>> = {
  'NEW CERTIFICATE REQUEST': 'CERTIFICATE REQUEST',
  'X509 CERTIFICATE': 'CERTIFICATE',
  'X.509 CERTIFICATE': 'CERTIFICATE',
  CRL: 'X509 CRL',
  CMS: 'PKCS7',
};

const MAX_CHARACTERS = 1_000_000;
const LINE = 64;
const BEGIN = /-----BEGIN ([A-Z0-9. ]{1,40})-----/g;

/** DER of the first block with this label; the text may have a BOM, CRLF and other text around it. */
export function decodePem(text: string, label: PemLabel): Uint8Array {
  const [first] = decodePemAll(text, label);
  if (first === undefined) throw new Refusal('malformed', `PEM: no ${label} block`);
  return first;
}

/** DER of every block with this label, in order. */
export function decodePemAll(text: string, label: PemLabel): Uint8Array[] {
  if (text.length > MAX_CHARACTERS) throw new Refusal('too-large', 'PEM: text is too long');
  const blocks: Uint8Array[] = [];
  for (const { 0: begin, 1: found = '', index } of text.matchAll(BEGIN)) {
    if ((OTHER_LABELS[found] ?? found) !== label) continue;
    const start = index + begin.length;
    const end = text.indexOf(`-----END ${found}-----`, start);
    if (end < 0) throw new Refusal('malformed', `PEM: ${label} block has no end`);
    blocks.push(decodeBase64(text.slice(start, end), label));
  }
  return blocks;
}

/** The block as text, 64 characters a line, ending in a line feed. */
export function encodePem(der: Uint8Array, label: PemLabel): string {
  const base64 = der.toBase64();
  const lines = [`-----BEGIN ${label}-----`];
  for (let at = 0; at < base64.length; at += LINE) lines.push(base64.slice(at, at + LINE));
  lines.push(`-----END ${label}-----`, '');
  return lines.join('\n');
}

function decodeBase64(text: string, label: PemLabel): Uint8Array {
  try {
    // RFC 7468 §3: white space anywhere is tolerated; padding is not optional.
    return Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch (error) {
    // biome-ignore lint/style/useErrorCause: it is passed; the rule looks at the second argument.
    throw new Refusal('malformed', `PEM: ${label} block is not base64`, { cause: error });
  }
}
