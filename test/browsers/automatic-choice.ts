// The managed policy by which Chromium answers for a person which certificate to show: for tests
// that are not about the picker. It holds for the whole machine, so one process has it at a time.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unlessChromium } from './chromium.ts';

const FOLDER = '/etc/chromium/policies/managed';
const HELD_BY = join(FOLDER, '../koshin-test.pid');
const PATIENCE_MILLISECONDS = 240_000;
const LOOK_EVERY_MILLISECONDS = 200;

/** For `skip` of a test: false where a managed policy can be set, else the reason. */
export const unlessPolicies: string | false =
  process.getuid?.() === 0 ? unlessChromium : 'only root can set a managed policy of Chromium';

/**
 * Has browsers started from now on show the later-ending certificate of an issuer at these hosts; and of others at
 * theirs.
 */
export async function selectAutomatically(
  hosts: string,
  issuer: string,
  others: readonly (readonly [string, string])[] = [],
): Promise<AsyncDisposable> {
  await mkdir(FOLDER, { recursive: true });
  await hold();
  const file = join(FOLDER, `koshin-test-${process.pid}.json`);
  const rules = [[hosts, issuer] as const, ...others].map(([at, of]) =>
    JSON.stringify({ pattern: `https://${at}`, filter: { ISSUER: { CN: of } } }),
  );
  await writeFile(file, JSON.stringify({ AutoSelectCertificateForUrls: rules }));
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(file, { force: true });
      await rm(HELD_BY, { force: true });
    },
  };
}

/** Chromium takes the policy from one file only: two tests at once would take it from each other. */
async function hold(): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (!(await isTaken())) {
    await removeIfAbandoned();
    if (performance.now() > deadline) throw new Error(`${HELD_BY} was held by another test`);
    await delay(LOOK_EVERY_MILLISECONDS);
  }
}

async function isTaken(): Promise<boolean> {
  try {
    await writeFile(HELD_BY, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfAbandoned(): Promise<void> {
  const holder = Number(await readFile(HELD_BY, 'utf8').catch(() => ''));
  if (holder === 0 || isAlive(holder)) return;
  await rm(join(FOLDER, `koshin-test-${holder}.json`), { force: true });
  await rm(HELD_BY, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
