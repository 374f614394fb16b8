// Sends what is due of a test system, over its own connection to a mail server. No test itself.
import type { Log } from '../../src/log.ts';
import { sendDueMails } from '../../src/mail/send-due.ts';
import { type SmtpServer, smtpCourier } from '../../src/mail/smtp-courier.ts';
import { quietLog } from './test-database.ts';
import type { TestKoshin } from './test-koshin.ts';

/** Sends it; returns how many mails were tried. */
export async function sendAll(
  { house, clock }: TestKoshin,
  place: SmtpServer,
  log: Log = quietLog,
): Promise<number> {
  await using courier = smtpCourier(place, log);
  const sealKey = house.secrets('mailed-codes');
  return await sendDueMails({ db: house.db, clock, log, courier, from: null, sealKey });
}
