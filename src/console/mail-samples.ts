// Sample facts of every kind of mail, for staff who want to see what customers receive.
import type { MailFacts } from '../banking/mail.ts';
import type { Language } from '../words/language.ts';

/** One of each kind, as of `now`. */
export function sampleMails(now: Date, language: Language): readonly MailFacts[] {
  const at = now.toISOString();
  const name = language === 'ja' ? '青葉 花子' : 'Hanako Aoba';
  const line = { name, user: 'aoba01', at };
  const none = { lines: [], more: 0 };
  return [
    { kind: 'ending', endsAt: at, days: 30 },
    { kind: 'ended', endsAt: at, days: -1 },
    { kind: 'issued', ...line },
    { kind: 'proved', ...line },
    { kind: 'replaced', ...line },
    { kind: 'told', told: { event: 'reissued', name, user: line.user, by: 'kanri01' }, at },
    { kind: 'code', for: 'expired', acquisition: 'sample', expiresAt: at },
    {
      kind: 'digest',
      ending: { lines: [line], more: 3 },
      bounced: none,
      locked: { lines: [line], more: 0 },
    },
    { kind: 'test', at },
  ];
}
