// Letters by SMTP (RFC 5321), always over TLS but to this very machine. Not when, and not how often.
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Log } from '../log.ts';
import type { Courier, CourierAnswer, Letter } from './courier.ts';

/** Where the mail server is. */
export type SmtpServer = {
  /** `smtps://user:password@host:465`, or `smtp://host:587`, which goes over to TLS before anything is said. */
  readonly url: URL;
  /** Certificates (PEM) of the authorities that are trusted beside the usual ones. */
  readonly authorities?: string;
};

const CONNECTIONS = 4;
/** RFC 5321 §4.5.3.2 allows minutes; a mail that is put off costs less than a sender that waits. */
const TIMEOUT_MS = 30_000;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Opens the way to a mail server; connects when there is something to send. */
export function smtpCourier({ url, authorities }: SmtpServer, log: Log): Courier {
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host,
    port: Number(url.port === '' ? (isSecure ? 465 : 587) : url.port),
    secure: isSecure,
    requireTLS: !isSecure && !LOOPBACK.has(host),
    tls: {
      minVersion: 'TLSv1.2',
      ...(authorities !== undefined && { ca: authorities }),
      ...(isIP(host) === 0 && { servername: host }),
    },
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    carry: async ({ messageId, ...letter }) => {
      try {
        await transport.sendMail({ ...letter, messageId: `<${messageId}>`, headers: HEADERS });
        return { answer: 'taken', isAddressBad: false };
      } catch (error) {
        return answerOf(error, messageId, log);
      }
    },
    [Symbol.asyncDispose]: async () => transport.close(),
  };
}

/** RFC 3834 §5: nobody answers what a machine sent. */
const HEADERS = { 'Auto-Submitted': 'auto-generated' };

function answerOf(error: unknown, messageId: Letter['messageId'], log: Log): CourierAnswer {
  const code = fieldOf(error, 'code');
  const said = fieldOf(error, 'responseCode');
  const command = fieldOf(error, 'command');
  const status = typeof said === 'number' ? said : 0;
  log.warn({ messageId, code, status, command }, 'a mail could not be sent');
  if (status < 500) return { answer: status === 0 ? 'no-answer' : 'put-off', isAddressBad: false };
  // RFC 5321 §4.2.1: 5xx is for good. Of who we are it is no word about the mail: the next try may go.
  if (command === 'RCPT TO') return { answer: 'refused', isAddressBad: true };
  const isOfMail = command === 'DATA' || code === 'EMESSAGE';
  return { answer: isOfMail ? 'refused' : 'put-off', isAddressBad: false };
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
