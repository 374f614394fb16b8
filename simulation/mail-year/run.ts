// `npm run mail-year -- --users 1000 --days 400 --seed 1`: so many days of the mail of so many people, hour by hour,
// with a real mail server and a sender that is killed. The last line says what was lost and what was doubled.
import { parseArgs } from 'node:util';
import { mailYear, type Year } from './year.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const KILLS = 150;

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000' },
    days: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: String(KILLS) },
  },
});
// At once: node:test, which test databases bring along, would report after our last line.
process.exit(await main());

async function main(): Promise<number> {
  const started = performance.now();
  const choice = {
    users: Number(values.users),
    days: Number(values.days),
    seed: Number(values.seed),
    kills: Number(values.kills),
    hours: HOURS,
  };
  const year = await mailYear(choice, (line) => process.stderr.write(`${line}\n`));
  const { judge } = year;
  for (const line of judge.lost) console.log(`LOST  ${line}`);
  for (const line of judge.doubled) console.log(`DOUBLED  ${line}`);
  for (const line of judge.wrong) console.log(`WRONG  ${line}`);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(
    `${choice.users} users, ${choice.days} days, seed ${choice.seed}: ${choice.days * HOURS.length} hours in ${minutes} min`,
  );
  tell(year);
  const { lost, doubled, wrong } = judge;
  console.log(`lost ${lost.length}, doubled ${doubled.length}, wrong ${wrong.length}`);
  return lost.length + doubled.length + wrong.length === 0 ? 0 : 1;
}

function tell({ judge, expectations, office, kills, deeds, errors, standstills }: Year): void {
  const byKind = Object.groupBy(expectations.all.values(), ({ kind }) => kind);
  const kinds = Object.entries(byKind).map(([kind, those]) => [kind, those.length]);
  console.log(`mails to be: ${expectations.all.size} (${listOf(kinds)})`);
  console.log(`arrived: ${judge.arrived.size}; second copies: ${listOf(judge.secondCopies)}`);
  console.log(`how they ended: ${listOf(judge.endings)}`);
  console.log(`kill -9 of the sender: ${listOf(kills)}`);
  console.log(`the server said: taken ${office.taken.length}, ${listOf(office.counts)}`);
  console.log(
    `standstills of some days: ${standstills}; reminders caught up with by a later one: ${expectations.caughtUp}`,
  );
  console.log(`what people did: ${listOf(deeds)}`);
  console.log(`errors in the log: ${listOf(errors)}`);
}

function listOf(
  counts: Readonly<Record<string, number>> | readonly (readonly (string | number)[])[],
): string {
  const entries = Array.isArray(counts) ? counts : Object.entries(counts);
  return entries.length === 0
    ? 'none'
    : entries.map(([name, count]) => `${name} ${count}`).join(', ');
}
