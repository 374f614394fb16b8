// Letters by SMTP (RFC 5321), always over TLS but to this very machine. Not when, and not how often.
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { ServerAnswer } from '../banking/mail.ts';
import type { Log } from '../log.ts';
import type { Courier, Letter } from './courier.ts';
import { type ServerSaid, serverAnswer } from './server-answer.ts';

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
        return 'taken';
      } catch (error) {
        return answerOf(error, messageId, log);
      }
    },
    [Symbol.asyncDispose]: async () => transport.close(),
  };
}

/** RFC 3834 §5: nobody answers what a machine sent. */
const HEADERS = { 'Auto-Submitted': 'auto-generated' };

function answerOf(error: unknown, messageId: Letter['messageId'], log: Log): ServerAnswer {
  const said = saidIn(error);
  const answer = serverAnswer(said);
  const { command, status, enhanced } = said;
  const code = fieldOf(error, 'code');
  log.warn({ messageId, code, command, status, enhanced, answer }, 'a mail could not be sent');
  return answer;
}

function saidIn(error: unknown): ServerSaid {
  const status = fieldOf(error, 'responseCode');
  const command = fieldOf(error, 'command');
  const response = fieldOf(error, 'response');
  const [, enhanced] =
    /^[245][0-9]{2}[ -](5\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])/.exec(String(response)) ?? [];
  return {
    command: typeof command === 'string' ? command : null,
    status: typeof status === 'number' ? status : null,
    enhanced: enhanced ?? null,
  };
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
