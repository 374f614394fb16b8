// `npm run demo:faults`: plants one fault after the other and shows that the demo fails at its step.
// `--only ⑧` plants those of some steps.
import { parseArgs } from 'node:util';
import { endProgramsOnSignal } from '../scripts/run-program.ts';
import { FAULTS } from './faults.ts';
import { runWithFault } from './plant-fault.ts';

/** Of a comparison only what differs is shown. */
const LITTLE = /^\s*(?:\+ actual - expected|[[\]]|)\s*$/;

if (import.meta.main) {
  endProgramsOnSignal();
  process.exitCode = await main();
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  const faults = FAULTS.filter(({ step }) => values.only === '' || values.only.includes(step));
  let found = 0;
  for (const fault of faults) {
    const { isFound, said } = await runWithFault(fault);
    if (isFound) found += 1;
    console.log(`${isFound ? 'found ' : 'MISSED'}  ${fault.step} ${fault.name}`);
    const lines = said.split('\n').slice(isFound ? 1 : 0);
    for (const line of isFound ? lines.filter(tellsWhy) : lines)
      console.log(`        ${line.trim()}`);
  }
  console.log(`faults ${found}/${faults.length} found`);
  return found === faults.length ? 0 : 1;
}

function tellsWhy(line: string): boolean {
  return !LITTLE.test(line);
}
