// Above a form that was not taken: why not, and the number under which it was refused. In portal and console alike.
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { REFUSAL_FRAME } from '../words/refusal-words.ts';
import type { Frame } from './document.ts';
import { inPhrases } from './in-phrases.ts';

/** Builds the panel; it is read out, and `#errors` leads to it. */
export function refusedForm(
  refused: {
    readonly title?: string;
    /** A paragraph each. */
    readonly reasons: readonly Html[];
    readonly inquiryNumber: string;
  },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const { title, reasons, inquiryNumber } = refused;
  const heading = title === undefined ? null : html`<h2>${inPhrases(title)}</h2>`;
  return html`<div class="panel bad" role="alert" tabindex="-1" id="errors">${heading}${reasons.map((reason) => html`<p>${reason}</p>`)}
<p class="small">${say(REFUSAL_FRAME.inquiryNumber)} <b class="inquiry-number" translate="no">${inquiryNumber}</b></p></div>`;
}
