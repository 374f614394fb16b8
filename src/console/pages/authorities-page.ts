// The authorities of an institution: its own, and those that it leaves, with how far people have moved.
import { isAccepted } from '../../banking/former-authority.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { FormerStanding } from '../../operations/list-formers.ts';
import type { AuthoritiesRead } from '../../operations/read-authorities.ts';
import { AUTHORITIES, FORMER_STANDINGS, PEOPLE } from '../../words/authorities.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { institutionChoice } from '../institution-choice.ts';
import { authorityPath, CONSOLE_PATHS, newOrderPath } from '../paths.ts';
import { link, minute, mono, plain, section } from '../rows.ts';

export type AuthoritiesView = ConsoleView &
  AuthoritiesRead & { readonly institution: string; readonly now: Date };

/** Builds the page. */
export function authoritiesPage(view: AuthoritiesView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { desk, institution } = view;
  const title = say(AUTHORITIES.title);
  const accept = desk.mayDo('request-accept-former-authority')
    ? html`<div class="actions"><a class="button" href="${newOrderPath('accept-former-authority', { institution })}">${inPhrases(say(AUTHORITIES.accept))}</a></div>`
    : null;
  const main = html`<h1>${title}</h1>${institutionChoice({ desk: view.desk, path: CONSOLE_PATHS.authorities, institution: view.institution }, frame)}${ownSection(view, frame)}${formerSection(view, frame)}${accept}`;
  return consoleDocument({ title, main }, view, frame);
}

function ownSection({ own }: AuthoritiesView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return section(
    say(AUTHORITIES.own),
    {
      columns: [
        say(AUTHORITIES.purpose),
        say(AUTHORITIES.name),
        say(AUTHORITIES.ends),
        say(AUTHORITIES.key),
      ],
      rows: own.map(({ purpose, name, endsAt, key }) => [
        say(AUTHORITIES[purpose]),
        plain(name),
        minute(endsAt, frame),
        mono(key),
      ]),
    },
    frame,
  );
}

function formerSection({ formers, institution, now }: AuthoritiesView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(AUTHORITIES.name),
    say(CONSOLE.state),
    say(AUTHORITIES.until),
    say(AUTHORITIES.imported),
    say(AUTHORITIES.moved),
    say(AUTHORITIES.notMoved),
  ];
  const rows = formers.map((former) => [
    link(authorityPath(institution, Buffer.from(former.issuer).toString('hex')), former.name),
    say(FORMER_STANDINGS[standingOf(former, now)]),
    minute(former.until, frame),
    say(PEOPLE)(former.imported),
    say(PEOPLE)(movedOf(former)),
    say(PEOPLE)(former.notMoved),
  ]);
  const empty = say(AUTHORITIES.noFormer);
  return section(say(AUTHORITIES.former), { columns, rows, empty }, frame);
}

/** How it stands at `now`. */
export function standingOf(
  former: Pick<FormerStanding, 'until' | 'endedAt'>,
  now: Date,
): keyof typeof FORMER_STANDINGS {
  if (former.endedAt !== null) return 'ended';
  return isAccepted(former, now) ? 'accepted' : 'over';
}

/** How many of the imported ones are in use no more. */
export function movedOf({ imported, notMoved }: FormerStanding): number {
  return Math.max(0, imported - notMoved);
}
