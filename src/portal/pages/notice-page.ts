// One notice: its text and, for some of the system's own, the way to act on it.
import { type Html, html } from '../../http/html.ts';
import { dateOnly } from '../../words/dates.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICES } from '../../words/notices.ts';
import { type Account, accountBar } from '../account.ts';
import { document, type Frame } from '../document.ts';
import { inPhrases } from '../in-phrases.ts';
import { MEMBER_PATHS } from '../paths.ts';

export type NoticeView = {
  readonly account: Account;
  readonly title: string;
  readonly at: Date;
  readonly isImportant: boolean;
  readonly paragraphs: readonly string[];
  readonly action: { readonly label: string; readonly href: string } | null;
};

/** Builds the page of one notice. */
export function noticePage(view: NoticeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const main = html`<article class="wrap stack wide">
<div class="stack"><p class="notice-meta">${view.isImportant ? html`<span class="mark important">${say(NOTICES.importantMark)}</span>` : null}
<time class="quiet" datetime="${view.at.toISOString()}">${dateOnly(view.at, frame.language)}</time></p>
<h1>${inPhrases(view.title)}</h1></div>
<div class="prose">${view.paragraphs.map((paragraph) => html`<p>${inPhrases(paragraph)}</p>`)}</div>
<div class="actions">${view.action ? html`<a class="button" href="${view.action.href}">${view.action.label}</a>` : null}
<a class="textlink" href="${MEMBER_PATHS.notices}">${say(NOTICES.back)}</a></div>
</article>`;
  return document({ title: view.title, account: accountBar(view.account, frame), main }, frame);
}
