// One notice: its text and, for some of the system's own, the way to act on it.

import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { dateOnly } from '../../words/dates.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICES } from '../../words/notices.ts';
import { DEVICE } from '../../words/passkey.ts';
import { RENEWAL } from '../../words/renewal.ts';
import { deviceFailedSection, deviceProgressSection } from '../device-progress.ts';

export type NoticeView = {
  readonly account: Account;
  readonly title: string;
  readonly at: Date;
  readonly isImportant: boolean;
  readonly prose: Html;
  readonly action: { readonly label: string; readonly href: string } | null;
  /** 更新 on this page, for those whose key is in the device; null leaves the link alone. */
  readonly renewal: { readonly formToken: string } | null;
  readonly script: PageScript | null;
};

/** Builds the page of one notice. */
export function noticePage(view: NoticeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const main = html`<article class="wrap stack wide">
<div class="stack"><p class="notice-meta">${view.isImportant ? html`<span class="mark important">${say(NOTICES.importantMark)}</span>` : null}
<time class="quiet" datetime="${view.at.toISOString()}">${dateOnly(view.at, frame.language)}</time></p>
<h1>${inPhrases(view.title)}</h1></div>
<div class="prose">${view.prose}</div>
${view.renewal ? deviceRenewal(view.renewal.formToken, view, frame) : actions(view, frame)}
</article>`;
  const account = accountBar(view.account, frame);
  const script = view.renewal && view.script && scriptElement(view.script);
  return document({ title: view.title, account, main, script }, frame);
}

function actions({ action }: NoticeView, frame: Frame): Html {
  const led = action && html`<a class="button" href="${action.href}">${action.label}</a>`;
  return html`<div class="actions">${led}
${back(frame)}</div>`;
}

/** Where 更新 is on the page itself, the link to its page is for those who want a file. */
function deviceRenewal(token: string, { action }: NoticeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const otherWay =
    action && html`<a class="textlink" href="${action.href}">${say(DEVICE.otherWay)}</a>`;
  return html`<section id="renewal-start" class="stack"><p class="narrow">${inPhrases(say(DEVICE.asked))}</p>
<noscript><div class="panel warn"><p>${inPhrases(say(RENEWAL.needsScript))}</p></div></noscript>
<form id="renewal-form" class="actions" method="post" action="${MEMBER_PATHS.renewal}">${formToken(token)}
<button class="button" id="renew" name="intent" value="renew">${say(RENEWAL.renew)}</button>
${otherWay}
${back(frame)}</form></section>
${deviceProgressSection(frame)}
${deviceFailedSection(frame)}`;
}

function back(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<a class="textlink" href="${MEMBER_PATHS.notices}">${say(NOTICES.back)}</a>`;
}
