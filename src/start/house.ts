// What a process of Koshin stands on: database, keys and PIN hashing, opened or joined. Serves nothing.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { shareOf } from '../http/share.ts';
import { createSecrets, readSecrets, type Secrets } from '../keys/secrets.ts';
import type { Log } from '../log.ts';
import { PinHasher } from '../operations/pin-hasher.ts';
import { checkApplicationRole } from '../store/check-application-role.ts';
import { type Db, openDatabase } from '../store/database.ts';
import type { DatabaseAddress } from '../store/database-address.ts';
import { EmbeddedPostgres } from '../store/embedded-postgres.ts';
import { listInstitutions } from '../store/institutions.ts';
import { migrate } from '../store/migrate.ts';
import { told } from './told.ts';

/** What everything needs from outside. */
export type Surroundings = {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
};

/** Database, keys and PIN hashing: what the command line's other commands need too. */
export type House = AsyncDisposable & {
  readonly db: Db;
  /** Where the database is, for those who serve beside this process. */
  readonly database: DatabaseAddress;
  readonly secrets: Secrets;
  readonly pins: PinHasher;
  readonly keysFolder: string;
  readonly tlsFolder: string;
  readonly sampleFolder: string;
};

/** The same as opened by the process that owns it. */
export type OwnHouse = House & {
  /** The owner of the tables; null where it is not for this process. */
  readonly owner: DatabaseAddress | null;
};

/** What is bounded for the whole installation, however many processes share it. */
const HASHES_AT_ONCE = 64;
/** Of those who show nothing; more come back a moment later. */
const HASHES_OF_STRANGERS = 16;
const DATABASE_CONNECTIONS = 64;
const CONNECTIONS_OF_PROCESS = 16;

/** Opens database, keys and PIN hashing; a data folder that is empty is set up. */
export async function openHouse({ settings, log }: Surroundings): Promise<OwnHouse> {
  await using opened = new AsyncDisposableStack();
  const keysFolder = join(settings.dataFolder, 'keys');
  await told(mkdir(keysFolder, { recursive: true, mode: 0o700 }), {
    EACCES: `the data folder ${settings.dataFolder} cannot be written: set KOSHIN_DATA`,
    ENOTDIR: `the data folder ${settings.dataFolder} lies below a file: set KOSHIN_DATA`,
    EEXIST: `the data folder ${settings.dataFolder} is a file: set KOSHIN_DATA`,
  });
  const addresses = await databaseAddresses(settings, opened, log);
  if (addresses.owner !== null) await told(migrate(addresses.owner, { log }), SILENT_DATABASE);
  await told(checkApplicationRole(addresses.application, { log }), SILENT_DATABASE);
  const house = opened.use(await joinHouse(addresses.application, { settings, log }));
  const kept = opened.move();
  const { owner } = addresses;
  return { ...house, owner, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}

/** Opens the same for a process beside the one that opened the house, which stays its owner. */
export async function joinHouse(
  database: DatabaseAddress,
  { settings, log }: Pick<Surroundings, 'settings' | 'log'>,
): Promise<House> {
  await using opened = new AsyncDisposableStack();
  const { processes, dataFolder } = settings;
  const poolSize = poolSizeOf(processes);
  const db = opened.adopt(openDatabase(database, { log, poolSize }), async (one) => {
    await one.destroy();
  });
  const secrets = await secretsFor(settings.secretFile, db);
  const pins = opened.use(
    new PinHasher({
      pepper: secrets('pin-pepper'),
      cost: settings.pinCost,
      threads: shareOf(settings.pinThreads, processes),
      limit: shareOf(HASHES_AT_ONCE, processes),
      strangersLimit: shareOf(HASHES_OF_STRANGERS, processes),
    }),
  );
  const kept = opened.move();
  return {
    db,
    database,
    secrets,
    pins,
    keysFolder: join(dataFolder, 'keys'),
    tlsFolder: join(dataFolder, 'tls'),
    sampleFolder: join(dataFolder, 'sample'),
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

/** How many connections a process has to the database. */
export function poolSizeOf(processes: number): number {
  return Math.min(CONNECTIONS_OF_PROCESS, shareOf(DATABASE_CONNECTIONS, processes));
}

type Addresses = { readonly application: DatabaseAddress; readonly owner: DatabaseAddress | null };

async function databaseAddresses(
  settings: Settings,
  opened: AsyncDisposableStack,
  log: Log,
): Promise<Addresses> {
  const { database, dataFolder } = settings;
  if (database.kind === 'external') {
    const owner = database.ownerUrl === null ? null : { url: database.ownerUrl };
    return { application: { url: database.url }, owner };
  }
  const server = opened.use(await EmbeddedPostgres.start({ dataFolder, log }));
  return { application: server.address('koshin_app'), owner: server.address('koshin_owner') };
}

/** A lost secret is never replaced by a new one: every key and PIN would be lost with it. */
async function secretsFor(file: string, db: Db): Promise<Secrets> {
  if (existsSync(file)) return await readSecrets(file);
  if ((await listInstitutions(db)).length > 0) {
    throw new Error(`the secret file ${file} is missing; restore it from its backup`);
  }
  return await createSecrets(file);
}

const DATABASE_SETTINGS = 'check KOSHIN_DATABASE_URL and KOSHIN_DATABASE_OWNER_URL';
const SILENT_DATABASE = {
  ECONNREFUSED: 'the database does not answer: check KOSHIN_DATABASE_URL',
  ENOTFOUND: 'the host of the database is not known: check KOSHIN_DATABASE_URL',
  // PostgreSQL, Appendix A: invalid_password, invalid_authorization_specification, invalid_catalog_name.
  '28P01': `the database refuses user or password: ${DATABASE_SETTINGS}`,
  '28000': `the database refuses this user: ${DATABASE_SETTINGS}`,
  '3D000': `there is no database of this name on the server: ${DATABASE_SETTINGS}`,
};
