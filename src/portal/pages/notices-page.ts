// The list after login: important notices first, then the others.

import { type Account, accountPanel } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { dateOnly } from '../../words/dates.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICES } from '../../words/notices.ts';
import { frozenPanel } from '../frozen-panel.ts';

export type NoticesView = {
  readonly account: Account;
  /** Whether the person's rights wait for confirmation after a reissue. */
  readonly isFrozen: boolean;
  /** Newest first. */
  readonly important: readonly NoticeLine[];
  readonly others: readonly NoticeLine[];
};

export type NoticeLine = {
  readonly href: string;
  readonly title: string;
  readonly at: Date;
};

/** Builds 重要なお知らせ. */
export function noticesPage(view: NoticesView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(NOTICES.important);
  const main = html`<div class="wrap stack wide">${view.isFrozen ? frozenPanel(frame) : null}
<section><h1>${inPhrases(title)}</h1>${list(view.important, say(NOTICES.noImportant), frame)}</section>
<section><h2>${inPhrases(say(NOTICES.others))}</h2>${list(view.others, say(NOTICES.noOthers), frame)}</section>
</div>`;
  return document({ title, account: accountPanel(view.account, frame), main }, frame);
}

function list(lines: readonly NoticeLine[], whenEmpty: string, frame: Frame): Html {
  if (lines.length === 0) return html`<p class="quiet empty">${inPhrases(whenEmpty)}</p>`;
  return html`<ul class="notices">${lines.map((line) => item(line, frame))}</ul>`;
}

function item(line: NoticeLine, frame: Frame): Html {
  return html`<li><p class="meta">
<time datetime="${line.at.toISOString()}">${dateOnly(line.at, frame.language)}</time></p>
<p><a href="${line.href}">${line.title}</a></p></li>`;
}
