// What a mail server's answer means for the mail: whether it, its address or we ourselves are refused, or nothing is.
import type { ServerAnswer } from '../banking/mail.ts';

/** An answer that is no success. */
export type ServerSaid = {
  /** What it answered to, as in RFC 5321 §4.1.1; null before any. */
  readonly command: string | null;
  /** Three digits (RFC 5321 §4.2); null where it said nothing. */
  readonly status: number | null;
  /** Of RFC 3463, such as 5.1.1; null where it gave none. */
  readonly enhanced: string | null;
};

/** RFC 5321 §4.2.3, of servers that give no enhanced code: no such mailbox, not local, name not allowed. */
const NO_MAILBOX: ReadonlySet<number> = new Set([550, 551, 553]);
/** RFC 3463 §3.2 and §3.3: the mailbox's address is bad, has moved away or is disabled. 5.1.7 and 5.1.8 are of the sender. */
const BAD_ADDRESS = /^5\.(1\.(1|2|3|6|10)|2\.1)$/;
/** RFC 3463 §3.3 and §3.5 to §3.7: full, or the mail does not please; another may. */
const BAD_MAIL = /^5\.[236]\./;

/** Judges an answer. What is not clearly the mail's or the address's fault is taken for ours: then nothing is lost. */
export function serverAnswer({ command, status, enhanced }: ServerSaid): ServerAnswer {
  if (status === null) return 'no-answer';
  if (status < 500) return 'put-off';
  if (command === 'DATA') return 'refused';
  if (command !== 'RCPT TO') return 'us-refused';
  if (enhanced === null) {
    if (NO_MAILBOX.has(status)) return 'address-refused';
    return status === 552 ? 'refused' : 'us-refused';
  }
  if (BAD_ADDRESS.test(enhanced)) return 'address-refused';
  return BAD_MAIL.test(enhanced) ? 'refused' : 'us-refused';
}
