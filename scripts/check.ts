// `npm run check`: every check of the source, each with its time and result. Not the tests.
import { eachOf, endProgramsOnSignal, runProgram } from './run-program.ts';

/** The checks by name, as the command line of each. */
export const CHECKS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  types: ['tsc', '--noEmit'],
  'types of web': ['tsc', '--noEmit', '--project', 'web/tsconfig.json'],
  'types of web tests': ['tsc', '--noEmit', '--project', 'web/tsconfig.test.json'],
  biome: ['biome', 'ci', '--colors=off', '--error-on-warnings'],
  oxlint: ['oxlint', '--type-aware', '--deny-warnings'],
  architecture: ['node', '--test', '--test-reporter=spec', 'test/architecture.test.ts'],
  knip: ['knip', '--no-progress'],
};

/** Runs the named checks, prints each as it ends, and returns the names of those that failed. */
export async function runChecks(names: readonly string[], jobs: number): Promise<string[]> {
  const failed: string[] = [];
  await eachOf(names, jobs, async (name) => {
    const [command, ...args] = CHECKS[name] ?? [];
    if (command === undefined) throw new Error(`there is no check ${name}`);
    const { code, output, seconds } = await runProgram({ command, args });
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${seconds.toFixed(1)} s`);
    if (code === 0) return;
    failed.push(name);
    console.log(output.trimEnd().replaceAll(/^/gm, '      '));
  });
  return failed;
}

if (import.meta.main) {
  endProgramsOnSignal();
  const names = Object.keys(CHECKS);
  const failed = await runChecks(names, 2);
  console.log(
    failed.length === 0 ? `all ${names.length} checks passed` : `failed: ${failed.join(', ')}`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
