// What ends on which day, drawn: a bar for each day, in it how far the renewals are. Each bar leads to its list;
// the table beside it has the same numbers.
import { ENDING_STANDINGS, type EndingBar, type EndingStanding } from '../banking/ending.ts';
import type { TokyoDay } from '../banking/tokyo-calendar.ts';
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import { ENDING_STANDING_NAMES, ENDINGS } from '../words/endings.ts';
import { inLanguage } from '../words/language.ts';

const WIDTH = 1000;
const HEIGHT = 260;
const LEFT = 48;
const BOTTOM = 34;
const TOP = 12;

/** From the bottom of a bar to its top; what nobody has begun stands at the top. */
const COLORS: Readonly<Record<EndingStanding, string>> = {
  renewed: '#259d63',
  started: '#4979f5',
  'not-started': '#d95300',
  suspended: '#999999',
};

/** Draws the bars of days. */
export function endingsChart(
  bars: readonly EndingBar[],
  { today, hrefOf }: { readonly today: TokyoDay; readonly hrefOf: (bar: EndingBar) => string },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const most = Math.max(1, ...bars.map(totalOf));
  const step = (WIDTH - LEFT) / Math.max(1, bars.length);
  const scale = (HEIGHT - TOP - BOTTOM) / most;
  const lines = [0, Math.ceil(most / 2), most].map((count) => {
    const y = round(HEIGHT - BOTTOM - count * scale);
    return html`<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}" stroke="#d8d8db"/><text x="${LEFT - 8}" y="${y + 5}" text-anchor="end">${count}</text>`;
  });
  const columns = bars.map((bar, place) => {
    const x = LEFT + place * step;
    const isToday = sameDay(bar.first, today);
    const isNamed = bar.first.day === 1 || place % 7 === 0 || isToday;
    const name = isToday ? say(ENDINGS.today) : `${bar.first.month}/${bar.first.day}`;
    const label = isNamed
      ? html`<text x="${round(x + step / 2)}" y="${HEIGHT - 10}" text-anchor="middle">${name}</text>`
      : null;
    const drawn = column(bar, { x, step, scale });
    // By keyboard the same lists are reached from the table.
    return html`${drawn.length === 0 ? null : html`<a href="${hrefOf(bar)}" tabindex="-1">${drawn}</a>`}${label}`;
  });
  const legend = ENDING_STANDINGS.map(
    (standing) =>
      html`<li><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" fill="${COLORS[standing]}"/></svg> ${say(ENDING_STANDING_NAMES[standing])}</li>`,
  );
  return html`<figure class="chart" aria-label="${say(ENDINGS.chart)}"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${lines}${columns}</svg><figcaption><ul>${legend}</ul></figcaption></figure>`;
}

/** How many certificates a bar stands for. */
export function totalOf({ byStanding }: EndingBar): number {
  return ENDING_STANDINGS.reduce((sum, standing) => sum + byStanding[standing], 0);
}

type Place = { readonly x: number; readonly step: number; readonly scale: number };

function column({ byStanding }: EndingBar, { x, step, scale }: Place): readonly Html[] {
  let below = 0;
  return ENDING_STANDINGS.filter((standing) => byStanding[standing] > 0).map((standing) => {
    const height = byStanding[standing] * scale;
    const y = HEIGHT - BOTTOM - below - height;
    below += height;
    return html`<rect x="${round(x + 2)}" y="${round(y)}" width="${round(step - 4)}" height="${round(height)}" fill="${COLORS[standing]}"/>`;
  });
}

function sameDay(one: TokyoDay, other: TokyoDay): boolean {
  return one.year === other.year && one.month === other.month && one.day === other.day;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
