// Headings and paragraphs whose lines break between phrases, in browsers that find none themselves too:
// the style sheet forbids other breaks beside these.
import { type Html, html } from '../http/html.ts';
import { phrasesOf } from '../words/phrases.ts';

/** A text with the places where its line may break. */
export function inPhrases(text: string): Html {
  const [first = '', ...others] = phrasesOf(text);
  return html`${first}${others.map((phrase) => html`<wbr>${phrase}`)}`;
}
