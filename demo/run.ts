// `npm run demo -- --out DIR`: the thirteen steps of a renewal in a real browser, each checked and
// photographed; then how much the person did, beside the bank's old instruction sheet.
import { parseArgs } from 'node:util';
import { type Journey, openJourney, photograph } from './journey.ts';
import { STEPS, type Step } from './steps.ts';

const SHEET_STEPS = STEPS.filter(({ mark }) => mark !== '').length;

const HEADLESS =
  'no Xvfb: headless; a policy answers the picker, uncounted, and permission prompts cannot be seen';

if (import.meta.main) process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  if (values.out === undefined) {
    console.error('usage: npm run demo -- --out DIR');
    return 2;
  }
  const passed = await goThroughIn(values.out);
  console.log(`steps ${passed}/${SHEET_STEPS}`);
  return passed === SHEET_STEPS ? 0 : 1;
}

async function goThroughIn(folder: string): Promise<number> {
  await using opened = await openJourney(folder);
  const { journey } = opened;
  // Broken off, it leaves neither browser nor database behind.
  const stop = async () => {
    await opened[Symbol.asyncDispose]();
    process.exit(130);
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
  if (journey.screen === undefined) console.log(HEADLESS);
  console.log(`${' '.repeat(8)}${'actions:'.padEnd(42)}sheet  here`);
  return await goThrough(journey);
}

/** Goes as far as the steps are right; returns how many of the sheet's were. */
async function goThrough(on: Journey): Promise<number> {
  let passed = 0;
  const sum = { sheet: 0, here: 0 };
  for (const step of STEPS) {
    on.notes.actions = [];
    on.notes.found = '';
    try {
      await step.go(on);
    } catch (error) {
      tellFailure(step, error);
      await photograph('failed', on);
      return passed;
    }
    const { actions, found } = on.notes;
    sum.sheet += step.sheet;
    sum.here += actions.length;
    const counted = line('ok', step, { sheet: step.sheet, here: actions.length });
    console.log(`${counted}  ${found}`.trimEnd());
    if (step.mark !== '') passed += 1;
  }
  console.log(line('', { mark: '', title: 'together' }, sum));
  return passed;
}

function tellFailure(step: Step, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  console.log(`FAIL ${step.mark || '–'} ${step.title}`);
  console.log(reason.replaceAll(/^/gm, '     '));
}

function line(
  state: string,
  { mark, title }: Pick<Step, 'mark' | 'title'>,
  { sheet, here }: { readonly sheet: number; readonly here: number },
): string {
  const name = padded(title, 42);
  return `${state.padEnd(4)} ${padded(mark, 3)}${name}${String(sheet).padStart(5)}${String(here).padStart(6)}`;
}

/** Pads to columns of a terminal, where Japanese characters are two wide. */
function padded(text: string, columns: number): string {
  const wide = text.match(/[\u2460-\u2473\u3000-\u9fff\uff00-\uff60]/g)?.length ?? 0;
  return text + ' '.repeat(Math.max(0, columns - text.length - wide));
}
