// `npm run faults -- [--only TEXT]`: breaks every write of login, renewal, 取得し直す and proof in every
// way, one after the other, and judges what is left. Minutes; the last line counts.
import { parseArgs } from 'node:util';
import { sourceFiles } from '../test/architecture/source-files.ts';
import { writesIn } from '../test/faults/code-writes.ts';
import {
  type CrashCase,
  casesOf,
  FAULTS,
  type Outcome,
  recordWrites,
  runCase,
} from '../test/faults/crash-cases.ts';
import { openCrashSite } from '../test/faults/crash-site.ts';
import { disagreements } from '../test/faults/known-writes.ts';
import { ROOT } from './run-program.ts';

type Judged = { readonly one: CrashCase; readonly outcome: Outcome };

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
// At once: node:test, which test databases bring along, would report after our last line.
process.exit(await main(values.only));

async function main(only: string): Promise<number> {
  const started = performance.now();
  await using site = await openCrashSite();
  const writes = await recordWrites(site);
  const wrong = disagreements(
    writesIn(sourceFiles(ROOT)),
    writes.map(({ sql }) => sql),
  );
  for (const line of wrong) console.log(`WRONG  ${line}`);
  const cases = casesOf(writes).filter((one) => nameOf(one).includes(only));
  console.log(`${writes.length} writes, ${cases.length} cases`);
  const judged: Judged[] = [];
  const stopped = stopSignal();
  for (const one of cases) {
    if (stopped.isAsked) break;
    const outcome = await runCase(one, site);
    judged.push({ one, outcome });
    process.stderr.write(`${judged.length} of ${cases.length}: ${nameOf(one)}\n`);
    for (const line of outcome.wrong) console.log(`WRONG  ${nameOf(one)}: ${line}`);
  }
  tellByStep(judged);
  tellByFault(judged);
  const isWhole = judged.length === cases.length && cases.length > 0;
  if (!isWhole) console.log(`broken off: ${judged.length} of ${cases.length} cases were run`);
  const failed = wrongIn(judged);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  console.log(`${judged.length - failed} passed, ${failed} failed  ${minutes} min`);
  return isWhole && failed === 0 && wrong.length === 0 ? 0 : 1;
}

/** Broken off, it ends after the case under way and leaves no server behind. */
function stopSignal(): { isAsked: boolean } {
  const stopped = { isAsked: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopped.isAsked = true;
    });
  }
  return stopped;
}

function nameOf({ write, fault }: CrashCase): string {
  return `${write.journey}, ${write.step}, write ${write.at}, ${fault}`;
}

function tellByStep(judged: readonly Judged[]): void {
  const steps = Map.groupBy(judged, ({ one }) => `${one.write.journey}, ${one.write.step}`);
  for (const [step, cases] of steps) {
    const writes = new Set(cases.map(({ one }) => one.write.at)).size;
    console.log(`  ${step}: ${writes} writes, ${cases.length} cases, ${wrongIn(cases)} wrong`);
  }
}

function tellByFault(judged: readonly Judged[]): void {
  for (const fault of Object.keys(FAULTS)) {
    const cases = judged.filter(({ one }) => one.fault === fault);
    if (cases.length === 0) continue;
    const met = Map.groupBy(cases, ({ outcome }) => outcome.met);
    const meetings = [...met].map(([what, those]) => `${what} ${those.length}`).join(', ');
    const retries = cases.reduce((sum, { outcome }) => sum + outcome.retries, 0);
    console.log(`  ${fault}: ${cases.length} cases, ${wrongIn(cases)} wrong`);
    console.log(`    the person met: ${meetings}; tried again afterwards: ${retries}`);
  }
}

function wrongIn(judged: readonly Judged[]): number {
  return judged.filter(({ outcome }) => outcome.wrong.length > 0).length;
}
