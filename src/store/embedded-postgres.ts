// The embedded PostgreSQL: starts it or joins the one that runs, and stops it when the last one leaves.
// Not here: what is in the database, and external servers.
import type { ChildProcess } from 'node:child_process';
import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { ensureCluster, readLockFile, removeStaleLockFile } from './cluster.ts';
import {
  type ClusterPlace,
  findClusterPlace,
  isMissing,
  isPrivateSocketFolder,
  makeSocketFolder,
  SHARED_FOLDER,
} from './cluster-place.ts';
import type { DatabaseAddress } from './database-address.ts';
import { DatabaseUnfit } from './database-unfit.ts';
import { chooseServerAccount, type ServerAccount } from './server-account.ts';
import { keepServerLogSmall, openServerLog, readServerLog } from './server-log.ts';
import { joinServer, type Presence } from './server-presence.ts';
import { findServerPrograms, type ServerPrograms, spawnProgram } from './server-programs.ts';
import { type EmbeddedRole, type ServerSettings, writeSettings } from './server-settings.ts';

const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 200;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const START_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 60_000;
// The server's word that somebody else holds the cluster; that one is then joined instead.
const HELD_BY_ANOTHER = /lock file "[^"]+" already exists|pre-existing shared memory block/;

type Choice = {
  readonly dataFolder: string;
  readonly log: Log;
  /** Settings of the server beside or instead of Koshin's own. */
  readonly settings?: ServerSettings;
};

type Site = {
  readonly place: ClusterPlace;
  readonly account: ServerAccount;
  readonly programs: ServerPrograms;
  readonly settings: ServerSettings;
  readonly log: Log;
};

type Started = {
  readonly child: ChildProcess;
  readonly socketFolder: string;
  readonly logStart: number;
};

