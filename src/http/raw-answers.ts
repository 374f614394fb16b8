// Answers to what never becomes a request: broken or slow HTTP, and expectations nobody can meet.
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { answerDue } from './open-requests.ts';

/** Name and value of a header. */
export type Header = readonly [string, string];

const STATUS_OF_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const LINGER_MILLISECONDS = 1_000;

/** Connections with a fault: it is answered once, and what they send further is not looked at. */
const ending = new WeakSet<Socket>();

type CodedError = Error & { readonly code?: string };

/** Answers broken HTTP once and ends the connection; a failed handshake or a gone client gets nothing. */
export function answerBrokenRequest(
  error: CodedError,
  socket: Socket,
  headers: readonly Header[],
): void {
  const isSecured = socket instanceof TLSSocket && socket.alpnProtocol !== null;
  if (!isSecured || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  if (ending.has(socket)) return;
  ending.add(socket);
  // RFC 9112 §9.3.2: answers come in the order of their requests; what was done before is told first.
  const due = answerDue(socket);
  if (due === undefined) {
    answerNow(error, socket, headers);
  } else {
    due.once('close', () => answerNow(error, socket, headers));
  }
}

function answerNow(error: CodedError, socket: Socket, headers: readonly Header[]): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_ERROR[error.code ?? ''] ?? 400;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'content-length: 0',
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  const timer = setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
  socket.once('close', () => clearTimeout(timer));
}

/** RFC 9110 §10.1.1: any expectation but 100-continue is answered with 417. */
export function answerExpectation(response: ServerResponse, headers: readonly Header[]): void {
  for (const [name, value] of headers) response.setHeader(name, value);
  // Its body may be on the way and is not read.
  response.writeHead(417, { 'content-length': '0', connection: 'close' }).end();
}
