// A bank to be broken: PostgreSQL as durable as in production, Koshin as the real program before it,
// and between them the proxy that strikes. Not the judgement of what is left: that is invariants.ts.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Evidence } from '../../src/banking/evidence.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { foundInstitution } from '../../src/operations/found-institution.ts';
import { loadBanks } from '../../src/operations/load-bank.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { openContract } from '../../src/operations/register-person.ts';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { type House, openHouse } from '../../src/start/house.ts';
import { EmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { type Holding, makeCustomer } from '../system/customers.ts';
import { type DeviceHolding, issueDeviceCustomer } from '../system/device-client.ts';
import { freePort } from '../system/free-port.ts';
import { settableClock, TEST_PIN } from '../system/test-bank.ts';
import { LETTER_FONT, TEST_CONTRACT, urlOf } from '../system/test-koshin.ts';
import type { Place } from '../system/visitor.ts';
import { DatabaseProxy } from './database-proxy.ts';
import { killServer } from './kill-server.ts';
import { KoshinProcess } from './koshin-process.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_LEFT = 20;
/** Long enough ago for a certificate of then to have ended, and within grace. */
const ISSUED_DAYS_AGO = 380;
const RECOVERY_DEADLINE_MS = 60_000;

/** The bank, its two programs, and how to kill and raise them. */
export type CrashSite = AsyncDisposable & {
  readonly bank: LoadedBank;
  readonly house: House;
  readonly place: Place;
  readonly proxy: DatabaseProxy;
  readonly koshin: KoshinProcess;
  /** A new person whose certificate ends in twenty days. */
  readonly customer: () => Promise<Holding>;
  /** A new person with a mail address, whose certificate has ended, in grace. */
  readonly lateCustomer: () => Promise<Holding>;
  /** The same as `customer` with the key in a passkey. */
  readonly deviceCustomer: () => Promise<DeviceHolding>;
  /** kill -9 of the server's first process and of every other one. */
  readonly killPostgres: () => void;
  /** A setting of the server, as it runs. */
  readonly setting: (name: string) => Promise<string>;
  /** Waits until the database works again, where it was killed. */
  readonly raiseDatabase: () => Promise<void>;
  /** Starts what was killed and waits until it works again. */
  readonly raise: () => Promise<void>;
};

/** Builds the site and starts Koshin; dispose of it at the end (`await using`). */
export async function openCrashSite(): Promise<CrashSite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'koshin-faults-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const server = await EmbeddedPostgres.start({ dataFolder: folder, log: silentLog });
  opened.defer(() => rm(path.dirname(server.cluster), { recursive: true, force: true }));
  opened.use(server);
  const clock = settableClock(daysAgo(ISSUED_DAYS_AGO));
  const port = await freePort();
  const house = opened.use(
    await openHouse({ settings: settingsFor(folder, server, port), clock, log: silentLog }),
  );
  const bank = await foundBank(house, clock);
  clock.set(daysAgo(DEFAULT_POLICY.validityDays - DAYS_LEFT));
  const authorityFile = await makeKeyPairs(bank, house);
  const proxy = opened.use(await DatabaseProxy.open(() => socketFolderOf(server)));
  const koshin = opened.use(
    new KoshinProcess({
      KOSHIN_DATA: folder,
      KOSHIN_PORT: String(port),
      KOSHIN_DATABASE_URL: urlOf({ ...server.address('koshin_app'), socketFolder: proxy.folder }),
    }),
  );
  await koshin.start();
  const place = { port, serverAuthorityPem: await readFile(authorityFile, 'utf8') };
  const people = { house, clock, mihon: bank };
  let customers = 0;
  let killed = 0;
  const kept = opened.move();
  return {
    bank,
    house,
    place,
    proxy,
    koshin,
    customer: async () => {
      customers += 1;
      return await makeCustomer(`faults${customers}`, people);
    },
    lateCustomer: async () => {
      customers += 1;
      const user = `faults${customers}`;
      const then = { ...people, clock: settableClock(daysAgo(ISSUED_DAYS_AGO)) };
      return await makeCustomer(user, then, { mail: `${user}@mail.example` });
    },
    deviceCustomer: async () => {
      customers += 1;
      const holding = await issueDeviceCustomer(`faults${customers}`, people);
      await logIn({ evidence: signedLongAgo(holding), pin: TEST_PIN }, { ...house, clock });
      return holding;
    },
    killPostgres: () => {
      killed = server.pid;
      killServer(killed);
    },
    setting: async (name) => {
      const asked = sql<{ value: string }>`select current_setting(${name}) as value`;
      return (await asked.execute(house.db)).rows[0]?.value ?? '';
    },
    raiseDatabase: async () => await until(() => server.pid !== killed),
    raise: async () => {
      await until(() => server.pid !== killed);
      if (koshin.isDown) await koshin.start();
    },
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

/** The first login of a year ago, which no browser of today can have made. */
function signedLongAgo({ certificate }: DeviceHolding): Evidence {
  const assertion = { authenticatorData: '', clientDataJson: '', signature: '' };
  return { kind: 'signed-challenge', certificate, assertion };
}

// What breaks here is broken on purpose; the cases judge what is left.
const silentLog = { info: () => {}, warn: () => {}, error: () => {} };

async function foundBank(house: House, clock: { readonly now: () => Date }): Promise<LoadedBank> {
  const institution = sampleInstitution(8080);
  const needs = { ...house, clock };
  await foundInstitution(
    {
      institution,
      policy: DEFAULT_POLICY,
      ...SAMPLE_AUTHORITIES,
      equalNames: 'refused',
      checkTogether: () => {}, // it is the only one
    },
    needs,
  );
  const contract = {
    institution: institution.code,
    contract: TEST_CONTRACT,
    name: '株式会社さくら商事',
  };
  await openContract(contract, needs);
  const [bank] = await loadBanks(house);
  if (bank === undefined) throw new Error('the bank was not stored');
  return bank;
}

async function makeKeyPairs(bank: LoadedBank, { tlsFolder }: House): Promise<string> {
  const { publicHost, membersDomain } = bank;
  return await makeServerKeyPairs(
    tlsFolder,
    { [publicHost]: [publicHost], [membersDomain]: [membersDomain, `*.${membersDomain}`] },
    new Date(),
  );
}

function settingsFor(folder: string, server: EmbeddedPostgres, port: number): Settings {
  return {
    dataFolder: folder,
    secretFile: path.join(folder, 'keys/secret'),
    bindAddress: '127.0.0.1',
    port,
    outsidePort: port,
    database: {
      kind: 'external',
      url: urlOf(server.address('koshin_app')),
      ownerUrl: urlOf(server.address('koshin_owner')),
    },
    pinCost: { memory: 8, passes: 1, lanes: 1 },
    pinThreads: 1,
    auditAnchorFolder: path.join(folder, 'anchor'),
    auditRetentionDays: null,
    letterFont: LETTER_FONT,
    mail: { server: null, folder: null, from: null },
    processes: 1,
  };
}

function socketFolderOf(server: EmbeddedPostgres): string {
  const address = server.address('koshin_app');
  if ('url' in address) throw new Error('the embedded server is not at a socket');
  return address.socketFolder;
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + RECOVERY_DEADLINE_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('the database did not come back');
    await delay(5);
  }
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}
