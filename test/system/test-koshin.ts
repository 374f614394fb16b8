// The running system for tests: real database, real TLS on a free port, two institutions whose
// issuing CAs bear one name, and a clock that the test sets. No test itself.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Institution } from '../../src/banking/institution.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/banking/policy.ts';
import { STAFF_POLICY } from '../../src/banking/staff.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { Log } from '../../src/log.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { type Founding, foundInstitution } from '../../src/operations/found-institution.ts';
import type { PinCost } from '../../src/operations/pin-hasher.ts';
import { publishNotice } from '../../src/operations/publish-notice.ts';
import { openContract } from '../../src/operations/register-person.ts';
import {
  SAMPLE_AUTHORITIES,
  SAMPLE_NOTICES,
  SAMPLE_STAFF_AUTHORITIES,
  sampleInstitution,
  sampleStaffHouse,
} from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { type House, openHouse } from '../../src/start/house.ts';
import { type Running, serve } from '../../src/start.ts';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { freePort } from './free-port.ts';
import { type SettableClock, settableClock } from './test-bank.ts';
import { openTestDatabase, quietLog } from './test-database.ts';

/** The contract that each institution of a test has. */
export const TEST_CONTRACT = '00012345678';

/** A running system and what tests need to know of it. */
export type TestKoshin = AsyncDisposable & {
  readonly port: number;
  readonly clock: SettableClock;
  readonly house: House;
  /** みほん信用金庫 (1394). */
  readonly mihon: LoadedBank;
  /** Another institution (1395): other keys, other hosts, the same names unless chosen otherwise. */
  readonly betsu: LoadedBank;
  /** The house of the staff (0000), where one was asked for. */
  readonly staffHouse: LoadedBank | undefined;
  /** PEM file of the CA that browsers must trust to see the pages. */
  readonly serverAuthorityFile: string;
  readonly serverAuthorityPem: string;
  readonly folder: string;
  /** The database as the owner of its tables. */
  readonly owner: DatabaseAddress;
};

/** Whether the other institution bears the first one's names in its certificates, as a trap. */
type OtherNames = 'the-same' | 'of-its-own';

const OTHER_NAME = 'べつの信用金庫';
const OTHER_AUTHORITIES = {
  rootName: `${OTHER_NAME} ルート認証局`,
  issuingName: `${OTHER_NAME} 利用者認証局`,
};
const FOUNDED = '2027-01-05T03:00:00Z';
/** Of the package that tests install for browsers. */
export const LETTER_FONT =
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc#NotoSansCJKjp-Regular';
const LISTEN_ATTEMPTS = 5;
const CHEAP: PinCost = { memory: 64, passes: 1, lanes: 1 };