/** A share in the running server of a data folder. */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly #site: Site;
  readonly #logKeeper: { stop: () => void };
  #presence: Presence;
  readonly #leaving = new AbortController();
  #return: Promise<void> = Promise.resolve();

  private constructor(site: Site, presence: Presence) {
    this.#site = site;
    this.#presence = presence;
    this.#logKeeper = keepServerLogSmall(site.place.log, site.log);
    this.#watch(presence);
  }

  /** Starts the server of a data folder, making its cluster if there is none, or joins it. */
  static async start(choice: Choice): Promise<EmbeddedPostgres> {
    const { log, settings = {} } = choice;
    if (process.platform === 'win32') {
      throw new DatabaseUnfit(
        'on Windows there is no embedded PostgreSQL: set KOSHIN_DATABASE_URL to an external one',
      );
    }
    const account = await chooseServerAccount();
    const place = await findClusterPlace(choice.dataFolder, account);
    const programs = await findServerPrograms(account, SHARED_FOLDER);
    await ensureCluster(place, { account, programs, log });
    const site = { place, account, programs, settings, log };
    return new EmbeddedPostgres(site, await startOrJoin(site, undefined));
  }

  /** PostgreSQL's data directory. */
  get cluster(): string {
    return this.#site.place.cluster;
  }

  /** The number of the server's first process. */
  get pid(): number {
    return this.#presence.pid;
  }

  /** How to reach a database of this server as one of its roles. */
  address(role: EmbeddedRole, database = 'koshin'): DatabaseAddress {
    return { socketFolder: this.#presence.socketFolder, user: role, database };
  }

  /** Leaves; whoever leaves last stops the server and waits for its end. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    this.#logKeeper.stop();
    await this.#return;
    if (await this.#presence.leave()) await stopServer(this.#site, this.#presence);
  }

  // A server that dies under us (killed, out of memory) is started again in the same socket folder,
  // so that the pools which know that folder find it.
  #watch(presence: Presence): void {
    presence.onLost((error) => {
      if (this.#leaving.signal.aborted) return;
      this.#site.log.error({ error }, 'lost the database server; starting or joining it again');
      this.#return = this.#bringBack(presence.socketFolder);
    });
  }

  // A full disk or a lack of memory passes; what is served meanwhile fails, and then works again.
  async #bringBack(socketFolder: string): Promise<void> {
    const { log } = this.#site;
    const { signal } = this.#leaving;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause *= 2) {
      try {
        this.#presence = await startOrJoin(this.#site, socketFolder);
        this.#watch(this.#presence);
        log.info({}, 'the database server is back');
        return;
      } catch (error) {
        log.error({ error }, 'the database server did not come back; trying again');
      }
      await delay(Math.min(pause, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => undefined);
    }
  }
}

async function startOrJoin(site: Site, socketFolder: string | undefined): Promise<Presence> {
  const deadline = performance.now() + START_DEADLINE_MS;
  let wait = FIRST_WAIT_MS;
  const former = (await readLockFile(site.place.cluster))?.socketFolder;
  // The pools of whoever lost the server know this folder: it is used again, and outlives failures.
  const wanted = socketFolder ?? former;
  let started: Started | undefined;
  for (;;) {
    const presence = await joinIfRunning(site);
    if (presence !== undefined) {
      await discardUnused([former, started?.socketFolder], presence, site);
      return presence;
    }
    if (started === undefined || hasEnded(started.child)) {
      if (started !== undefined) await checkWhyEnded(started, wanted, site);
      started = await spawnServer(site, started?.socketFolder ?? wanted);
    }
    if (performance.now() > deadline) {
      // It is left to go on: a long recovery is not lost, and the next start joins it.
      const said = await readServerLog(site.place.log, started.logStart);
      throw new DatabaseUnfit(`the database server does not answer; its log says: ${said}`);
    }
    await delay(wait);
    wait = Math.min(wait * 1.5, LONGEST_WAIT_MS);
  }
}

async function joinIfRunning(site: Site): Promise<Presence | undefined> {
  const running = await readLockFile(site.place.cluster);
  if (running === undefined) return undefined;
  if (!(await isPrivateSocketFolder(running.socketFolder, site.account))) return undefined;
  return await joinServer(running);
}

async function spawnServer(site: Site, socketFolder: string | undefined): Promise<Started> {
  const { place, programs, account } = site;
  const folder = await usableSocketFolder(socketFolder, account);
  const parameters = await writeSettings(place.settings, site.settings, account);
  const output = await openServerLog(place.log);
  try {
    const { size } = await output.stat();
    const child = spawnProgram(
      'postgres',
      ['-D', place.cluster, '-k', folder, ...parameters],
      programs,
      { account, output: output.fd },
    );
    child.once('error', (error) => site.log.error({ error }, 'could not run the database server'));
    child.unref();
    return { child, socketFolder: folder, logStart: size };
  } finally {
    await output.close();
  }
}

async function usableSocketFolder(
  former: string | undefined,
  account: ServerAccount,
): Promise<string> {
  if (former !== undefined && (await isPrivateSocketFolder(former, account))) return former;
  return await makeSocketFolder(account);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function checkWhyEnded(
  started: Started,
  wanted: string | undefined,
  site: Site,
): Promise<void> {
  const said = await readServerLog(site.place.log, started.logStart);
  if (!HELD_BY_ANOTHER.test(said)) {
    if (started.socketFolder !== wanted) await removeSocketFolder(started.socketFolder);
    throw new DatabaseUnfit(`the database server ended while starting; its log says: ${said}`);
  }
  await removeStaleLockFile(site.place.cluster, site.log);
}

// Socket folders of a server that was killed, and of one of ours that came too late.
async function discardUnused(
  folders: readonly (string | undefined)[],
  presence: Presence,
  site: Site,
): Promise<void> {
  for (const folder of folders) {
    if (folder === undefined || folder === presence.socketFolder) continue;
    if (await isPrivateSocketFolder(folder, site.account)) await removeSocketFolder(folder);
  }
}

async function stopServer(site: Site, presence: Presence): Promise<void> {
  const { cluster } = site.place;
  process.kill(presence.pid, 'SIGINT'); // fast shutdown: open transactions are rolled back
  const deadline = performance.now() + STOP_DEADLINE_MS;
  let wait = FIRST_WAIT_MS;
  // The lock file goes last; a process number would stay where nobody collects the dead.
  while ((await readLockFile(cluster))?.pid === presence.pid) {
    if (performance.now() > deadline) {
      throw new DatabaseUnfit(`the database server (process ${presence.pid}) does not stop`);
    }
    await delay(wait);
    wait = Math.min(wait * 1.5, LONGEST_WAIT_MS);
  }
  await removeSocketFolder(presence.socketFolder);
}

async function removeSocketFolder(folder: string): Promise<void> {
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) {
    await rm(path.join(folder, name), { force: true });
  }
  await rmdir(folder).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}
