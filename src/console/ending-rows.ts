// A certificate that is about to end, as a row of a table and as a line of CSV.
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import type { EndingCertificate } from '../operations/endings.ts';
import { dateAndMinute, dateAndTime } from '../words/dates.ts';
import { ENDING_COLUMNS, ENDING_STANDING_NAMES, REACH_NAMES } from '../words/endings.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { contractPath, personPath } from './paths.ts';
import { link, minute, mono, plain, type Row } from './rows.ts';

/** The columns of such a table. */
export function endingColumns(frame: Frame): readonly string[] {
  return inLanguage(frame.language)(ENDING_COLUMNS);
}

/** A row; the names lead to the pages of contract and person. */
export function endingRow(one: EndingCertificate, now: Date, frame: Frame): Row {
  const say = inLanguage(frame.language);
  const { identity, standing, notAfter } = one;
  const state = say(ENDING_STANDING_NAMES[standing]);
  return [
    mono(identity.contract),
    link(contractPath(identity), one.contractName),
    link(personPath(identity), identity.user),
    plain(one.name),
    end(notAfter, now, frame),
    state,
    say(REACH_NAMES[one.reach]),
    minute(one.lastLoginAt, frame),
    mono(serialOf(one)),
  ];
}

/** The fields of a line of CSV, as the columns name them. */
export function endingFields(one: EndingCertificate, language: Language): readonly string[] {
  const say = inLanguage(language);
  const { identity, standing, reach, lastLoginAt } = one;
  return [
    identity.contract,
    one.contractName,
    identity.user,
    one.name,
    dateAndTime(one.notAfter, language),
    say(ENDING_STANDING_NAMES[standing]),
    say(REACH_NAMES[reach]),
    lastLoginAt === null ? '' : dateAndMinute(lastLoginAt, language),
    serialOf(one),
  ];
}

function end(notAfter: Date, now: Date, frame: Frame): Html {
  const text = html`<time datetime="${notAfter.toISOString()}">${dateAndTime(notAfter, frame.language)}</time>`;
  return notAfter < now ? html`<span class="quiet">${text}</span>` : text;
}

function serialOf({ serial }: EndingCertificate): string {
  return Buffer.from(serial).toString('hex').toUpperCase();
}
