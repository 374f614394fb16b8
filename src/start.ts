// Builds the running system; the only file that knows every part.
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Institution } from './banking/institution.ts';
import type { Clock } from './clock.ts';
import type { Settings } from './config/settings.ts';
import { Refusal } from './errors.ts';
import { type Hosts, membersOrigins, readHosts, siteOf } from './http/host-names.ts';
import {
  hostKeyFiles,
  type InstitutionKeyPairs,
  keyPairsInUse,
  readKeyPairs,
} from './http/institution-key-pairs.ts';
import { KeyPairAlarm } from './http/key-pair-alarm.ts';
import { KeyPairReload } from './http/key-pair-reload.ts';
import { type OpenedFront, openFront } from './http/open-front.ts';
import { repeat } from './http/repeat.ts';
import { shareOf } from './http/share.ts';
import type { Presented } from './http/tls-server.ts';
import { createSecrets, readSecrets, type Secrets } from './keys/secrets.ts';
import type { Log } from './log.ts';
import type { LoadedBank } from './operations/bank.ts';
import { deleteOldSessions } from './operations/delete-old-sessions.ts';
import { foundInstitution } from './operations/found-institution.ts';
import { loadBanks } from './operations/load-bank.ts';
import type { FoundingText } from './operations/parse-founding.ts';
import { PinHasher } from './operations/pin-hasher.ts';
import { type BrowserScripts, bundleBrowserScripts } from './portal/browser-bundle.ts';
import { registerLoginRoutes } from './portal/login-routes.ts';
import { registerMembersRoutes } from './portal/members-routes.ts';
import type { PortalNeeds } from './portal/portal.ts';
import { registerPublicRoutes } from './portal/public-routes.ts';
import { portalAnswers } from './portal/refusal-answers.ts';
import { styleSource } from './portal/style.ts';
import { buildSample } from './sample/build-sample.ts';
import { sampleInstitution } from './sample/institution.ts';
import { makeServerKeyPairs } from './sample/server-key-pairs.ts';
import { checkApplicationRole } from './store/check-application-role.ts';
import { type Db, openDatabase } from './store/database.ts';
import type { DatabaseAddress } from './store/database-address.ts';
import { EmbeddedPostgres } from './store/embedded-postgres.ts';
import { listInstitutions } from './store/institutions.ts';
import { migrate } from './store/migrate.ts';
import { encodePem } from './x509/pem.ts';

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

/** A running system. */
export type Running = AsyncDisposable & {
  readonly port: number;
  readonly banks: readonly LoadedBank[];
};

/** What is bounded for the whole installation, however many processes share it. */
const HASHES_AT_ONCE = 64;
const DATABASE_CONNECTIONS = 64;
const CONNECTIONS_OF_PROCESS = 16;
/** While one request waits for its connection of the database, another computes. */
const REQUESTS_FOR_CONNECTION = 2;
const HSTS_SECONDS = 365 * 24 * 60 * 60;
const PUBLICATION_PORT = 8080;
/** How often the files of key pairs are looked at: for new ones, and for ones that are about to end. */
const RELOAD_MILLISECONDS = 5_000;
const HOUR_MILLISECONDS = 60 * 60 * 1000;

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

function poolSizeOf(processes: number): number {
  return Math.min(CONNECTIONS_OF_PROCESS, shareOf(DATABASE_CONNECTIONS, processes));
}

/** What a process that serves beside others is told; the settings it reads itself. */
export type Order = { readonly database: DatabaseAddress; readonly scripts: BrowserScripts };

/** What the processes beside this one need to serve the house. */
export async function orderFor({ database }: House): Promise<Order> {
  return { database, scripts: await bundleBrowserScripts() };
}

