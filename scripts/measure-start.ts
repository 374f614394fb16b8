// Measures what somebody waits for: from clone to first page, and from a second start to first
// answer, as root and as an ordinary user made for it. Run by hand as root, with network for npm.
// Usage: node scripts/measure-start.ts
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../test/system/free-port.ts';
import { ROOT } from './run-program.ts';

const USER = `koshin-${process.pid}`;
const LIMITS = { 'clone-to-first-page': 90, 'second-start-to-first-answer': 3 } as const;
const LOOK_EVERY_MILLISECONDS = 20;
const PATIENCE_SECONDS = 300;

type Name = keyof typeof LIMITS;
/** Who runs it. */
type Person = {
  readonly user: string;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
};

if (process.getuid?.() !== 0) throw new Error('only root can make a user to measure with');
await measureAs({ user: 'root', home: mkdtempSync('/root/koshin-measure-'), uid: 0, gid: 0 });
execFileSync('useradd', ['--create-home', USER]);
try {
  const [uid = 0, gid = 0] = ['-u', '-g'].map((which) => Number(execFileSync('id', [which, USER])));
  await measureAs({ user: USER, home: `/home/${USER}`, uid, gid });
} finally {
  execFileSync('userdel', ['--remove', USER], { stdio: 'ignore' });
}

async function measureAs(person: Person): Promise<void> {
  const clone = join(person.home, 'koshin');
  const port = await freePort();
  try {
    const cloned = performance.now();
    execFileSync('git', ['clone', '--quiet', ROOT, clone]);
    // git clones from no repository of somebody else's.
    execFileSync('chown', ['-R', `${person.user}:`, clone]);
    await startAndStop({ person, clone, port, name: 'clone-to-first-page', since: cloned });
    const authority = readFileSync(join(clone, 'data/tls/server-ca.pem'), 'utf8');
    const restarted = performance.now();
    const name = 'second-start-to-first-answer';
    await startAndStop({ person, clone, port, name, since: restarted });
    if (readFileSync(join(clone, 'data/tls/server-ca.pem'), 'utf8') !== authority) {
      throw new Error('the second start did not go on with the same data');
    }
  } finally {
    removeDatabase(clone);
    if (person.user === 'root') rmSync(person.home, { recursive: true });
  }
}

async function startAndStop(start: {
  readonly person: Person;
  readonly clone: string;
  readonly port: number;
  readonly name: Name;
  readonly since: number;
}): Promise<void> {
  const { person, clone, port, name, since } = start;
  const { uid, gid } = person;
  const server = spawn('npm', ['start'], {
    ...{ uid, gid },
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...environmentOf(person), KOSHIN_PORT: String(port) },
    cwd: clone,
    detached: true,
  });
  try {
    await firstAnswer(port, since);
    tell(name, person, (performance.now() - since) / 1000);
  } finally {
    const ended = once(server, 'close');
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
    await ended;
  }
}

/** Without what the caller's Node and npm put there: this is a machine with Node 20 and npm. */
function environmentOf({ user, home }: Person): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_OPTIONS)/.test(name));
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const own = user === 'root' ? {} : { HOME: home };
  return { ...Object.fromEntries(kept), ...own, PATH };
}

function tell(name: Name, { user }: Person, seconds: number): void {
  const isSlow = seconds > LIMITS[name];
  const value = Math.round(seconds * 100) / 100;
  const who = user === 'root' ? 'root' : 'an ordinary user';
  console.log(JSON.stringify({ name, value, unit: 's', as: who, limit: LIMITS[name] }));
  if (isSlow) process.exitCode = 1;
}

async function firstAnswer(port: number, since: number): Promise<void> {
  while ((performance.now() - since) / 1000 < PATIENCE_SECONDS) {
    if ((await statusOf(port)) === 200) return;
    await delay(LOOK_EVERY_MILLISECONDS);
  }
  throw new Error(`no page within ${PATIENCE_SECONDS} s`);
}

async function statusOf(port: number): Promise<number | undefined> {
  const servername = 'mihon.localhost';
  // Only that it answers is asked here; whose certificate it shows is no matter.
  const asked = request({
    ...{ host: '127.0.0.1', port, servername, agent: false, rejectUnauthorized: false },
    headers: { host: `${servername}:${port}` },
  }).end();
  try {
    const [response] = (await once(asked, 'response')) as [
      NodeJS.ReadableStream & { statusCode: number },
    ];
    response.resume();
    return response.statusCode;
  } catch {
    return undefined;
  }
}

/** Root's database lies outside the clone. */
function removeDatabase(clone: string): void {
  try {
    const place = readFileSync(join(clone, 'data/postgres/location'), 'utf8').trim();
    rmSync(place, { recursive: true });
  } catch {
    // An ordinary user's goes with the clone.
  }
}
