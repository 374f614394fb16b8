// The system under measurement: in a temporary folder, with its own embedded database, served by
// `koshin serve` in processes of its own, as a bank runs it. The house is open here too, to prepare.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { foundInstitution } from '../../src/operations/found-institution.ts';
import { loadBanks } from '../../src/operations/load-bank.ts';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { type House, type OwnHouse, openHouse } from '../../src/start/house.ts';
import { freePort } from '../../test/system/free-port.ts';
import { FAULTS_ALONE } from '../own-database.ts';

/** A running Koshin, and its house for whoever prepares and looks afterwards. */
export type MeasuredKoshin = AsyncDisposable & {
  readonly house: OwnHouse;
  readonly bank: LoadedBank;
  readonly settings: Settings;
  readonly folder: string;
  /** The first of its processes. */
  readonly pid: number;
  /** A members' host, as URLs name it. */
  readonly origin: string;
  readonly serverAuthorityFile: string;
};

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const FOUNDED_MS_AGO = 500 * 24 * 60 * 60 * 1000;
// Hashes are made only to prepare, so that they cost next to nothing.
const CHEAP = { KOSHIN_PIN_MEMORY_KIB: '8', KOSHIN_PIN_PASSES: '1' };

/** Starts it, with more of an environment where something watches it; dispose of it at the end (`await using`). */
export async function openKoshin(
  environment: Readonly<Record<string, string>> = {},
): Promise<MeasuredKoshin> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-bench-'));
  opened.defer(async () => await removeAll(folder));
  const own = { ...CHEAP, KOSHIN_DATA: folder, KOSHIN_PORT: String(await freePort()) };
  const settings = readSettings({ ...process.env, ...own });
  const house = opened.use(await openHouse({ settings, clock: systemClock, log: FAULTS_ALONE }));
  const then = new Date(systemClock.now().getTime() - FOUNDED_MS_AGO);
  const bank = await foundBank({ ...house, clock: { now: () => then } });
  const { publicHost, membersDomain } = bank;
  const serverAuthorityFile = await makeServerKeyPairs(
    house.tlsFolder,
    { [publicHost]: [publicHost], [membersDomain]: [membersDomain, `*.${membersDomain}`] },
    systemClock.now(),
  );
  const { pid } = opened.use(await startServing({ ...own, ...environment }));
  const kept = opened.move();
  return {
    ...{ house, bank, settings, folder, pid, serverAuthorityFile },
    origin: `https://m-0001.${membersDomain}:${settings.port}`,
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

async function foundBank(needs: House & { readonly clock: Clock }): Promise<LoadedBank> {
  const institution = sampleInstitution(8080);
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
  const [bank] = await loadBanks(needs);
  if (bank === undefined) throw new Error('the institution was not stored');
  return bank;
}

async function startServing(
  own: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly pid: number }> {
  // The bank was founded on a clock set into the past.
  const child = spawn(process.execPath, [MAIN, 'serve', '--clock-is-right'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...own },
  });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes(' is open at ')) continue;
    child.stdout.resume();
    if (child.pid === undefined) break;
    return {
      pid: child.pid,
      [Symbol.asyncDispose]: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('koshin did not start');
}

/** Root's database lies elsewhere; a file of the data folder says where. */
async function removeAll(folder: string): Promise<void> {
  const location = join(folder, 'postgres/location');
  const place = await readFile(location, 'utf8').catch(() => undefined);
  if (place !== undefined) await rm(place.trim(), { recursive: true });
  await rm(folder, { recursive: true });
}
