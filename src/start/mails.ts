// Mail while a house is served: reminders and what the audit log tells are queued, what is due is sent. Each goes on
// by itself, so that none waits for another.
import { join } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { repeat } from '../http/repeat.ts';
import type { Log } from '../log.ts';
import type { Courier } from '../mail/courier.ts';
import { folderCourier } from '../mail/folder-courier.ts';
import { sendDueMails } from '../mail/send-due.ts';
import { smtpCourier } from '../mail/smtp-courier.ts';
import { warnOfWaitingMails } from '../operations/deliver-mail.ts';
import { queueDueDigests } from '../operations/queue-digests.ts';
import { queueCertificateMails, queueDueReminders } from '../operations/queue-mails.ts';
import type { House, Surroundings } from './house.ts';

const SENT_EVERY_MS = 5_000;
const TOLD_EVERY_MS = 10_000;
const REMINDED_EVERY_MS = 10 * 60 * 1000;
const WARNED_EVERY_MS = 60 * 60 * 1000;

/** Keeps mail going until disposed of; without a mail server it is queued, and the log warns of it. */
export async function keepMails(
  { db, secrets }: Pick<House, 'db' | 'secrets'>,
  { settings, clock, log }: Surroundings,
  isSample: boolean,
): Promise<AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const courier = courierFor(settings, isSample, log);
  const needs = { db, clock, log };
  const again = (what: string, work: () => Promise<unknown>, pause: number) =>
    opened.use(
      repeat(async () => {
        await work().catch((error: unknown) => {
          // Nobody waits for it, and the next time tries again.
          log.error({ err: error }, `${what} failed`);
        });
      }, pause),
    );
  if (courier !== undefined) {
    opened.use(courier);
    const stopping = new AbortController();
    const { from } = settings.mail;
    const sending = { ...needs, courier, from, sealKey: secrets('mailed-codes') };
    again('sending mails', async () => await sendDueMails(sending, stopping.signal), SENT_EVERY_MS);
    opened.defer(() => stopping.abort());
  }
  again('queueing reminders', async () => await queueDueReminders(needs), REMINDED_EVERY_MS);
  again('queueing digests', async () => await queueDueDigests(needs), REMINDED_EVERY_MS);
  again(
    'queueing mails of renewals',
    async () => await queueCertificateMails(needs),
    TOLD_EVERY_MS,
  );
  again(
    'looking after waiting mails',
    async () => await warnOfWaitingMails(needs),
    WARNED_EVERY_MS,
  );
  return opened.move();
}

function courierFor(
  { mail, dataFolder }: Settings,
  isSample: boolean,
  log: Log,
): Courier | undefined {
  if (mail.server !== null) return smtpCourier(mail.server, log);
  if (mail.folder !== null) return folderCourier(mail.folder);
  if (isSample) return folderCourier(join(dataFolder, 'mail'));
  log.warn({}, 'no mail is sent: set KOSHIN_SMTP_URL');
  return undefined;
}
