// Makes the cluster of the embedded server, whole or not at all, and clears what a crash left behind.
import { chown, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type ClusterPlace, isMissing, recordPlace, syncFolder } from './cluster-place.ts';
import { DatabaseUnfit } from './database-unfit.ts';
import type { ServerAccount } from './server-account.ts';
import { runProgram, type ServerPrograms } from './server-programs.ts';

const INITDB = [
  '--username=postgres',
  '--auth-local=peer',
  '--auth-host=reject',
  '--encoding=UTF8',
  // Sorting that no update of the operating system can change under an index.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
];
const UNFINISHED_MS = 10 * 60_000;
const LOCK_FILE = 'postmaster.pid';

/** What a running server wrote into its lock file. */
export type RunningServer = { readonly pid: number; readonly socketFolder: string };

type Needs = {
  readonly account: ServerAccount;
  readonly programs: ServerPrograms;
  readonly log: Log;
};

/** Makes the cluster if there is none. Several may try at once; one wins, and all use its cluster. */
export async function ensureCluster(place: ClusterPlace, needs: Needs): Promise<void> {
  if (!(await exists(place.cluster))) {
    await makeCluster(place, needs);
    await recordPlace(place);
  }
  await checkClusterOwner(place.cluster, needs.account);
  await removeUnfinished(place.cluster);
}

async function makeCluster(place: ClusterPlace, needs: Needs): Promise<void> {
  const { account, programs, log } = needs;
  const unfinished = await mkdtemp(`${place.cluster}.unfinished-`); // mode 0700
  if (account.isOwnUser) await chown(unfinished, account.uid, account.gid);
  const made = await runProgram('initdb', [...INITDB, '-D', unfinished], programs, account);
  if (made.exitCode === 0) {
    try {
      await rename(unfinished, place.cluster);
      await syncFolder(path.dirname(place.cluster));
      log.info({ cluster: place.cluster }, 'made the database cluster');
      return;
    } catch (error) {
      if (!(await exists(place.cluster))) throw error;
    }
  }
  await rm(unfinished, { recursive: true, force: true });
  if (await exists(place.cluster)) return; // another start was faster
  throw new DatabaseUnfit(`the database could not be made: ${made.output}`);
}

async function checkClusterOwner(cluster: string, account: ServerAccount): Promise<void> {
  const { uid } = await stat(cluster);
  if (uid === account.uid) return;
  throw new DatabaseUnfit(`${cluster} belongs to the account with the number ${uid}, not to ours`);
}

// Left by starts that were killed half way; a recent one may still be at work.
async function removeUnfinished(cluster: string): Promise<void> {
  const parent = path.dirname(cluster);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${path.basename(cluster)}.unfinished-`)) continue;
    const folder = path.join(parent, name);
    const { mtimeMs } = await stat(folder);
    const ageMs = systemClock.now().getTime() - mtimeMs;
    if (ageMs > UNFINISHED_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** The server that the lock file speaks of; it may be dead. */
export async function readLockFile(cluster: string): Promise<RunningServer | undefined> {
  try {
    const lines = (await readFile(path.join(cluster, LOCK_FILE), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    const socketFolder = lines[4];
    if (!Number.isSafeInteger(pid) || pid <= 0 || !socketFolder) return undefined;
    return { pid, socketFolder };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Removes a lock file whose process number now belongs to some other program (after a crash of the
 * machine or container), which PostgreSQL itself takes for a running server. Linux only.
 */
export async function removeStaleLockFile(cluster: string, log: Log): Promise<void> {
  const file = path.join(cluster, LOCK_FILE);
  const before = await readLockFile(cluster);
  if (before === undefined || process.platform !== 'linux') return;
  if (await isServed(cluster)) return;
  if ((await readLockFile(cluster))?.pid !== before.pid) return;
  await rm(file, { force: true });
  await rm(path.join(before.socketFolder, '.s.PGSQL.5432.lock'), { force: true });
  log.warn({ pid: before.pid }, 'removed the lock file of a database server that no longer runs');
}

// PostgreSQL's processes stay in their data directory.
async function isServed(cluster: string): Promise<boolean> {
  const folder = await stat(cluster);
  for (const entry of await readdir('/proc')) {
    if (/^[0-9]+$/.test(entry) && (await mayServe(folder, entry))) return true;
  }
  return false;
}

async function mayServe(
  cluster: { readonly dev: number; readonly ino: number; readonly uid: number },
  pid: string,
): Promise<boolean> {
  try {
    if ((await stat(`/proc/${pid}`)).uid !== cluster.uid) return false;
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [, name, state] = /^\d+ \((.*)\) (.)/s.exec(status) ?? [];
    if (name !== 'postgres' || state === 'Z') return false;
  } catch {
    return false; // it ended meanwhile
  }
  try {
    const cwd = await stat(`/proc/${pid}/cwd`);
    return cwd.dev === cluster.dev && cwd.ino === cluster.ino;
  } catch (error) {
    // Not allowed to look (a container without CAP_SYS_PTRACE): better to wait than to be wrong.
    return !isMissing(error);
  }
}

/** True if the file or folder is there. */
async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
