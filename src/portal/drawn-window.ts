// Parts of the drawings of windows that other programs show: simple shapes in HTML, which grow with the text and need
// no second request. A drawing is a picture to those who do not see it, and says so in one sentence.
import { type Html, html } from '../http/html.ts';

/** Windows beside each other, as one picture with its sentence. */
export function drawn(windows: readonly Html[], inWords: string): Html {
  return html`<div class="drawing" role="img" aria-label="${inWords}">${windows}</div>`;
}

/** A window with its title, where it has one. */
export function window(title: string | null, content: Html): Html {
  const bar = title === null ? null : html`<span class="bar">${title}</span>`;
  return html`<div class="window">${bar}${content}</div>`;
}

/** A part of a window with the number of the step that belongs to it. */
export function marked(step: number, part: Html): Html {
  return html`<div class="marked">${mark(step)}<div>${part}</div></div>`;
}

/** The number of a step. */
export function mark(step: number): Html {
  return html`<i>${String(step)}</i>`;
}

/** Before the first one may stand the mark of its step. */
export function buttons(labels: readonly string[], before: Html | null = null): Html {
  return html`<span class="press">${before}${labels.map((label) => html`<span>${label}</span>`)}</span>`;
}

/** Something to choose, chosen or not. */
export function option(text: string, choice: 'chosen' | 'other', before: Html | null = null): Html {
  const isChosen = choice === 'chosen';
  return html`<span class="option${isChosen ? html` chosen` : null}">${before}${text}</span>`;
}

/** What is typed and not shown. */
export const HIDDEN = html`<span class="typed">●●●●●●</span>`;
