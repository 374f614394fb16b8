// `npm run demo:faults`: plants one fault after the other and shows that the demo fails at its step.
// `--only ⑧` plants those of some steps, `--home device` those of the device's journey alone.
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
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, home: { type: 'string' } },
  });
  const faults = FAULTS.filter(({ step, home = 'file' }) => {
    const isOfStep = values.only === '' || values.only.includes(step);
    return isOfStep && (values.home === undefined || values.home === home);
  });
  let found = 0;
  for (const fault of faults) {
    const { isFound, said } = await runWithFault(fault);
    if (isFound) found += 1;
    const name = fault.home === 'device' ? `${fault.name} (device)` : fault.name;
    console.log(`${isFound ? 'found ' : 'MISSED'}  ${fault.step} ${name}`);
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
