// Runs one test file in a process of its own and tells what became of each of its tests.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ending, ROOT, runProgram } from './run-program.ts';
import type { Ended, Outcome } from './test-reporter.ts';

/** What became of a file; a file that crashed or held no test has a failed outcome saying so. */
export type FileResult = {
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
  readonly output: string;
  readonly leftProcesses: boolean;
};

const TEST_TIMEOUT_SECONDS = 300;
const FILE_TIMEOUT_SECONDS = 900;

/** Runs a test file, given by its path from the folder of package.json. */
export async function runTestFile(file: string): Promise<FileResult> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-test-'));
  try {
    const events = join(folder, 'events.jsonl');
    const ending = await runProgram({
      command: process.execPath,
      args: [
        `--test-timeout=${TEST_TIMEOUT_SECONDS * 1000}`,
        `--test-reporter=${ROOT}scripts/test-reporter.ts`,
        `--test-reporter-destination=${events}`,
        file,
      ],
      timeoutSeconds: FILE_TIMEOUT_SECONDS,
    });
    const { seconds, output, leftProcesses } = ending;
    return { outcomes: outcomesOf(await linesOf(events), ending), seconds, output, leftProcesses };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomesOf(lines: readonly (Outcome | Ended)[], ending: Ending): Outcome[] {
  const outcomes = lines.filter((line) => line.is !== 'ended');
  const failed = outcomes.some(({ is }) => is === 'failed');
  const wrong = wholeFileFailure(
    ending,
    lines.some(({ is }) => is === 'ended'),
    outcomes.length,
  );
  if (wrong !== undefined && !(failed && ending.code === 1 && !ending.timedOut)) {
    outcomes.push({ is: 'failed', name: '(the file as a whole)', detail: wrong });
  }
  return outcomes;
}

function wholeFileFailure(
  { code, signal, timedOut }: Ending,
  ended: boolean,
  count: number,
): string | undefined {
  if (timedOut) return `did not end within ${FILE_TIMEOUT_SECONDS} s`;
  if (signal !== null) return `ended by ${signal}`;
  if (count === 0 && code === 0) return 'holds no test';
  if (!ended) return `ended with code ${code} before its tests did`;
  return code === 0 ? undefined : `ended with code ${code}`;
}

async function linesOf(path: string): Promise<(Outcome | Ended)[]> {
  // A file that crashed while loading has written no events.
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map(parseLine);
}

/** Reads what our own reporter wrote. */
function parseLine(line: string): Outcome | Ended {
  return JSON.parse(line) as Outcome | Ended;
}
