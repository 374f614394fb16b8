// Reads the server name out of a TLS ClientHello, from bytes alone.
// Not a TLS implementation: whatever it does not need is left to the TLS library that gets the same bytes.
import { Refusal } from '../errors.ts';

/** What the bytes so far tell: at how many bytes it is worth asking again, or the finished greeting. */
export type ClientHelloReading =
  | { readonly complete: false; readonly needBytes: number }
  | { readonly complete: true; readonly serverName: string | undefined };

/** No greeting may take more bytes than this, record headers included. */
const MAX_CLIENT_HELLO_BYTES = 65_536;

const MAX_RECORDS = 32;
const RECORD_HEADER = 5;
const HANDSHAKE_HEADER = 4;
const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/** Reads a ClientHello that may be spread over several records; `Refusal('malformed')` for anything else. */
export function readClientHello(bytes: Uint8Array): ClientHelloReading {
  const fragments: Uint8Array[] = [];
  let gathered = 0;
  let at = 0;
  for (let records = 1; records <= MAX_RECORDS; records++) {
    const end = recordEnd(bytes, at);
    if (end > MAX_CLIENT_HELLO_BYTES) throw malformed('greeting is too long');
    if (end > bytes.length) return { complete: false, needBytes: end };
    const fragment = bytes.subarray(at + RECORD_HEADER, end);
    fragments.push(fragment);
    gathered += fragment.length;
    at = end;
    const message = wholeMessage(fragments, gathered);
    if (message !== undefined) return { complete: true, serverName: serverNameOf(message) };
  }
  throw malformed('greeting is cut into too many records');
}

/** Where the record at `at` ends, or where its header does while that is not there yet. */
function recordEnd(bytes: Uint8Array, at: number): number {
  const [type, major] = [bytes[at], bytes[at + 1]];
  if (type !== undefined && type !== HANDSHAKE_RECORD) throw malformed('not a handshake record');
  if (major !== undefined && major !== 3) throw malformed('not a TLS record');
  if (bytes.length < at + RECORD_HEADER) return at + RECORD_HEADER;
  const length = view(bytes).getUint16(at + 3);
  // RFC 8446 §5.1: handshake fragments are never empty and hold at most 2^14 bytes.
  if (length === 0 || length > 16_384) throw malformed('record length out of range');
  return at + RECORD_HEADER + length;
}

function wholeMessage(fragments: readonly Uint8Array[], gathered: number): Uint8Array | undefined {
  if (gathered < HANDSHAKE_HEADER) return undefined;
  const message = fragments.length === 1 ? fragments[0] : Buffer.concat(fragments, gathered);
  if (message === undefined || message[0] !== CLIENT_HELLO) throw malformed('not a ClientHello');
  const length = view(message).getUint32(0) & 0xff_ff_ff;
  if (length > MAX_CLIENT_HELLO_BYTES) throw malformed('greeting is too long');
  if (gathered < HANDSHAKE_HEADER + length) return undefined;
  // RFC 8446 §5.1: nothing follows a ClientHello in its record, since the keys may change after it.
  if (gathered > HANDSHAKE_HEADER + length) throw malformed('bytes after the ClientHello');
  return message.subarray(HANDSHAKE_HEADER);
}

function serverNameOf(hello: Uint8Array): string | undefined {
  const reader = new Reader(hello);
  reader.take(2 + 32, 'version and random');
  if (reader.takeVector(1, 'session ID').length > 32) throw malformed('session ID is too long');
  reader.takeVector(2, 'cipher suites');
  reader.takeVector(1, 'compression methods');
  if (reader.isAtEnd) return undefined;
  const extensions = new Reader(reader.takeVector(2, 'extensions'));
  if (!reader.isAtEnd) throw malformed('bytes after the extensions');

  let found: string | undefined;
  const seen = new Set<number>();
  while (!extensions.isAtEnd) {
    const type = extensions.takeNumber(2, 'extension type');
    const body = extensions.takeVector(2, 'extension');
    // RFC 8446 §4.2: no extension type appears twice.
    if (seen.has(type)) throw malformed('an extension appears twice');
    seen.add(type);
    if (type === SERVER_NAME) found = hostNameOf(body);
  }
  return found;
}

function hostNameOf(extension: Uint8Array): string {
  const outer = new Reader(extension);
  const list = new Reader(outer.takeVector(2, 'server name list'));
  const type = list.takeNumber(1, 'server name type');
  const name = list.takeVector(2, 'server name');
  // RFC 6066 §3: one name of a type; host_name is the only type there has ever been.
  if (type !== HOST_NAME || !list.isAtEnd || !outer.isAtEnd) throw malformed('server name list');
  if (name.length === 0 || name.length > 255) throw malformed('server name length');
  if (name.some((byte) => byte <= 0x20 || byte >= 0x7f)) throw malformed('server name characters');
  return Buffer.from(name).toString('latin1');
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(length: number, what: string): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw malformed(`${what} is cut short`);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  takeNumber(octets: 1 | 2, what: string): number {
    return this.take(octets, what).reduce((value, byte) => value * 256 + byte, 0);
  }

  takeVector(lengthOctets: 1 | 2, what: string): Uint8Array {
    return this.take(this.takeNumber(lengthOctets, what), what);
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function malformed(what: string): Refusal {
  return new Refusal('malformed', `TLS greeting: ${what}`);
}
