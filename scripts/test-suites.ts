// Which test files there are, by suite. Not how they are run.
import { globSync } from 'node:fs';
import { ROOT } from './run-program.ts';

/** The suites in the order in which they are run: the longest first, so that none is left alone. */
export const SUITES: Readonly<Record<string, readonly string[]>> = {
  architecture: ['test/architecture.test.ts'],
  scenarios: ['test/scenarios/**/*.test.ts'],
  system: ['test/system/**/*.test.ts'],
  faults: ['test/faults/**/*.test.ts'],
  interop: ['test/interop/**/*.test.ts'],
  gates: ['test/gates/**/*.test.ts'],
  unit: ['src/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts'],
};

/** A test file and the suite it belongs to. */
export type TestFile = { readonly suite: string; readonly file: string };

/** The test files of the named suites; throws where a test file of the project is in no suite. */
export function testFiles(suites: readonly string[]): TestFile[] {
  const all = Object.entries(SUITES).flatMap(([suite, globs]) =>
    filesOf(globs).map((file) => ({ suite, file })),
  );
  const known = new Set(all.map(({ file }) => file));
  const strays = filesOf([
    '{src,web,test,scripts,bench,demo,guide,simulation}/**/*.test.{ts,mts,js,mjs}',
  ]).filter((file) => !known.has(file));
  if (strays.length > 0) throw new Error(`test files of no suite: ${strays.join(', ')}`);
  return all.filter(({ suite }) => suites.includes(suite));
}

function filesOf(globs: readonly string[]): string[] {
  return globSync(globs, { cwd: ROOT }).sort();
}
