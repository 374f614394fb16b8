// Mails with what became of each, for sample views.
import type { MailAlarms, PastMail } from '../../src/operations/read-mails.ts';

const AT = new Date('2026-12-10T23:00:00Z');
const ENDS = '2027-01-10T14:59:59Z';
const ADDRESS = 'kanri01@mihon.example';

const MAIL = {
  id: '2f0b7c1e-9d54-4c3a-8f16-0a1b2c3d4e5f',
  to: { institution: '1394', contract: '00012345678', user: 'kanri01' },
  facts: { kind: 'ending', endsAt: ENDS, days: 30 },
  state: 'sent',
  answer: 'taken',
  sentTo: ADDRESS,
  queuedAt: AT,
  endedAt: AT,
} as const satisfies PastMail;

export const SAMPLE_MAILS: readonly PastMail[] = [
  {
    ...MAIL,
    facts: { kind: 'ended', endsAt: ENDS, days: -1 },
    state: 'bounced',
    answer: 'came-back',
  },
  { ...MAIL, state: 'queued', answer: 'no-answer', sentTo: null, endedAt: null },
  { ...MAIL, state: 'failed', answer: 'refused' },
  { ...MAIL, state: 'dropped', answer: 'no-address', sentTo: null },
  MAIL,
];

/** The same on a person's page. */
export const SAMPLE_MAIL_HISTORY = {
  mails: SAMPLE_MAILS,
  mail: { address: ADDRESS, bouncedAt: AT },
} as const;

/** The alarms of mail, all or none. */
export function mailAlarm(isOn: boolean): MailAlarms {
  return { isLate: isOn, isMissed: isOn };
}
