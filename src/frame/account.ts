// The bar over every page of a logged-in user: who it is, and the way out.
import type { KeyHome } from '../banking/user-certificate.ts';
import { type Html, html } from '../http/html.ts';
import { COMPANY } from '../words/company.ts';
import { dateAndMinute } from '../words/dates.ts';
import { AFTER_NAME, DAYS_LEFT, SIGNED_IN } from '../words/frame.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { MY_PAGE } from '../words/my-page.ts';
import { CONSOLE } from '../words/staff.ts';
import { endOf, homeFact } from './certificate-name.ts';
import type { Frame } from './document.ts';
import { formToken } from './form-token.ts';
import { MEMBER_PATHS, STAFF_PATHS } from './paths.ts';

// From this many days on the end is set in a warning colour; the words say it too.
const SOON_DAYS = 30;

/** Who is logged in, in the words of the session. */
export type Account = {
  readonly company: string;
  readonly user: string;
  /** Null: this is the first login. */
  readonly lastLogin: Date | null;
  readonly certificate: {
    readonly home: KeyHome;
    readonly endsAt: Date;
    readonly daysLeft: number;
  };
  readonly isAdministrator: boolean;
  /** Of the bank's staff, who have the console. */
  readonly isStaff?: true;
  readonly formToken: string;
};

/** Company, user, マイページ and ログオフ. */
export function accountBar(account: Account, frame: Frame): Html {
  return bar(account, null, frame);
}

/** The same, with the last login and the end of the certificate in use. */
export function accountPanel(account: Account, frame: Frame): Html {
  return bar(account, facts(account, frame), frame);
}

function bar(account: Account, more: Html | null, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="account" aria-label="${say(SIGNED_IN.label)}"><div class="wrap">
<p class="who"><bdi>${account.company}</bdi><b><bdi>${account.user}</bdi>${say(AFTER_NAME)}</b></p>
${more}
<div class="ways">${account.isStaff ? html`<a class="textlink" href="${STAFF_PATHS.console}">${say(CONSOLE.product)}</a>` : null}<a class="textlink" href="${MEMBER_PATHS.myPage}">${say(MY_PAGE.title)}</a>${account.isAdministrator ? html`<a class="textlink" href="${MEMBER_PATHS.company}">${say(COMPANY.title)}</a>` : null}
<form method="post" action="${MEMBER_PATHS.logOff}">${formToken(account.formToken)}<button class="button second slim">${say(SIGNED_IN.logOff)}</button></form></div>
</div></section>`;
}

/** (あと20日), in a warning colour where few are left. */
export function daysLeftMark(daysLeft: number, language: Language): Html {
  const left = inLanguage(language)(DAYS_LEFT)(daysLeft);
  return html`<span class="${daysLeft <= SOON_DAYS ? 'soon nowrap' : 'nowrap'}">(${left})</span>`;
}

function facts(account: Account, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { home, endsAt, daysLeft } = account.certificate;
  const last = account.lastLogin
    ? html`<time datetime="${account.lastLogin.toISOString()}">${dateAndMinute(account.lastLogin, frame.language)}</time>`
    : say(SIGNED_IN.firstLogin);
  return html`<dl class="facts across">
<div><dt>${say(SIGNED_IN.lastLogin)}</dt><dd>${last}</dd></div>
<div><dt>${say(SIGNED_IN.certificateEnds)}</dt><dd>${endOf(endsAt, frame.language)} ${daysLeftMark(daysLeft, frame.language)}</dd></div>
${homeFact(home, frame.language)}</dl>`;
}
