// `npm run demo:faults`: plants one fault after the other and shows that the demo fails at its step.
// `--only ⑧` plants those of some steps.
import { parseArgs } from 'node:util';
import { endProgramsOnSignal } from '../scripts/run-program.ts';
import { FAULTS } from './faults.ts';
import { runWithFault } from './plant-fault.ts';

const LINES_SHOWN = 2;

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
    const lines = said.split('\n');
    const shown = isFound ? lines.slice(1, 1 + LINES_SHOWN) : lines;
    for (const line of shown.filter((one) => one.trim() !== ''))
      console.log(`        ${line.trim()}`);
    console.log(`        ${lines.at(-1) ?? ''}`);
  }
  console.log(`faults ${found}/${faults.length} found`);
  return found === faults.length ? 0 : 1;
}
