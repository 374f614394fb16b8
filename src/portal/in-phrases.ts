// Headings break between phrases, in every browser: the style sheet forbids other breaks in them.
import { type Html, html } from '../http/html.ts';
import { phrasesOf } from '../words/phrases.ts';

/** A text with the places where its line may break. */
export function inPhrases(text: string): Html {
  const [first = '', ...others] = phrasesOf(text);
  return html`${first}${others.map((phrase) => html`<wbr>${phrase}`)}`;
}
