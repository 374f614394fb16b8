// A small project in a temporary folder under this project's own settings, to plant violations in.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../../scripts/check.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTINGS = [
  'package.json',
  'tsconfig.json',
  'web/tsconfig.json',
  'web/tsconfig.test.json',
  'biome.json',
  'knip.json',
  '.oxlintrc.json',
  '.gitignore',
];

/** One violation: the file that holds it, and the same file repaired. */
export type Planted = {
  readonly rule: string;
  readonly path: string;
  readonly bad: string;
  readonly good: string;
  /** Where the repaired file lies, if not at the same place. */
  readonly goodPath?: string;
};

/** What a program printed on its standard output, and its exit code. */
export type Printed = { readonly code: number; readonly stdout: string };

/** The files of a table, with the violations or repaired. */
export function filesOf(cases: readonly Planted[], which: 'bad' | 'good'): Record<string, string> {
  return Object.fromEntries(
    cases.map(({ path, goodPath, ...content }) => [
      which === 'good' ? (goodPath ?? path) : path,
      content[which],
    ]),
  );
}

/** Runs one of the checks of `npm run check` on a project of these files. */
export async function checkProject(
  check: string,
  files: Readonly<Record<string, string>>,
  moreArguments: readonly string[] = [],
): Promise<Printed> {
  const [command, ...args] = CHECKS[check] ?? [];
  if (command === undefined) throw new Error(`there is no check ${check}`);
  return await inProject(
    files,
    async (folder) =>
      await run(join(ROOT, 'node_modules/.bin', command), [...args, ...moreArguments], folder),
  );
}

/** Makes a project of the settings, the copied paths and the files; removes it after the work. */
export async function inProject<T>(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<T>,
  copied: readonly string[] = [],
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-gate-'));
  try {
    for (const path of [...SETTINGS, ...copied]) {
      await cp(join(ROOT, path), join(folder, path), { recursive: true });
    }
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end in a folder. */
export async function run(
  command: string,
  args: readonly string[],
  folder: string,
): Promise<Printed> {
  const { promise, resolve } = Promise.withResolvers<Printed>();
  // Tests are told apart from programs under test by this variable of the test runner.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = execFile(command, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (_, stdout) =>
    resolve({ code: child.exitCode ?? -1, stdout }),
  );
  return await promise;
}
