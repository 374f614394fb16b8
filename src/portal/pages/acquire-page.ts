// 電子証明書の取得, first page: who acquires, by IDs, PIN and one-time code. Public; it tells strangers nothing.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { ACQUIRE, ACQUIRE_FLOW } from '../../words/acquisition.ts';
import { CERTIFICATE, FRAME } from '../../words/frame.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { TOP } from '../../words/login.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { REFUSALS } from '../../words/refusals.ts';

/** Names of the fields. */
export const ACQUIRE_FIELDS = {
  contract: 'contract',
  user: 'user',
  pin: 'pin',
  code: 'code',
} as const;

export type AcquireView = {
  /** What was entered before, but for what is secret. */
  readonly entered: { readonly contract: string; readonly user: string };
  /** The number under which the last attempt was refused. */
  readonly inquiryNumber: string | null;
};

/** Builds the page, with or without the error of the last attempt. */
export function acquirePage(view: AcquireView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(ACQUIRE.title);
  const hasFailed = view.inquiryNumber !== null;
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(ACQUIRE.lead))}</p></div>
${view.inquiryNumber === null ? null : errorSummary(view.inquiryNumber, frame)}
<div class="columns">
<form class="stack wide" method="post" action="${PUBLIC_PATHS.acquire}" autocomplete="off">
${fields(view, frame)}
<div class="actions"><button class="button">${say(ACQUIRE.next)}</button></div>
</form>
<div class="stack wide"><section class="panel soft"><h2>${inPhrases(say(ACQUIRE.flow))}</h2>
<ol class="steps">${say(ACQUIRE_FLOW).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol></section>
<section class="panel soft"><h2>${inPhrases(say(ACQUIRE.noCode))}</h2><p>${inPhrases(say(ACQUIRE.noCodeBody))}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.help}">${say(TOP.allHelp)}</a></p></section></div>
</div></div>`;
  return document(
    { title: hasFailed ? `${say(FRAME.errorInTitle)}: ${title}` : title, main },
    frame,
  );
}

type Field = {
  readonly name: keyof typeof ACQUIRE_FIELDS;
  readonly label: Text;
  readonly hint: Text;
  readonly value: string;
  readonly more: Html;
};

function fields({ entered }: AcquireView, frame: Frame): readonly Html[] {
  const list: readonly Field[] = [
    {
      name: 'contract',
      label: CERTIFICATE.contractId,
      hint: ACQUIRE.contractHint,
      value: entered.contract,
      more: html`inputmode="numeric" maxlength="11"`,
    },
    {
      name: 'user',
      label: CERTIFICATE.userId,
      hint: ACQUIRE.userHint,
      value: entered.user,
      more: html`maxlength="30" autocapitalize="none" spellcheck="false"`,
    },
    {
      name: 'pin',
      label: ACQUIRE.pin,
      hint: ACQUIRE.pinHint,
      value: '',
      more: html`type="password" maxlength="64"`,
    },
    {
      name: 'code',
      label: ACQUIRE.code,
      hint: ACQUIRE.codeHint,
      value: '',
      more: html`maxlength="12" autocapitalize="characters" spellcheck="false"`,
    },
  ];
  return list.map((one) => field(one, frame));
}

function field({ name, label, hint, value, more }: Field, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div class="field"><label for="${name}">${say(label)}</label>
<p class="quiet small" id="${name}-hint">${inPhrases(say(hint))}</p>
<input id="${name}" name="${ACQUIRE_FIELDS[name]}" value="${value}" required autocomplete="off" aria-describedby="${name}-hint" ${more}></div>`;
}

function errorSummary(inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { reason, steps } = REFUSALS['acquisition-refused'];
  return html`<div class="panel bad" role="alert" tabindex="-1" id="errors"><h2>${inPhrases(say(ACQUIRE.errorTitle))}</h2>
${[...say(reason), ...say(steps)].map((text) => html`<p>${inPhrases(text)}</p>`)}
<p class="small">${say(REFUSAL_FRAME.inquiryNumber)} <b class="inquiry-number" translate="no">${inquiryNumber}</b></p></div>`;
}
