// HTTP written byte by byte, as no client library sends it, and what comes back over a TLS connection of
// its own. No test itself.
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

/** What came back; the status is NaN where nothing came. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
};

/** Where a connection goes: the port, the name in its handshake, and what Host says. */
export type RawPlace = {
  readonly port: number;
  readonly serverName: string;
  readonly authority: string;
  readonly tls?: ConnectionOptions;
};

export const FORM = 'Content-Type: application/x-www-form-urlencoded';

/** A GET request; `{host}` stands for the authority. */
export const get = (path: string, ...fields: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: {host}', 'Connection: close', ...fields, '', ''].join('\r\n');

/** A POST request with the body, a form unless said otherwise. */
export const post = (path: string, body: string, ...fields: readonly string[]): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: {host}',
    'Connection: close',
    ...(fields.some((field) => field.startsWith('Content-Type')) ? [] : [FORM]),
    `Content-Length: ${body.length}`,
    ...fields,
    '',
    body,
  ].join('\r\n');

/** Opens a connection; its certificate is not judged. */
export function dialAt({ port, serverName, tls }: Omit<RawPlace, 'authority'>): TLSSocket {
  const where = { host: '127.0.0.1', port, servername: serverName };
  return connect({ ...where, rejectUnauthorized: false, ...tls });
}

/** Sends the octets of a request and reads until the connection's end. */
export async function exchange(raw: string, place: RawPlace): Promise<RawAnswer> {
  const socket = dialAt(place);
  socket.write(Buffer.from(raw.replaceAll('{host}', place.authority), 'latin1'));
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return parseAnswer(text);
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const headers = new Headers(fields.map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}
