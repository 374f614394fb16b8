// お問い合わせ番号 and whom to ask, beside a refusal.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { FRAME } from '../words/frame.ts';
import { inLanguage } from '../words/language.ts';
import { REFUSAL_FRAME } from '../words/refusal-words.ts';

/** The number by which the help desk finds what happened, and the desk itself. */
export function inquiryPanel(number: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { desk, phone, hours } = frame.contact;
  return html`<aside class="panel soft"><h2>${inPhrases(say(REFUSAL_FRAME.inquiryNumber))}</h2>
<p class="inquiry" translate="no">${number}</p>
<p>${inPhrases(say(REFUSAL_FRAME.inquiryNote))}</p>
<p class="desk">${desk}<br><span class="phone">${phone}</span><br><span class="quiet small">${say(FRAME.hours)} ${hours}</span></p></aside>`;
}
