// `npm run demo -- --out DIR`: the thirteen steps of a renewal in a real browser, each checked and
// photographed; then how much the person did, beside the bank's old instruction sheet. With
// `--home device` the key is in the PC's own device, and the file's count stands beside it too.
import { parseArgs } from 'node:util';
import type { KeyHome } from '../src/banking/user-certificate.ts';
import { type Journey, openJourney, photograph } from './journey.ts';
import { moveToDevice } from './move-to-device.ts';
import { recordedActions } from './recorded-actions.ts';
import { STEPS, type Step } from './steps.ts';

const SHEET_STEPS = STEPS.filter(({ mark }) => mark !== '').length;
const TITLE_COLUMNS = 42;

const HEADLESS =
  'no Xvfb: headless; a policy answers the picker, uncounted, and permission prompts cannot be seen';

if (import.meta.main) process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, home: { type: 'string', default: 'file' } },
  });
  const { out, home } = values;
  if (out === undefined || (home !== 'file' && home !== 'device')) {
    console.error('usage: npm run demo -- [--home file|device] --out DIR');
    return 2;
  }
  const passed = await goThroughIn(out, home);
  console.log(`steps ${passed}/${SHEET_STEPS}`);
  return passed === SHEET_STEPS ? 0 : 1;
}

async function goThroughIn(folder: string, home: KeyHome): Promise<number> {
  await using opened = await openJourney(folder, home);
  const { journey } = opened;
  // Broken off, it leaves neither browser nor database behind.
  const stop = async () => {
    await opened[Symbol.asyncDispose]();
    process.exit(130);
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
  if (journey.screen === undefined) console.log(HEADLESS);
  if (home === 'file') return await goThrough(journey, stepsIn('file'));
  const before = { mark: '', title: 'before: from the file to the device' };
  if (!(await goes(before, moveToDevice, journey))) return 0;
  return await goThrough(journey, stepsIn('device'), await recordedActions());
}

/** A step with what is done in one home of the key, if anything. */
type Going = Omit<Step, KeyHome> & { readonly go: Step[KeyHome] };

function stepsIn(home: KeyHome): readonly Going[] {
  return STEPS.map((step) => ({ ...step, go: step[home] }));
}

/** Goes as far as the steps are right; returns how many of the sheet's were. */
async function goThrough(
  on: Journey,
  steps: readonly Going[],
  inFile?: ReadonlyMap<string, number>,
): Promise<number> {
  const columns = inFile === undefined ? ['sheet', 'here'] : ['sheet', 'file', 'device'];
  console.log(line('', { mark: '', title: 'actions:' }, columns));
  const sums = columns.map(() => 0);
  let passed = 0;
  for (const step of steps) {
    on.notes.actions = [];
    on.notes.found = '';
    if (step.go !== null && !(await goes(step, step.go, on))) return passed;
    const { actions, found } = on.notes;
    const file = inFile === undefined ? [] : [inFile.get(step.title) ?? 0];
    const counts = [step.sheet, ...file, actions.length];
    counts.forEach((count, column) => {
      sums[column] = (sums[column] ?? 0) + count;
    });
    console.log(`${line('ok', step, counts)}  ${found}`.trimEnd());
    if (step.mark !== '') passed += 1;
  }
  console.log(line('', { mark: '', title: 'together' }, sums));
  return passed;
}

type Named = Pick<Step, 'mark' | 'title'>;

/** Does it; where it fails, says why, and leaves a picture. */
async function goes(
  { mark, title }: Named,
  go: (on: Journey) => Promise<void>,
  on: Journey,
): Promise<boolean> {
  try {
    await go(on);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`FAIL ${mark || '–'} ${title}`);
    console.log(reason.replaceAll(/^/gm, '     '));
    await photograph('failed', on);
    return false;
  }
}

function line(
  state: string,
  { mark, title }: Named,
  columns: readonly (string | number)[],
): string {
  const name = padded(title, TITLE_COLUMNS);
  const numbers = columns.map((one) => String(one).padStart(7)).join('');
  return `${state.padEnd(4)} ${padded(mark, 3)}${name}${numbers}`;
}

/** Pads to columns of a terminal, where Japanese characters are two wide. */
function padded(text: string, columns: number): string {
  const wide = text.match(/[\u2460-\u2473\u3000-\u9fff\uff00-\uff60]/g)?.length ?? 0;
  return text + ' '.repeat(Math.max(0, columns - text.length - wide));
}
