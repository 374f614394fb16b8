// The bank of the demo: a real Koshin with embedded PostgreSQL, the sample institution, and a second
// institution that its users must never see anything of.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFAULT_POLICY } from '../src/banking/policy.ts';
import type { Clock } from '../src/clock.ts';
import { readSettings } from '../src/config/settings.ts';
import type { Log } from '../src/log.ts';
import type { LoadedBank } from '../src/operations/bank.ts';
import { sampleInstitution } from '../src/sample/institution.ts';
import { makeServerKeyPairs } from '../src/sample/server-key-pairs.ts';
import { openHouse, type Surroundings } from '../src/start/house.ts';
import { buildSampleIn, found } from '../src/start/institutions.ts';
import { serve } from '../src/start.ts';
import type { Db } from '../src/store/database.ts';
import { freePort } from '../test/system/free-port.ts';
import type { ClientIdentity } from '../test/system/visitor.ts';

/** The running bank and what the demo looks at. */
export type SampleBank = AsyncDisposable & {
  readonly db: Db;
  readonly port: number;
  readonly mihon: LoadedBank;
  /** Has so many days pass for the bank; for browsers it is still today. */
  readonly passDays: (days: number) => void;
  /** PEM file of the authority that browsers must trust to see the pages. */
  readonly serverAuthorityFile: string;
  /** Certificate and key that the sample made for a person. */
  readonly identityOf: (person: string) => Promise<ClientIdentity>;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const OTHER_NAME = 'べつの信用金庫';

/** Starts it with data of its own; nothing is left when it is disposed of. */
export async function openSampleBank(): Promise<SampleBank> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-demo-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  const settings = readSettings({ KOSHIN_DATA: folder, KOSHIN_PORT: String(port) });
  const { log, clusterFolder } = listeningLog();
  opened.defer(async () => {
    // As root the database lies outside the data folder.
    const cluster = clusterFolder();
    if (cluster !== undefined) await rm(dirname(cluster), { recursive: true, force: true });
  });
  let ahead = 0;
  const clock: Clock = { now: () => new Date(Date.now() + ahead) };
  const around: Surroundings = { settings, clock, log };
  const house = opened.use(await openHouse(around));
  await buildSampleIn(house, around);
  const { sampleFolder, tlsFolder, db } = house;
  const mihon = sampleInstitution(0);
  const betsu = { ...mihon, ...OTHER_HOSTS, code: '1395', name: OTHER_NAME };
  const names = {
    rootName: `${OTHER_NAME} ルート認証局`,
    issuingName: `${OTHER_NAME} 利用者認証局`,
  };
  await found({ institution: betsu, policy: DEFAULT_POLICY, ...names }, house, around);
  const serverAuthorityFile = await makeServerKeyPairs(
    tlsFolder,
    Object.fromEntries(
      [mihon, betsu].flatMap(({ publicHost, membersDomain }) => [
        [publicHost, [publicHost]],
        [membersDomain, [membersDomain, `*.${membersDomain}`]],
      ]),
    ),
    clock.now(),
  );
  const running = opened.use(await serve(house, around));
  const bank = running.banks.find(({ code }) => code === mihon.code);
  if (bank === undefined) throw new Error('the sample institution is not served');
  const kept = opened.move();
  return {
    db,
    port,
    mihon: bank,
    passDays: (days) => {
      ahead += days * DAY_MS;
    },
    serverAuthorityFile,
    identityOf: async (person) => {
      const cert = await readFile(join(sampleFolder, `${person}.pem`), 'utf8');
      return { cert, key: '' };
    },
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

const OTHER_HOSTS = {
  nameEnglish: 'Betsu Shinkin Bank',
  publicHost: 'betsu.localhost',
  membersDomain: 'login.betsu.localhost',
  passkeyDomain: 'betsu.localhost',
};

/** Tells what went wrong, and remembers where the database was put. */
function listeningLog(): { readonly log: Log; readonly clusterFolder: () => string | undefined } {
  let cluster: string | undefined;
  const log: Log = {
    info: ({ cluster: folder }) => {
      if (typeof folder === 'string') cluster ??= folder;
    },
    warn: () => {},
    error: (fields, message) => console.error(message, fields),
  };
  return { log, clusterFolder: () => cluster };
}