/** Serves every institution of the house until it is disposed of. */
export async function serve(
  house: House,
  around: Surroundings,
  bundled?: BrowserScripts,
): Promise<Running> {
  const { settings, log, clock } = around;
  const banks = await loadBanks(house);
  if (banks.length === 0) {
    throw new Error(
      'there is no institution yet: found one with `koshin init FILE` or `koshin sample`',
    );
  }
  const hosts = hostsOf(banks, settings);
  const needs: PortalNeeds = {
    db: house.db,
    pins: house.pins,
    banks: new Map(banks.map((bank) => [bank.code, bank])),
    labelKey: house.secrets('label-marks'),
    formKey: house.secrets('form-tokens'),
    challengeKey: house.secrets('passkey-challenges'),
    handleKey: house.secrets('passkey-handles'),
    codeKey: house.secrets('acquisition-codes'),
    log,
    hosts,
    clock,
  };
  const { port, bindAddress, processes } = settings;
  const scripts = bundled ?? (await bundleBrowserScripts());
  const keyPairs = await readKeyPairs(banks, house.tlsFolder);
  const faces = facesOf(keyPairs, { ...needs, scripts });
  const load = { atOnce: REQUESTS_FOR_CONNECTION * poolSizeOf(processes) * processes };
  const opening = openFront({ port, host: bindAddress, hosts, log, faces, load, processes });
  const front: OpenedFront = await told(opening, {
    EADDRINUSE: `port ${port} of ${bindAddress} is in use: choose another by KOSHIN_PORT`,
    EACCES: `port ${port} is not for this user: choose one from 1024 up by KOSHIN_PORT`,
    EADDRNOTAVAIL: `${bindAddress} is no address of this machine: set KOSHIN_BIND`,
    ENOTFOUND: `${bindAddress} is no address of this machine: set KOSHIN_BIND`,
  });
  const reload = new KeyPairReload(house.tlsFolder, keyPairsInUse(keyPairs, front), {
    clock,
    log,
  });
  const reloading = repeat(async () => await reload.check(), RELOAD_MILLISECONDS);
  return {
    port: front.port,
    banks,
    [Symbol.asyncDispose]: async () => {
      await reloading[Symbol.asyncDispose]();
      await front.close();
    },
  };
}

/** Says in the log which of the house's server certificates are about to end, until disposed of. */
export async function watchServerCertificates(
  { db, tlsFolder }: House,
  { clock, log }: Surroundings,
): Promise<AsyncDisposable> {
  const institutions = await listInstitutions(db);
  const hosts = institutions.flatMap((one) => Object.values(hostKeyFiles(one)));
  const alarm = new KeyPairAlarm(tlsFolder, hosts, { clock, log });
  return repeat(async () => await alarm.check(), HOUR_MILLISECONDS);
}

/** Deletes sessions long over, now and every hour until disposed of; returns once it was done for the first time. */
export async function deleteSessionsHourly(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): Promise<AsyncDisposable> {
  const first = Promise.withResolvers<void>();
  const deleting = repeat(async () => {
    await deleteOldSessions({ db, clock }).catch((error: unknown) => {
      // Nobody waits for it, and the next hour tries again.
      log.error({ err: error }, 'old sessions could not be deleted');
    });
    first.resolve();
  }, HOUR_MILLISECONDS);
  await first.promise;
  return deleting;
}

/** An institution and where people find it. */
export type OpenPlace = { readonly name: string; readonly code: string; readonly origin: string };

/** Where each institution of the house is found. */
export async function openPlaces(
  { db }: House,
  { settings }: Pick<Surroundings, 'settings'>,
): Promise<readonly OpenPlace[]> {
  const institutions = await listInstitutions(db);
  const hosts = hostsOf(institutions, settings);
  return institutions.map(({ name, code }) => {
    return { name, code, origin: siteOf(code, 'public', hosts).origin };
  });
}

