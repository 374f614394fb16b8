// The parts of a certificate's name, explained with an invented example.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { CERTIFICATE } from '../words/frame.ts';
import { inLanguage } from '../words/language.ts';
import { METHODS } from '../words/login.ts';

/** Builds the explained example. */
export function nameAnatomy(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const parts = [
    ['00012345678', CERTIFICATE.contractId],
    ['suzuki01', CERTIFICATE.userId],
    [frame.institution.code, CERTIFICATE.institutionCode],
    ['2027-12', CERTIFICATE.endMonth],
  ] as const;
  return html`<section class="panel"><h3>${inPhrases(say(METHODS.nameTitle))}</h3>
<dl class="anatomy">${parts.map(([value, label]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>
<p>${inPhrases(say(METHODS.nameNote))}</p></section>`;
}
