// Which way a code goes, as a question of an administrator's form: on the page, or by mail to the user alone.
import type { CodeWay } from '../../banking/acquisition.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import { WAYS } from '../../words/code-ways.ts';
import { inLanguage, type Text } from '../../words/language.ts';

const WAY_FIELD = 'way';
const CODE_WAYS = ['mail', 'screen'] as const satisfies readonly CodeWay[];

/** Builds the question; `mailAddress` is where it would go, null where that is entered on the same page. */
export function codeWayField(
  {
    mailAddress,
    chosen,
    mailNote,
  }: { readonly mailAddress: string | null; readonly chosen: CodeWay; readonly mailNote: Text },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const notes = { mail: mailNote, screen: WAYS.screenNote };
  const address = mailAddress && html`<br><span class="mono">${mailAddress}</span>`;
  return html`<fieldset class="choices"><legend>${inPhrases(say(WAYS.title))}</legend>
${CODE_WAYS.map(
  (
    way,
  ) => html`<label class="choice"><input type="radio" name="${WAY_FIELD}" value="${way}" required${way === chosen ? html` checked` : null}>
<span><b>${inPhrases(say(WAYS[way]))}</b>${way === 'mail' ? address : null}<br><span class="quiet small">${inPhrases(say(notes[way]))}</span></span></label>`,
)}</fieldset>`;
}

/** The way that a form chose; on the page where it did not ask. */
export function codeWayIn(form: Form): CodeWay {
  return form[WAY_FIELD] === 'mail' ? 'mail' : 'screen';
}
