// What `koshin inquiry NUMBER` prints: who was refused, what they showed, why, what their page said,
// and what they can do. Reads values; asks nothing itself.
import type { KeyHome, UserCertificate } from '../banking/user-certificate.ts';
import type { Inquiry } from '../operations/find-inquiry.ts';
import { dateAndTime } from '../words/dates.ts';
import type { RefusalWords } from '../words/refusal-words.ts';
import { kindOfStatus, REFUSALS, type RefusalKind } from '../words/refusals.ts';
import { PROOF_FAILURES } from '../words/renewal.ts';

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
  const said = wordsOf(entry, shown?.home);
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

type Said = {
  readonly title: string;
  readonly reason: readonly string[];
  readonly steps: readonly string[];
};

function pageLines({ title, reason, steps }: Said): string[] {
  return [
    line('page said', title),
    ...reason.map((text) => line('', text)),
    ...steps.map((text, i) => line(i === 0 ? 'to do' : '', text)),
  ];
}

/** What the page said; undefined where the entry is no refusal, or one of a later version. */
function wordsOf({ event, detail }: Inquiry['entry'], home: KeyHome | undefined): Said | undefined {
  const { page } = detail;
  if (typeof page === 'string' && isProofFailure(page)) {
    const { title, reason } = PROOF_FAILURES[page];
    return { title: title.ja, reason: [reason.ja], steps: [] };
  }
  const kind = kindOf(event, detail['code']);
  if (kind === undefined) return undefined;
  const { title, reason, steps, stepsOnDevice }: RefusalWords = REFUSALS[kind];
  const toDo = home === 'device' ? (stepsOnDevice ?? steps) : steps;
  return { title: title.ja, reason: reason.ja, steps: toDo.ja };
}

/** A wrong PIN is an event of its own; other refusals carry their code, or the status of the answer. */
function kindOf(event: string, code: unknown): RefusalKind | undefined {
  if (event === 'pin-wrong') return 'wrong-pin';
  if (typeof code !== 'string') return undefined;
  if (/^[1-5]\d\d$/.test(code)) return kindOfStatus(Number(code));
  return isRefusalKind(code) ? code : undefined;
}

function isRefusalKind(code: string): code is RefusalKind {
  return Object.hasOwn(REFUSALS, code);
}

function isProofFailure(page: string): page is keyof typeof PROOF_FAILURES {
  return Object.hasOwn(PROOF_FAILURES, page);
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
