// Where the embedded server keeps its files, given Koshin's data folder. Creates folders, no database.
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, mkdtemp, open, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseUnfit } from './database-unfit.ts';
import type { ServerAccount } from './server-account.ts';
import { makeSharedFolder } from './server-programs.ts';

/** Of root's server: programs and data. Not the data folder, which the server's user cannot enter. */
export const SHARED_FOLDER = '/var/lib/koshin';
const SOCKET_PARENT_OF_ROOT = '/run/koshin';
const SOCKET_FILE = '.s.PGSQL.5432';
// sun_path of struct sockaddr_un holds 108 bytes with its final NUL on Linux, 104 on macOS.
const SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/** The folders and files of one embedded server. */
export type ClusterPlace = {
  /** PostgreSQL's data directory; belongs to the server's account. */
  readonly cluster: string;
  /** Settings and access rules; belong to the starter, so that the server cannot change them. */
  readonly settings: string;
  /** The server's own log, in the data folder. */
  readonly log: string;
  /** Records that the cluster was made, where it lies outside the data folder. */
  readonly record: string | undefined;
};

/** The place that belongs to a data folder; makes what is missing of the folders around it. */
export async function findClusterPlace(
  dataFolder: string,
  account: ServerAccount,
): Promise<ClusterPlace> {
  const own = path.join(path.resolve(dataFolder), 'postgres');
  await mkdir(own, { recursive: true, mode: 0o700 });
  await checkOwner(own, account);
  await chmod(own, 0o700);
  const record = path.join(own, 'location');
  const recorded = await readIfThere(record);
  if (!account.isOwnUser) {
    if (recorded !== undefined) {
      throw new DatabaseUnfit(
        `the database of ${dataFolder} was made by root (${recorded.trim()})`,
      );
    }
    return { ...filesIn(own), log: path.join(own, 'postgres.log'), record: undefined };
  }
  const away = recorded?.trim() ?? path.join(SHARED_FOLDER, await nameOf(dataFolder, own));
  if (recorded !== undefined && (await lstatIfThere(away)) === undefined) {
    throw new DatabaseUnfit(
      `the database of ${dataFolder} should be in ${away} but is not there: restore it, or remove ` +
        `${record} to begin with an empty one`,
    );
  }
  await makeSharedFolder(SHARED_FOLDER);
  await makeSharedFolder(away);
  return { ...filesIn(away), log: path.join(own, 'postgres.log'), record };
}

/** Writes down where the cluster lies, once it is complete. */
export async function recordPlace(place: ClusterPlace): Promise<void> {
  if (place.record === undefined) return;
  await replaceFile(place.record, `${path.dirname(place.cluster)}\n`, 0o600);
}

/** A new folder for the socket, short, of mode 0700 and owned by the server's account. */
export async function makeSocketFolder(account: ServerAccount): Promise<string> {
  if (account.isOwnUser) await makeSharedFolder(SOCKET_PARENT_OF_ROOT);
  const parent = account.isOwnUser ? SOCKET_PARENT_OF_ROOT : shortTemporaryFolder();
  const folder = await mkdtemp(path.join(parent, 'koshin-')); // mode 0700
  if (account.isOwnUser) await chown(folder, account.uid, account.gid);
  return folder;
}

/** True for a folder that only the server's account can enter, so that its socket can be trusted. */
export async function isPrivateSocketFolder(
  folder: string,
  account: ServerAccount,
): Promise<boolean> {
  const found = await lstatIfThere(folder);
  return found?.isDirectory() === true && found.uid === account.uid && (found.mode & 0o077) === 0;
}

function filesIn(folder: string): { cluster: string; settings: string } {
  return { cluster: path.join(folder, 'cluster'), settings: path.join(folder, 'settings') };
}

// Not $XDG_RUNTIME_DIR: it is removed when its user logs out, under a Koshin that still runs.
function shortTemporaryFolder(): string {
  const folder = tmpdir();
  const length = Buffer.byteLength(path.join(folder, 'koshin-XXXXXX', SOCKET_FILE));
  return /^[A-Za-z0-9/._-]+$/.test(folder) && length <= SOCKET_PATH_BYTES ? folder : '/tmp';
}

async function checkOwner(folder: string, account: ServerAccount): Promise<void> {
  const starterId = account.isOwnUser ? 0 : account.uid;
  const { uid } = await lstat(folder);
  if (uid === starterId) return;
  throw new DatabaseUnfit(
    `${folder} belongs to the account with the number ${uid}: start Koshin as that account, ` +
      'or give it another data folder',
  );
}

// The name of root's cluster: readable, and never that of another or of a former data folder.
async function nameOf(dataFolder: string, own: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await lstat(own, { bigint: true });
  const identity = createHash('sha256').update(`${dev}:${ino}:${birthtimeNs}`).digest('hex');
  const readable = path.basename(path.resolve(dataFolder)).replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return `${readable.slice(0, 40)}-${identity.slice(0, 12)}`;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function lstatIfThere(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes a whole file or nothing; whoever reads meanwhile sees the old one. */
export async function replaceFile(file: string, text: string, mode: number): Promise<void> {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
  // wx: nothing planted under this name is followed or overwritten.
  const handle = await open(unfinished, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  await syncFolder(path.dirname(file));
}

/** Makes names given in a folder survive a crash of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** True for the error of a file or folder that does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
