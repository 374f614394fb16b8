// Sends what is due of a test system, over its own connection to a mail server. No test itself.
import { sendDueMails } from '../../src/mail/send-due.ts';
import { type SmtpServer, smtpCourier } from '../../src/mail/smtp-courier.ts';
import { quietLog } from './test-database.ts';
import type { TestKoshin } from './test-koshin.ts';

/** Sends it; returns how many mails were tried. */
export async function sendAll({ house, clock }: TestKoshin, place: SmtpServer): Promise<number> {
  await using courier = smtpCourier(place, quietLog);
  const sealKey = house.secrets('mailed-codes');
  return await sendDueMails({ db: house.db, clock, log: quietLog, courier, from: null, sealKey });
}
