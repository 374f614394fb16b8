// The embedded server is killed and cannot be started at once: it is tried again until it comes back
// or is not wanted any more.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Log } from '../../src/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { EmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const FAILED = 'the database server did not come back; trying again';
const BACK = 'the database server is back';

test('a server that cannot be started at once comes back later, for the pools that knew it', async () => {
  await using lost = await openLostServer();
  const failedTwice = lost.logged(FAILED, 2);
  await lost.lose();
  await failedTwice;
  const back = lost.logged(BACK);
  await lost.mend();
  await back;
  assert.equal(await lost.answer(), 1);
});

test('who leaves while it is being tried again is not kept, and nothing is tried any more', async () => {
  await using lost = await openLostServer();
  const failed = lost.logged(FAILED);
  await lost.lose();
  await failed;
  await lost.server[Symbol.asyncDispose]();
  const failures = lost.count(FAILED);
  await lost.mend();
  // A start would join or take over whatever still ran; it finds nothing, and begins anew.
  const again = await EmbeddedPostgres.start({ dataFolder: lost.dataFolder, log: lost.log });
  assert.notEqual(again.pid, lost.pid);
  await again[Symbol.asyncDispose]();
  assert.equal(lost.count(FAILED), failures);
  assert.equal(lost.count(BACK), 0);
});

/** A running server with a pool, and how to take its cluster away from under it. */
async function openLostServer() {
  await using opened = new AsyncDisposableStack();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'koshin-lost-'));
  opened.defer(async () => await rm(dataFolder, { recursive: true, force: true }));
  const { log, logged, count } = recordingLog();
  const server = await EmbeddedPostgres.start({ dataFolder, log });
  opened.defer(
    async () => await rm(path.dirname(server.cluster), { recursive: true, force: true }),
  );
  opened.use(server);
  const db = openDatabase(server.address('koshin_app'), { log, poolSize: 1 });
  opened.defer(async () => await db.destroy());
  const answer = async () => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one;
  assert.equal(await answer(), 1);
  const { pid, cluster } = server;
  const away = `${cluster}.away`;
  const kept = opened.move();
  return {
    server,
    pid,
    dataFolder,
    log,
    logged,
    count,
    answer,
    /** The disk with the cluster is gone, and then the server. */
    lose: async () => {
      await rename(cluster, away);
      process.kill(pid, 'SIGKILL');
    },
    mend: async () => await rename(away, cluster),
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

function recordingLog() {
  const messages: string[] = [];
  const arrivals = new EventEmitter();
  const note = (_fields: unknown, message: string) => {
    messages.push(message);
    arrivals.emit('message');
  };
  const log: Log = { info: note, warn: note, error: note };
  const count = (message: string) => messages.filter((one) => one === message).length;
  const logged = async (message: string, times = 1) => {
    while (count(message) < times) await once(arrivals, 'message');
  };
  return { log, logged, count };
}
