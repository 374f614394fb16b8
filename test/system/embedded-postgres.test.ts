// The embedded server's life: made, joined, left, killed, recovered; as root and as an ordinary user.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Account, launch, ServerHolder } from './server-holder.ts';

const me = userInfo();
const ACCOUNTS: readonly Account[] = [
  { name: me.uid === 0 ? 'root' : 'an ordinary user', uid: me.uid, gid: me.gid },
  ...(me.uid === 0 ? [{ name: 'an ordinary user', ...idsOf('nobody') }] : []),
];

for (const account of ACCOUNTS) {
  suite(`the embedded server, started by ${account.name}`, { concurrency: false }, async () => {
    const parent = await mkdtemp(path.join(tmpdir(), 'koshin-server-'));
    await chown(parent, account.uid, account.gid);
    const dataFolder = path.join(parent, 'みほん 信用金庫', 'x'.repeat(120), "the bank's data");
    const places = new Set<string>([parent]);
    after(async () => {
      await ServerHolder.leaveAll();
      for (const place of places) await rm(place, { recursive: true, force: true });
    });

    // Whatever a test needs it makes, so that each can be run alone.
    const rowsKept = async (holder: ServerHolder) => {
      await holder.query('create table if not exists kept (n int generated always as identity)');
      await holder.query('insert into kept default values');
      return (await holder.query('select n from kept')).length;
    };

    const start = async (folder = dataFolder) => {
      const holder = await ServerHolder.start(folder, account);
      places.add(path.dirname(holder.holding.cluster));
      return holder;
    };

    test('a start killed while the cluster is being made leaves nothing half', async () => {
      const { child } = launch(dataFolder, account);
      const around = account.uid === 0 ? '/var/lib/koshin' : path.join(dataFolder, 'postgres');
      await until(async () => await isBeingMade(around));
      process.kill(-(child.pid ?? 0), 'SIGKILL'); // initdb too: it is of the same group
      const holder = await start();
      assert.deepEqual(await holder.query('select 1 as one'), [{ one: 1 }]);
      await holder.leave();
    });

    test('it syncs, checks its pages and listens on no network', async () => {
      const holder = await start();
      const { pid, socketFolder } = holder.holding;
      for (const [setting, value] of [
        ['fsync', 'on'],
        ['full_page_writes', 'on'],
        ['synchronous_commit', 'on'],
        ['data_checksums', 'on'],
        ['server_encoding', 'UTF8'],
        ['listen_addresses', ''],
      ] as const) {
        const [row] = await holder.query(`select current_setting('${setting}') as value`);
        assert.equal(row?.['value'], value, setting);
      }
      assert.deepEqual(networkSocketsOf(pid), []);
      const { mode } = await stat(socketFolder);
      assert.equal(mode & 0o777, 0o700);
      assert.ok(Buffer.byteLength(`${socketFolder}/.s.PGSQL.5432`) <= 107);
      await holder.leave();
      assert.equal(isRunning(pid), false);
      await assert.rejects(stat(socketFolder), { code: 'ENOENT' });
    });

    test('its application role is no superuser and cannot make tables', async () => {
      const holder = await start();
      for (const sql of [
        'create table t (n int)',
        'create schema s',
        'create temp table t (n int)',
      ]) {
        await assert.rejects(holder.query(sql, 'koshin_app'), /permission denied/, sql);
      }
      await holder.leave();
    });

    test('a second start joins it, and the last to leave stops it', async () => {
      const first = await start();
      const second = await start();
      assert.equal(second.holding.pid, first.holding.pid);
      await first.leave();
      assert.deepEqual(await second.query('select 1 as one'), [{ one: 1 }]);
      await second.leave();
      assert.equal(isRunning(second.holding.pid), false);
    });

    test('starts at the same time on an empty folder share one server', async () => {
      const folder = path.join(parent, 'shared');
      const holders = await Promise.all([start(folder), start(folder), start(folder)]);
      const pids = new Set(holders.map((holder) => holder.holding.pid));
      assert.equal(pids.size, 1);
      await Promise.all(holders.map((holder) => holder.leave()));
      assert.deepEqual([...pids].filter(isRunning), []);
    });

    test('it goes on when its starter is killed, and the next start takes it over', async () => {
      const first = await start();
      await first.kill();
      assert.equal(isRunning(first.holding.pid), true);
      const second = await start();
      assert.equal(second.holding.pid, first.holding.pid);
      await second.leave();
      assert.equal(isRunning(first.holding.pid), false);
    });

    test('when everything is killed, the next start has what was committed', async () => {
      const first = await start();
      const kept = await rowsKept(first);
      await first.kill();
      process.kill(first.holding.pid, 'SIGKILL');
      const second = await start();
      assert.equal(await rowsKept(second), kept + 1);
      await second.leave();
      await assert.rejects(stat(first.holding.socketFolder), { code: 'ENOENT' });
    });

    test('when the server is killed under its holder, it comes back in the same place', async () => {
      const holder = await start();
      const kept = await rowsKept(holder);
      process.kill(holder.holding.pid, 'SIGKILL');
      await until(async () => {
        const rows = await holder.query('select n from kept').catch(() => []);
        return rows.length === kept;
      });
      await holder.leave();
    });

    test('a lock file whose process number now belongs to another program is removed', async () => {
      const holder = await start();
      const lockFile = path.join(holder.holding.cluster, 'postmaster.pid');
      const text = readFileSync(lockFile, 'utf8');
      const server = statusOf(holder.holding.pid);
      const kept = await rowsKept(holder);
      await holder.leave();
      const stranger = spawn('sleep', ['60'], { uid: server.uid, gid: server.gid, cwd: '/' });
      try {
        await writeFile(lockFile, text.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 });
        await chown(lockFile, server.uid, server.gid);
        const again = await start();
        assert.equal(await rowsKept(again), kept + 1);
        await again.leave();
      } finally {
        stranger.kill();
      }
    });
  });
}

test('root does not touch the data folder of another account', { skip: me.uid !== 0 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'koshin-server-'));
  const [root, ordinary] = ACCOUNTS;
  assert.ok(root && ordinary);
  await chown(folder, ordinary.uid, ordinary.gid);
  const theirs = await ServerHolder.start(folder, ordinary);
  await assert.rejects(ServerHolder.start(folder, root), /belongs to the account/);
  await theirs.leave();
  await rm(folder, { recursive: true });
});

function idsOf(name: string): { uid: number; gid: number } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name])));
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, 'it did not happen in time');
    await delay(5);
  }
}

// True once initdb has begun to fill the folder that is to become the cluster.
async function isBeingMade(around: string): Promise<boolean> {
  const entries = await readdir(around, { recursive: true }).catch(() => []);
  return entries.some((entry) => /\.unfinished-[^/]+\/PG_VERSION$/.test(entry));
}

function statusOf(pid: number): { state: string; uid: number; gid: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(text)?.[1] ?? '';
  return { state: field('State'), uid: Number(field('Uid')), gid: Number(field('Gid')) };
}

function isRunning(pid: number): boolean {
  try {
    return statusOf(pid).state !== 'Z'; // dead, only not collected yet
  } catch {
    return false;
  }
}

function networkSocketsOf(pid: number): readonly string[] {
  const own = readdirSync(`/proc/${pid}/fd`)
    .map((fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1])
    .filter((inode) => inode !== undefined);
  assert.ok(own.length > 0, 'it has its Unix socket');
  const network = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)[9] ?? ''),
  );
  return own.filter((inode) => network.includes(inode));
}
