// The users of a contract as CSV for spreadsheets (RFC 4180): with a mark of UTF-8 for Excel, and no field that a
// spreadsheet would take for a formula.
import type { ListedMember, ListedSlot } from '../operations/list-company.ts';
import { MEMBER_LIST, marksOf, ROLES, STANDINGS } from '../words/company.ts';
import { dateAndMinute, dateAndTime } from '../words/dates.ts';
import { inLanguage, type Language } from '../words/language.ts';

const UTF8_MARK = '\uFEFF';
/** A spreadsheet takes what begins so for a formula, some of them after spaces too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/** One line a slot, under a header. */
export function membersCsv(members: readonly ListedMember[], language: Language): string {
  const say = inLanguage(language);
  const lines = members.flatMap((member) =>
    member.slots.map((slot) => fieldsOf(member, slot, language)),
  );
  return UTF8_MARK + [say(MEMBER_LIST.columns), ...lines].map(csvLine).join('');
}

/** A line of fields; each is text to a spreadsheet, whatever it begins with. */
export function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) => {
    const safe = FORMULA.test(field) ? `'${field}` : field;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}

function fieldsOf(
  { person, lastLoginAt }: ListedMember,
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
  ];
}
