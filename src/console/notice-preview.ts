// A notice of the bank as its readers will see it.
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { noticeProse } from '../frame/notice-prose.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { NOTICE_DESK } from '../words/notice-desk.ts';
import { NOTICES } from '../words/notices.ts';

/** The panel. */
export function noticePreview(
  notice: { readonly isImportant: boolean; readonly title: string; readonly body: string },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const mark = notice.isImportant
    ? html`<p class="notice-meta"><span class="mark important">${say(NOTICES.importantMark)}</span></p>`
    : null;
  return html`<section class="panel stack" id="preview" aria-label="${say(NOTICE_DESK.preview)}"><p class="quiet small">${say(NOTICE_DESK.preview)}</p>${mark}
<p class="preview-title"><b>${inPhrases(notice.title)}</b></p><div class="prose">${noticeProse(notice.body)}</div></section>`;
}
