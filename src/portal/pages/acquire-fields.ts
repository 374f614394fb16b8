// The fields of 電子証明書の取得, in which a stranger says who they are and by what they acquire.
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { ACQUIRE } from '../../words/acquisition.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage, type Text } from '../../words/language.ts';

/** Names of the fields. */
export const ACQUIRE_FIELDS = {
  contract: 'contract',
  user: 'user',
  pin: 'pin',
  code: 'code',
} as const;

/** What was entered before, but for what is secret. */
export type EnteredIds = { readonly contract: string; readonly user: string };

/** Builds the fields of these names, in their order. */
export function acquireFields(
  names: readonly (keyof typeof ACQUIRE_FIELDS)[],
  entered: EnteredIds,
  frame: Frame,
): readonly Html[] {
  const all = FIELDS.filter(({ name }) => names.includes(name));
  return all.map((one) => field(one, entered, frame));
}

type Field = {
  readonly name: keyof typeof ACQUIRE_FIELDS;
  readonly label: Text;
  readonly hint: Text;
  readonly more: Html;
};

const FIELDS: readonly Field[] = [
  {
    name: 'contract',
    label: CERTIFICATE.contractId,
    hint: ACQUIRE.contractHint,
    more: html`inputmode="numeric" maxlength="11"`,
  },
  {
    name: 'user',
    label: CERTIFICATE.userId,
    hint: ACQUIRE.userHint,
    more: html`maxlength="30" autocapitalize="none" spellcheck="false"`,
  },
  {
    name: 'pin',
    label: ACQUIRE.pin,
    hint: ACQUIRE.pinHint,
    more: html`type="password" maxlength="64"`,
  },
  {
    name: 'code',
    label: ACQUIRE.code,
    hint: ACQUIRE.codeHint,
    more: html`maxlength="12" autocapitalize="characters" spellcheck="false"`,
  },
];

function field({ name, label, hint, more }: Field, entered: EnteredIds, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const value = name === 'contract' || name === 'user' ? entered[name] : '';
  return html`<div class="field"><label for="${name}">${say(label)}</label>
<p class="quiet small" id="${name}-hint">${inPhrases(say(hint))}</p>
<input id="${name}" name="${ACQUIRE_FIELDS[name]}" value="${value}" required autocomplete="off" aria-describedby="${name}-hint" ${more}></div>`;
}