/** Builds the sample institution where there is no institution yet; false where there is one. */
export async function buildSampleIn(
  house: House,
  { clock, settings }: Surroundings,
): Promise<boolean> {
  const unfinished = join(house.sampleFolder, 'unfinished');
  if (existsSync(unfinished)) {
    throw new Error(
      `building the sample was broken off: remove ${settings.dataFolder} and start again`,
    );
  }
  if ((await listInstitutions(house.db)).length > 0) return false;
  await mkdir(house.sampleFolder, { recursive: true, mode: 0o700 });
  await writeFile(unfinished, '');
  const { publicHost, membersDomain } = sampleInstitution(PUBLICATION_PORT);
  await buildSample(house.sampleFolder, PUBLICATION_PORT, { ...house, clock });
  await makeServerKeyPairs(
    house.tlsFolder,
    { [publicHost]: [publicHost], [membersDomain]: [membersDomain, `*.${membersDomain}`] },
    clock.now(),
  );
  await rm(unfinished);
  return true;
}

/** Whether the sample institution is in the house, and its people's files beside it. */
export async function hasSample({ db, sampleFolder }: House): Promise<boolean> {
  const { code, publicHost } = sampleInstitution(PUBLICATION_PORT);
  const institutions = await listInstitutions(db);
  const isThere = institutions.some((one) => one.code === code && one.publicHost === publicHost);
  return isThere && existsSync(sampleFolder);
}

/** Founds an institution in the house. */
export async function found(
  founding: FoundingText,
  house: House,
  { clock, settings }: Surroundings,
): Promise<void> {
  const checkTogether = (institutions: readonly Institution[]) => {
    try {
      hostsOf(institutions, settings);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
      throw new Refusal('invalid-input', `publicHost or membersDomain: ${reason}`, { cause });
    }
  };
  await foundInstitution(
    { ...founding, equalNames: 'refused', checkTogether },
    { ...house, clock },
  );
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

/** What an engineer can mend is said in their words, by the system's code of the fault. */
async function told<T>(work: Promise<T>, messages: Readonly<Record<string, string>>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = messages[code];
    if (message === undefined) throw cause;
    throw new Error(message, { cause });
  }
}

function hostsOf(institutions: readonly Institution[], { outsidePort }: Settings): Hosts {
  const named = institutions.map(({ code, publicHost, membersDomain }) => ({
    institution: code,
    publicHost,
    loginHost: membersDomain,
  }));
  return readHosts(named, outsidePort);
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

function facesOf(
  keyPairs: readonly InstitutionKeyPairs<LoadedBank>[],
  { scripts, ...needs }: PortalNeeds & { readonly scripts: BrowserScripts },
) {
  const answers = portalAnswers(needs);
  const headers = { styleSources: [styleSource()], hstsSeconds: HSTS_SECONDS };
  const publicPairs = new Map<string, Presented>();
  const loginPairs = new Map<string, Presented>();
  const membersPairs = new Map<string, Presented>();
  for (const { institution: bank, publicPair, membersPair } of keyPairs) {
    publicPairs.set(bank.code, { keyPair: publicPair });
    loginPairs.set(bank.code, { keyPair: membersPair });
    membersPairs.set(bank.code, {
      keyPair: membersPair,
      certificateAuthoritiesPem: [encodePem(bank.issuingCertificate, 'CERTIFICATE')],
    });
  }
  const withSessions = {
    ...headers,
    formTargets: (site: { readonly institution: string }) => formTargetsOf(site, needs),
  };
  return {
    public: {
      answers,
      headers,
      presented: publicPairs,
      register: (face: Parameters<typeof registerPublicRoutes>[0]) =>
        registerPublicRoutes(face, scripts, needs),
    },
    login: {
      answers,
      headers: withSessions,
      presented: loginPairs,
      register: (face: Parameters<typeof registerLoginRoutes>[0]) =>
        registerLoginRoutes(face, scripts, needs),
    },
    members: {
      answers,
      headers: withSessions,
      presented: membersPairs,
      register: (face: Parameters<typeof registerMembersRoutes>[0]) =>
        registerMembersRoutes(face, scripts, needs),
    },
  };
}

/** Forms of hosts with sessions lead to the public host, and to each other when a key moves. */
function formTargetsOf({ institution }: { readonly institution: string }, { hosts }: PortalNeeds) {
  return [
    siteOf(institution, 'public', hosts).origin,
    siteOf(institution, 'login', hosts).origin,
    membersOrigins(institution, hosts),
  ];
}
