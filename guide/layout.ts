// A guide as a page of its own: everything in one file, laid out for A4 and for the screen.
import { type Html, html } from '../src/http/html.ts';
import { dateOnly } from '../src/words/dates.ts';
import type { Text } from '../src/words/language.ts';
import type { Booklet, Chapter, GuideStep, Picture } from './booklet.ts';
import type { GuideOrder } from './order.ts';
import { CHAPTERS, PRINTED } from './words.ts';

const STYLE = html`
@page { size: A4; margin: 18mm 16mm 20mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { font: 15px/1.8 "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", sans-serif; color: #1a1a1a; max-width: 800px; margin: 0 auto; padding: 32px 24px; word-break: auto-phrase; }
h1 { font-size: 30px; line-height: 1.4; }
h2 { font-size: 21px; line-height: 1.5; margin: 44px 0 12px; padding-bottom: 6px; border-bottom: 3px solid #0017c1; break-after: avoid; }
.bank { color: #4d4d4d; margin-bottom: 6px; }
dl { display: grid; grid-template-columns: 14em 1fr; gap: 6px 20px; }
dt { font-weight: 700; }
ol.contents { padding-left: 1.6em; columns: 2; }
ol.steps { list-style: none; counter-reset: step; }
ol.steps > li { counter-increment: step; margin: 22px 0; break-inside: avoid; padding-left: 44px; position: relative; }
ol.steps > li::before { content: counter(step); position: absolute; left: 0; top: 1px; width: 28px; height: 28px; border-radius: 50%; background: #0017c1; color: #fff; font-weight: 700; line-height: 28px; text-align: center; }
.note { color: #4d4d4d; font-size: 13.5px; }
svg { display: block; width: auto; max-width: 100%; max-height: 98mm; margin-top: 10px; border: 1px solid #b3b3b3; border-radius: 4px; }
rect { fill: none; stroke: #ce0000; stroke-width: 5; }
.troubles { display: block; }
.troubles div { margin-bottom: 14px; break-inside: avoid; }
footer { margin-top: 44px; padding: 16px 20px; background: #f2f2f2; border-radius: 6px; break-inside: avoid; }
@media print { body { padding: 0; max-width: none; } h2.first { margin-top: 28px; } }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; } ol.contents { columns: 1; } }
`;

/** How far a frame stands off. */
const OUTSIDE = 7;

/** Lays a guide out. */
export function layOut(booklet: Booklet, order: GuideOrder, madeAt: Date): Html {
  const { language, institution } = order;
  const say = (text: Text) => text[language];
  const name = language === 'ja' ? institution.name : institution.nameEnglish;
  const contact = institution.contact[language];
  const contents = [...booklet.chapters.map(({ title }) => title), CHAPTERS.troubles];
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${say(booklet.title)} | ${name}</title><style>${STYLE}</style></head><body>
<p class="bank">${name} (${institution.code})</p><h1>${say(booklet.title)}</h1>
<p class="note">${say(PRINTED.made)} ${dateOnly(madeAt, language)} · ${institution.publicHost} · ${say(PRINTED.sample)}</p>
<h2 class="first">${say(CHAPTERS.facts)}</h2><dl>${booklet.facts.map(([what, says]) => html`<dt>${say(what)}</dt><dd>${say(says)}</dd>`)}</dl>
<h2>${say(CHAPTERS.contents)}</h2><ol class="contents">${contents.map((title) => html`<li>${say(title)}</li>`)}</ol>
${booklet.chapters.map((chapter) => chapterOf(chapter, say))}
<h2>${say(CHAPTERS.troubles)}</h2><dl class="troubles">${booklet.troubles.map(([what, then]) => html`<div><dt>${say(what)}</dt><dd>${say(then)}</dd></div>`)}</dl>
<footer><b>${say(CHAPTERS.contact)}</b><br>${contact.desk}<br><b>${contact.phone}</b><br>${contact.hours}</footer></body></html>`;
}

function chapterOf({ title, lead, steps }: Chapter, say: (text: Text) => string): Html {
  const opening = lead === undefined ? null : html`<p>${say(lead)}</p>`;
  return html`<h2>${say(title)}</h2>${opening}<ol class="steps">${steps.map((step) => stepOf(step, say))}</ol>`;
}

/** The picture with its frames; to who cannot see it, the sentence above says it. */
function drawn({ png, width, height, marks }: Picture): Html {
  const frames = marks.map(
    (box) =>
      html`<rect x="${box.x - OUTSIDE}" y="${box.y - OUTSIDE}" width="${box.width + 2 * OUTSIDE}" height="${box.height + 2 * OUTSIDE}" rx="8"/>`,
  );
  return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>${frames}</svg>`;
}

function stepOf({ does, note, picture }: GuideStep, say: (text: Text) => string): Html {
  const below = note === undefined ? null : html`<p class="note">${say(note)}</p>`;
  const shown = picture === undefined ? null : drawn(picture);
  return html`<li><p>${say(does)}</p>${below}${shown}</li>`;
}
