// What `koshin inquiry NUMBER` prints: who was refused, what they showed, why, what their page said,
// and what they can do. Reads values; asks nothing itself.
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Inquiry } from '../operations/find-inquiry.ts';
import { dateAndTime } from '../words/dates.ts';
import { type PageSaid, pageSaid } from '../words/page-said.ts';

/** The text for a number, in lines; `found` is empty for what is not on record. */
export function inquiryText(number: string, found: readonly Inquiry[]): string {
  if (found.length === 0) {
    return [
      `${number}: nothing on record.`,
      'On record is what was refused to somebody who showed a certificate of ours, up to fifty times',
      'an hour a person. The rest (strangers, addresses that do not exist, overload, faults and outages',
      `of ours) is only in the log of the server, as "inquiryNumber":"${number}".`,
    ].join('\n');
  }
  return found.map((one) => linesOf(number, one).join('\n')).join('\n\n');
}

function linesOf(number: string, { institution, entry, person, shown, held }: Inquiry): string[] {
  const said = pageSaid(entry, shown?.home);
  const { identity } = person ?? {};
  return [
    `${number}  ${dateAndTime(entry.at, 'ja')}  ${institution.name} (${institution.code})`,
    line('event', `${entry.event}${detailOf(entry.detail)}`),
    ...(person === undefined || identity === undefined
      ? []
      : [
          line('user', `${identity.contract} ${identity.user}  ${person.name}`),
          line('contract', person.contractName),
          ...(person.isLocked ? [line('now', 'the PIN is locked')] : []),
          ...(person.isStopped ? [line('now', 'the user is stopped')] : []),
        ]),
    ...(shown === undefined ? [] : [line('shown', certificateText(shown))]),
    ...held
      .filter((one) => one.state !== shown?.state)
      .map((one) => line('in the slot', certificateText(one))),
    ...(said === undefined ? [] : pageLines(said)),
  ];
}

function pageLines({ title, reason, steps }: PageSaid): string[] {
  return [
    line('page said', title.ja),
    ...reason.ja.map((text) => line('', text)),
    ...steps.ja.map((text, i) => line(i === 0 ? 'to do' : '', text)),
  ];
}

function certificateText(certificate: UserCertificate): string {
  // As other programs show it: without the 00 that only tells DER that it is positive.
  const serial = Buffer.from(certificate.serial).toString('hex').replace(/^00/, '');
  const ends = dateAndTime(certificate.notAfter, 'ja');
  return `${certificate.commonName}  ${certificate.state}, ends ${ends}, serial ${serial}`;
}

function detailOf(detail: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(detail).map(([name, value]) => `${name} ${String(value)}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function line(name: string, text: string): string {
  return `  ${name.padEnd(12)}${text}`;
}
