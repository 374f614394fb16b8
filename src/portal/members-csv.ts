// The users of a contract as CSV for spreadsheets.
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import type { ListedMember, ListedSlot } from '../operations/list-company.ts';
import { MEMBER_LIST, marksOf, ROLES, STANDINGS } from '../words/company.ts';
import { dateAndMinute, dateAndTime } from '../words/dates.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { mailMark } from '../words/mail-place.ts';

/** One line a slot, under a header. */
export function membersCsv(members: readonly ListedMember[], language: Language): string {
  const say = inLanguage(language);
  const lines = members.flatMap((member) =>
    member.slots.map((slot) => fieldsOf(member, slot, language)),
  );
  return CSV_BEGINS + [say(MEMBER_LIST.columns), ...lines].map(csvLine).join('');
}

function fieldsOf(
  { person, lastLoginAt, mail }: ListedMember,
  { slot, standing, certificate }: ListedSlot,
  language: Language,
): readonly string[] {
  const say = inLanguage(language);
  return [
    person.identity.user,
    person.name,
    say(ROLES[person.role]),
    String(slot),
    say(STANDINGS[standing]),
    certificate === undefined ? '' : dateAndTime(certificate.notAfter, language),
    lastLoginAt === null ? '' : dateAndMinute(lastLoginAt, language),
    marksOf(person).map(say).join(' '),
    mailText(mail, language),
  ];
}

function mailText(mail: ListedMember['mail'], language: Language): string {
  const { mark, since = null } = mailMark(mail, language) ?? { mark: '' };
  return since === null ? mark : `${mark} (${since})`;
}
