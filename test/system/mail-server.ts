// A mail server for tests, over TLS and with a password, that behaves as mail servers do: it puts off whom it does
// not know yet, is busy, refuses addresses, and breaks off, before and after it has taken a mail. No test itself.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { SmtpServer } from '../../src/mail/smtp-courier.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';

/** What came in, header and text as they were sent. */
export type Received = { readonly to: string; readonly messageId: string; readonly raw: string };

/** What the server does with a mail that it is given. */
export type Behaviour = 'take' | 'busy' | 'break-off' | 'take-and-break-off' | 'refuse-text';

/** The server; dispose of it at the test's end. */
export type TestMailServer = AsyncDisposable & {
  readonly place: SmtpServer;
  readonly received: readonly Received[];
  /** Called with every mail that was taken, before the answer is given. */
  onTaken: (mail: Received, behaviour: Behaviour) => void;
};

const HOST = 'mail.localhost';
const USER = 'koshin';
const PASSWORD = 'mail-password-of-the-test';

/** Starts a server on a free port. */
export async function openMailServer(
  choice: {
    /** Whether whoever writes to an address for the first time is put off (greylisting). */
    readonly greylists?: true;
    /** What is answered to an address that is refused for good: status and text; undefined for one that is not. */
    readonly refuses?: (address: string) => readonly [number, string] | undefined;
    /** Called for each mail, in their order. */
    readonly behave?: (to: string) => Behaviour;
  } = {},
): Promise<TestMailServer> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-mail-'));
  const authorities = await readFile(
    await makeServerKeyPairs(folder, { mail: [HOST, 'localhost'] }, new Date()),
    'utf8',
  );
  const received: Received[] = [];
  const known = new Set<string>();
  const server = new SMTPServer({
    key: await readFile(join(folder, 'mail.key'), 'utf8'),
    cert: await readFile(join(folder, 'mail.pem'), 'utf8'),
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth: ({ username, password }, _session, answer) => {
      if (username === USER && password === PASSWORD) answer(null, { user: username });
      else answer(new Error('535 not you'));
    },
    onRcptTo: ({ address }, _session, answer) => {
      const refused = choice.refuses?.(address);
      if (refused !== undefined) return answer(refusal(...refused));
      if (choice.greylists && !known.has(address)) {
        known.add(address);
        return answer(refusal(451, 'come back later'));
      }
      answer();
    },
    onData: (stream, session, answer) => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const behaviour = choice.behave?.(to) ?? 'take';
      if (behaviour === 'break-off') {
        stream.resume();
        closeOf(server, session.id);
        return;
      }
      text(stream).then(
        (raw) => {
          if (behaviour === 'busy') return answer(refusal(452, 'no room'));
          if (behaviour === 'refuse-text') return answer(refusal(554, 'not wanted'));
          const messageId = /^message-id:\s*<([^>]+)>/im.exec(raw)?.[1] ?? '';
          const mail = { to, messageId, raw };
          received.push(mail);
          opened.onTaken(mail, behaviour);
          if (behaviour === 'take-and-break-off') closeOf(server, session.id);
          else answer(null, 'taken');
        },
        (error: unknown) => answer(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  server.on('error', () => undefined); // a client that broke off; the test sees what came of it
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = new URL(`smtp://${USER}:${PASSWORD}@localhost:${address.port}`);
  const opened: TestMailServer = {
    place: { url, authorities },
    received,
    onTaken: () => undefined,
    [Symbol.asyncDispose]: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(resolve);
      await promise;
      await rm(folder, { recursive: true });
    },
  };
  return opened;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function closeOf(server: SMTPServer, id: string): void {
  for (const connection of server.connections) if (connection.id === id) connection.close();
}
