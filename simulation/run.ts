// `npm run simulate -- --users 500 --seed 1`: a year and more of so many people with the real system, on a
// clock that is set, day by day. The last line says whom it locked out, what it lost and what it doubled.
// Several seeds (`--seed 1,2,3`) run one after the other; `--draw FILE` draws them together.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openTestKoshin } from '../test/system/test-koshin.ts';
import { type Drawn, draw } from './drawing.ts';
import { drawPlans } from './plan.ts';
import { simulate } from './simulate.ts';
import { underTodaysRule } from './todays-rule.ts';

const BEGINS = '2027-01-05T00:00:00Z';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    person: { type: 'string' },
    draw: { type: 'string' },
  },
});
// At once: node:test, which test databases bring along, would report after our last line.
process.exit(await main(Number(values.users), values.seed.split(',').map(Number)));

async function main(users: number, seeds: readonly number[]): Promise<number> {
  const runs: Drawn[] = [];
  let isClean = true;
  for (const seed of seeds) {
    const run = await runOne(users, seed);
    runs.push(run.drawn);
    isClean &&= run.isClean;
  }
  if (values.draw !== undefined) await writeFile(values.draw, draw(together(runs)));
  return isClean ? 0 : 1;
}

async function runOne(
  users: number,
  seed: number,
): Promise<{ readonly drawn: Drawn; readonly isClean: boolean }> {
  await using koshin = await openTestKoshin({ now: BEGINS });
  const started = performance.now();
  const { world, judgement } = await simulate({ plans: drawPlans(users, seed), seed }, koshin, say);
  for (const line of world.stories.get(values.person ?? '') ?? []) console.log(line);
  const { lockedOut, lost, doubled } = judgement;
  for (const { person, told } of lockedOut) console.log(`locked out: ${person}, told ${told}`);
  for (const line of [...lost, ...doubled]) console.log(line);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(JSON.stringify({ users, seed, ...world.counts, seconds }));
  const todays = underTodaysRule(world);
  const { broken, late } = todays;
  console.log(
    `the same people under today's rule: locked out ${broken.length} by a renewal that broke, ${late.length} after the end`,
  );
  console.log(`locked out ${lockedOut.length}, lost ${lost.length}, doubled ${doubled.length}`);
  const span = { from: new Date(BEGINS), until: world.now };
  return {
    drawn: { users, seeds: [seed], ...span, todays, here: lockedOut },
    isClean: lockedOut.length + lost.length + doubled.length === 0,
  };
}

function together(runs: readonly Drawn[]): Drawn {
  const [first] = runs;
  if (first === undefined) throw new Error('nothing was run');
  return {
    ...first,
    seeds: runs.flatMap(({ seeds }) => seeds),
    todays: {
      broken: runs.flatMap(({ todays }) => todays.broken),
      late: runs.flatMap(({ todays }) => todays.late),
    },
    here: runs.flatMap(({ here }) => here),
  };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