/** Starts the system; dispose of it at the test's end (`await using`). */
export async function openTestKoshin(
  choice: {
    readonly now?: Date | string;
    readonly otherNames?: OtherNames;
    readonly log?: Log;
    /** Whether there is a house of the banks' staff. */
    readonly withStaff?: true;
    /** What the first institution is called, in both languages. */
    readonly name?: string;
    /** What else of the first institution is not the sample's; its hosts stay. */
    readonly institution?: Partial<Pick<Institution, 'code' | 'name' | 'nameEnglish' | 'contact'>>;
    /** The clock of the system, made of the one that the test sets. */
    readonly clockOf?: (set: SettableClock) => SettableClock;
    readonly pinCost?: PinCost;
    /** Where both institutions decide otherwise. */
    readonly policy?: Partial<Policy>;
  } = {},
): Promise<TestKoshin> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-system-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const { address, owner } = opened.use(await openTestDatabase());
  const { clockOf = (set) => set } = choice;
  const clock = clockOf(settableClock(choice.now ?? FOUNDED));
  const { log = quietLog } = choice;
  const { pinCost = CHEAP } = choice;
  const settings = { ...settingsFor(folder, urlOf(address)), pinCost };
  const house = opened.use(await openHouse({ settings, clock, log }));
  const mihon = { ...sampleInstitution(8080), ...namesOf(choice.name), ...choice.institution };
  const betsu = elsewhere(mihon, choice.otherNames ?? 'the-same');
  const needs = { ...house, clock };
  const policy = { ...DEFAULT_POLICY, ...choice.policy };
  await settle({ institution: mihon, policy, ...SAMPLE_AUTHORITIES }, needs);
  const hasOwn = choice.otherNames === 'of-its-own';
  await settle(
    { institution: betsu, policy, ...(hasOwn ? OTHER_AUTHORITIES : SAMPLE_AUTHORITIES) },
    needs,
  );
  const staffHouses = choice.withStaff ? [await settleStaff(needs)] : [];
  const serverAuthorityFile = await makeServerKeyPairs(
    house.tlsFolder,
    Object.fromEntries([mihon, betsu, ...staffHouses].flatMap(hostsByFile)),
    // Browsers judge it by the machine's clock, whatever the test's says.
    new Date(),
  );
  const running = opened.use(await serveOnFreePort(house, { settings, clock, log }));
  const kept = opened.move();
  return {
    port: running.port,
    clock,
    house,
    mihon: bankIn(running, mihon.code),
    betsu: bankIn(running, betsu.code),
    staffHouse: running.banks.find(({ kind }) => kind === 'staff'),
    serverAuthorityFile,
    serverAuthorityPem: await readFile(serverAuthorityFile, 'utf8'),
    folder,
    owner,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function settingsFor(folder: string, url: string): Settings {
  return {
    dataFolder: folder,
    secretFile: join(folder, 'secret'),
    bindAddress: '127.0.0.1',
    port: 0,
    outsidePort: 0,
    database: { kind: 'external', url, ownerUrl: null },
    processes: 1,
    pinCost: CHEAP,
    pinThreads: 1,
    auditAnchorFolder: join(folder, 'anchor'),
    auditRetentionDays: null,
    letterFont: LETTER_FONT,
    mail: { server: null, folder: null, from: null },
  };
}

/** The address as a URL, as an external database is named in the settings. */
export function urlOf(address: DatabaseAddress): string {
  if ('url' in address) return address.url;
  const { socketFolder, user, database } = address;
  return `postgresql://${user}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

function namesOf(name: string | undefined) {
  return name === undefined ? {} : { name, nameEnglish: name };
}

function elsewhere(institution: Institution, names: OtherNames): Institution {
  return {
    ...institution,
    ...(names === 'of-its-own' && { name: OTHER_NAME, nameEnglish: 'Betsu Shinkin Bank' }),
    code: '1395',
    publicHost: 'betsu.localhost',
    membersDomain: 'login.betsu.localhost',
    passkeyDomain: 'betsu.localhost',
  };
}

async function settle(
  founding: Pick<Founding, 'institution' | 'policy' | 'rootName' | 'issuingName'>,
  needs: House & { readonly clock: SettableClock },
): Promise<void> {
  const asTrap = {
    equalNames: 'for-tests',
    checkTogether: () => {},
  } as const;
  await foundInstitution({ ...founding, ...asTrap }, needs);
  const { code } = founding.institution;
  await openContract(
    { institution: code, contract: TEST_CONTRACT, name: '株式会社さくら商事' },
    needs,
  );
  for (const { isImportant, title, body } of SAMPLE_NOTICES) {
    await publishNotice({ institution: code, isImportant, title, body }, needs);
  }
}

async function settleStaff(needs: House & { readonly clock: SettableClock }): Promise<Institution> {
  const institution = sampleStaffHouse(8080);
  const founding = { institution, policy: STAFF_POLICY, ...SAMPLE_STAFF_AUTHORITIES };
  const anyhow = { equalNames: 'refused', checkTogether: () => {} } as const;
  await foundInstitution({ ...founding, ...anyhow }, needs);
  return institution;
}

function hostsByFile({ publicHost, membersDomain }: Institution): [string, string[]][] {
  return [
    [publicHost, [publicHost]],
    [membersDomain, [membersDomain, `*.${membersDomain}`]],
  ];
}

function bankIn({ banks }: Running, code: string): LoadedBank {
  const bank = banks.find((one) => one.code === code);
  if (bank === undefined) throw new Error(`institution ${code} is not served`);
  return bank;
}

/** Pages name the port in links, so it is chosen before listening; another process may be faster. */
async function serveOnFreePort(
  house: House,
  around: Parameters<typeof serve>[1],
  attempt = 1,
): Promise<Running> {
  const port = await freePort();
  const settings = { ...around.settings, port, outsidePort: port };
  try {
    return await serve(house, { ...around, settings });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!isTaken || attempt === LISTEN_ATTEMPTS) throw error;
    return await serveOnFreePort(house, around, attempt + 1);
  }
}
