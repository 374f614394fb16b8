// The year as a drawing: people locked out so far, under today's rule and here. SVG of its own, no script.
import type { TodaysRule } from './todays-rule.ts';
import type { Incident } from './world.ts';

/** What is drawn. */
export type Drawn = {
  readonly users: number;
  readonly seeds: readonly number[];
  readonly from: Date;
  readonly until: Date;
  readonly todays: TodaysRule;
  readonly here: readonly Incident[];
};

const WIDTH = 860;
const HEIGHT = 420;
const LEFT = 64;
const RIGHT = 230;
const TOP = 56;
const BOTTOM = 56;
const FONT = 'font-family="Noto Sans CJK JP, Noto Sans JP, sans-serif"';

/** Draws it. */
export function draw({ users, seeds, from, until, todays, here }: Drawn): string {
  const most = Math.max(10, todays.broken.length + todays.late.length);
  const top = Math.ceil(most / 10) * 10;
  const x = (at: Date) =>
    LEFT +
    ((at.getTime() - from.getTime()) / (until.getTime() - from.getTime())) * (WIDTH - LEFT - RIGHT);
  const y = (count: number) => HEIGHT - BOTTOM - (count / top) * (HEIGHT - TOP - BOTTOM);
  const steps = (incidents: readonly Incident[]) => {
    const sorted = incidents.toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const points = sorted.flatMap(({ at }, i) => [
      `${r(x(at))},${r(y(i))}`,
      `${r(x(at))},${r(y(i + 1))}`,
    ]);
    return [`${LEFT},${r(y(0))}`, ...points, `${r(x(until))},${r(y(sorted.length))}`].join(' ');
  };
  const lines = [
    {
      of: [...todays.broken, ...todays.late],
      color: '#ad0000',
      says: '今の方式',
      sub: '旧証明書は発行時に失効・猶予なし',
    },
    { of: todays.broken, color: '#c16800', says: 'うち更新の失敗', sub: '期限内に更新した人' },
    { of: here, color: '#0017c1', says: 'Koshin', sub: '' },
  ];
  const end = (count: number) => y(count) + 5;
  const grid = Array.from({ length: 6 }, (_, i) => (top / 5) * i);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="締め出された人の累計" ${FONT}>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="30" font-size="18" font-weight="700" fill="#1a1a1a">締め出された人の累計(${users}人・シード${seeds.join(', ')}の合計)</text>
${grid.map((count) => `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${r(y(count))}" y2="${r(y(count))}" stroke="#d8d8db"/><text x="${LEFT - 10}" y="${r(y(count) + 5)}" font-size="13" text-anchor="end" fill="#595959">${Math.round(count)}</text>`).join('\n')}
${monthsBetween(from, until)
  .map(
    (month) =>
      `<text x="${r(x(month))}" y="${HEIGHT - BOTTOM + 24}" font-size="13" text-anchor="middle" fill="#595959">${month.getUTCMonth() + 1}月</text>`,
  )
  .join('\n')}
${lines
  .map(
    ({
      of,
      color,
      says,
      sub,
    }) => `<polyline points="${steps(of)}" fill="none" stroke="${color}" stroke-width="3"/>
<text x="${WIDTH - RIGHT + 10}" y="${r(end(of.length))}" font-size="15" font-weight="700" fill="${color}">${says} ${of.length}人</text>${
      sub === ''
        ? ''
        : `
<text x="${WIDTH - RIGHT + 10}" y="${r(end(of.length) + 18)}" font-size="12" fill="#595959">${sub}</text>`
    }`,
  )
  .join('\n')}
</svg>
`;
}

function monthsBetween(from: Date, until: Date): readonly Date[] {
  const months: Date[] = [];
  for (let number = from.getUTCMonth() + 1; ; number += 2) {
    const month = new Date(Date.UTC(from.getUTCFullYear(), number, 1));
    if (month > until) return months;
    months.push(month);
  }
}

function r(value: number): number {
  return Math.round(value * 10) / 10;
}
