// Where the new key is to live, as a form offers it; nothing to choose where policy allows one place.
import type { KeyHome } from '../banking/user-certificate.ts';
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage, type Text } from '../words/language.ts';
import { DEVICE } from '../words/passkey.ts';

/** What is asked, and what the device will do, said beside it. */
export type HomeWords = { readonly where: Text; readonly onDeviceNote: Text };

/** The file stands chosen until the script has learned what this PC can do. */
export function homeChoice(homes: readonly KeyHome[], words: HomeWords, frame: Frame): Html {
  const [only] = homes;
  if (homes.length < 2) return html`<input type="hidden" name="home" value="${only ?? ''}">`;
  const say = inLanguage(frame.language);
  return html`<fieldset class="choices"><legend>${inPhrases(say(words.where))}</legend>
${homes.map((home) => homeOption(home, words, frame))}</fieldset>`;
}

function homeOption(home: KeyHome, { onDeviceNote }: HomeWords, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const [label, note] =
    home === 'device' ? [DEVICE.onDevice, onDeviceNote] : [DEVICE.inFile, DEVICE.inFileNote];
  const checked = home === 'file' ? html` checked` : null;
  return html`<label class="choice"><input type="radio" name="home" value="${home}"${checked}>
<span><b>${inPhrases(say(label))}</b><br><span class="quiet small">${inPhrases(say(note))}</span></span></label>`;
}
