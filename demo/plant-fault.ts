// Plants one fault in a copy of the source and runs the demo there: it must fail at the fault's step.
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runProgram } from '../scripts/run-program.ts';
import type { Fault } from './faults.ts';
import { STEPS } from './steps.ts';

/** What the demo said of a planted fault. */
export type Verdict = {
  /** Whether it failed, at the right step, and counted the steps before it. */
  readonly isFound: boolean;
  /** The lines from the failure on, or all where there was none. */
  readonly said: string;
};

const COPIED = [
  'package.json',
  'tsconfig.json',
  'src',
  'web',
  'test',
  'scripts',
  'demo',
  'docs/journey.md',
];

/** Runs the demo with the fault; nothing is left of the copy. */
export async function runWithFault(fault: Fault): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-fault-'));
  try {
    for (const path of COPIED) await cp(join(ROOT, path), join(folder, path), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const file = join(folder, fault.file);
    await writeFile(file, planted(fault, await readFile(file, 'utf8')));
    const home = fault.home ?? 'file';
    const args = ['demo/run.ts', '--home', home, '--out', join(folder, 'out')];
    const { code, output } = await runProgram({
      command: process.execPath,
      args,
      folder,
      timeoutSeconds: 300,
    });
    return verdictOf(fault, { code, output });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The text with the fault in it; throws where the right text does not occur exactly once. */
export function planted({ name, file, right, wrong }: Fault, text: string): string {
  const parts = text.split(right);
  if (parts.length !== 2) {
    throw new Error(`"${name}": found ${parts.length - 1} times in ${file}: ${right}`);
  }
  return parts.join(wrong);
}

function verdictOf(
  { step }: Fault,
  { code, output }: { readonly code: number | null; readonly output: string },
): Verdict {
  const marks = STEPS.map(({ mark }) => mark).filter((mark) => mark !== '');
  const wanted = [`FAIL ${step} `, `steps ${marks.indexOf(step)}/${marks.length}`];
  const isFound = code === 1 && wanted.every((start) => hasLine(start, output));
  const failure = output.indexOf('\nFAIL ');
  return { isFound, said: output.slice(failure + 1).trimEnd() };
}

function hasLine(start: string, output: string): boolean {
  return output.split('\n').some((line) => line.startsWith(start));
}
