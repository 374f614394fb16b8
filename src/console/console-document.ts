// The frame of the console's pages: who is there, the console's sections, and what the page itself shows.
import { type Account, accountBar } from '../frame/account.ts';
import { document, type Frame } from '../frame/document.ts';
import { type PageScript, scriptElement } from '../frame/page-script.ts';
import { STAFF_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import type { Desk } from '../operations/read-console.ts';
import { AUTHORITIES } from '../words/authorities.ts';
import { ENDINGS } from '../words/endings.ts';
import { IMPORTS } from '../words/imports.ts';
import { inLanguage } from '../words/language.ts';
import { LETTERS } from '../words/letters.ts';
import { MAIL_DESK } from '../words/mail-desk.ts';
import { NOTICE_DESK } from '../words/notice-desk.ts';
import { CONSOLE, STAFF_ROLE_NAMES } from '../words/staff.ts';
import { CONSOLE_PATHS } from './paths.ts';

/** Who is at the console, as every page shows them. */
export type ConsoleView = { readonly account: Account; readonly desk: Desk };

/** The whole page. */
export function consoleDocument(
  parts: { readonly title: string; readonly main: Html; readonly script?: PageScript | null },
  { account, desk }: ConsoleView,
  frame: Frame,
): Html {
  const { title, script } = parts;
  const main = html`<div class="wrap stack wide">${parts.main}</div>`;
  return document(
    {
      title,
      account: html`${accountBar(account, frame)}${sections(desk, frame)}`,
      main,
      script: script ? scriptElement(script) : null,
      product: inLanguage(frame.language)(CONSOLE.product),
    },
    frame,
  );
}

function sections(desk: Desk, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const waiting = desk.waiting === 0 ? '' : ` (${desk.waiting})`;
  const links: readonly (readonly [string, string])[] = [
    [STAFF_PATHS.console, say(CONSOLE.home)],
    [CONSOLE_PATHS.endings, say(ENDINGS.title)],
    ...(desk.mayDo('read-imports') ? [[CONSOLE_PATHS.imports, say(IMPORTS.title)] as const] : []),
    ...(desk.mayDo('request-print-letters')
      ? [[CONSOLE_PATHS.letters, say(LETTERS.letters)] as const]
      : []),
    [CONSOLE_PATHS.notices, say(NOTICE_DESK.title)],
    [CONSOLE_PATHS.mails, say(MAIL_DESK.title)],
    [CONSOLE_PATHS.authorities, say(AUTHORITIES.title)],
    [CONSOLE_PATHS.orders, say(CONSOLE.orders) + waiting],
    ...(desk.mayDo('request-open-contract') || desk.mayDo('request-change-policy')
      ? [[CONSOLE_PATHS.newOrder, say(CONSOLE.newOrder)] as const]
      : []),
    ...(desk.mayDo('read-audit') ? [[CONSOLE_PATHS.audit, say(CONSOLE.audit)] as const] : []),
  ];
  return html`<nav class="sections" aria-label="${say(CONSOLE.sections)}"><div class="wrap"><b>${say(STAFF_ROLE_NAMES[desk.role])}</b>
<ul>${links.map(([href, name]) => html`<li><a href="${href}">${name}</a></li>`)}</ul></div></nav>`;
}
