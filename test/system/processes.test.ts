// Several processes on one port: all of them serve, one that is killed is replaced, they stop
// together, and where they cannot live it is said.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { openTestDatabase } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const CHEAP = { KOSHIN_PIN_MEMORY_KIB: '8', KOSHIN_PIN_PASSES: '1', KOSHIN_PIN_THREADS: '1' };
const HOST = 'mihon.localhost';

test('each of two processes serves, a killed one is replaced, and connections find the other', async () => {
  await using koshin = await startKoshin();
  const first = await koshin.serving(2);
  const refusedBy = new Set<number>();
  while (refusedBy.size < 2) {
    await greetUnknownName(koshin.port);
    refusedBy.add((await koshin.log('connection refused')).pid);
  }
  assert.deepEqual(refusedBy, new Set(first));
  const [killed = 0, left = 0] = first;
  process.kill(killed, 'SIGKILL');
  const death = await koshin.log('a serving process ended; another takes its place');
  assert.equal(death.process, killed);
  for (let i = 0; i < 4; i++) assert.equal(await statusOf(koshin.port), 200);
  const [next = 0] = await koshin.serving(1);
  assert.ok(next !== killed && next !== left);
  for (let i = 0; i < 4; i++) assert.equal(await statusOf(koshin.port), 200);
  koshin.child.kill('SIGTERM');
  assert.deepEqual(await koshin.ended, [0, null]);
  for (const pid of [left, next]) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

test('on SIGTERM a request that is under way is answered first', async () => {
  await using koshin = await startKoshin();
  await koshin.serving(2);
  const asked = ask(koshin.port, {
    method: 'POST',
    headers: {
      ...OF_HOST(koshin.port),
      origin: `https://${HOST}:${koshin.port}`,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '7',
      expect: '100-continue',
    },
  });
  asked.flushHeaders();
  await once(asked, 'continue');
  koshin.child.kill('SIGTERM');
  await koshin.says('stopping');
  asked.end('one=two');
  const [{ statusCode }] = (await once(asked, 'response')) as [IncomingMessage];
  assert.equal(statusCode, 405);
  assert.deepEqual(await koshin.ended, [0, null]);
});

test('processes that die again and again end the whole with one line that says so', async () => {
  await using koshin = await startKoshin();
  for (let deaths = 0; deaths < 5; deaths++) {
    const [pid = 0] = await koshin.serving(1);
    process.kill(pid, 'SIGKILL');
  }
  await koshin.says('koshin: serving processes end again and again: see the log');
  assert.deepEqual(await koshin.ended, [1, null]);
});

test('where the first process is killed the others end as well', async () => {
  await using koshin = await startKoshin();
  await koshin.serving(2);
  koshin.child.kill('SIGKILL');
  // Told when the last one that holds its output has ended.
  await koshin.ended;
  await assert.rejects(statusOf(koshin.port), { code: 'ECONNREFUSED' });
});

const OF_HOST = (port: number) => ({ host: `${HOST}:${port}` });

type Entry = { readonly pid: number; readonly process?: number; readonly msg: string };

/** The program, serving the sample with two processes; killed at the test's end if it still runs. */
async function startKoshin() {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-processes-'));
  opened.defer(async () => await rm(folder, { recursive: true }));
  const database = opened.use(await openTestDatabase());
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN, 'serve', '--sample'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...CHEAP,
      KOSHIN_PROCESSES: '2',
      KOSHIN_DATA: folder,
      KOSHIN_DATABASE_URL: urlOf(database.address),
      KOSHIN_PORT: String(port),
    },
  });
  const ended = once(child, 'close');
  opened.defer(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines = new Lines([child.stdout, child.stderr]);
  const log = async (message: string) =>
    JSON.parse(await lines.next((line) => line.includes(`"msg":"${message}"`))) as Entry;
  const kept = opened.move();
  return {
    port,
    child,
    ended,
    log,
    says: async (text: string) => await lines.next((line) => line === text),
    /** The numbers of the next so many processes that begin to serve. */
    serving: async (count: number) => {
      const pids: number[] = [];
      while (pids.length < count) pids.push((await log('a process serves')).process ?? 0);
      return pids;
    },
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

/** What was written, line by line; each line is given out once. */
class Lines {
  readonly #kept: string[] = [];
  readonly #arrivals = new EventEmitter();

  constructor(streams: readonly Readable[]) {
    for (const input of streams) {
      createInterface({ input }).on('line', (line) => {
        this.#kept.push(line);
        this.#arrivals.emit('line');
      });
    }
  }

  async next(isWanted: (line: string) => boolean): Promise<string> {
    for (;;) {
      const at = this.#kept.findIndex(isWanted);
      const [line] = at < 0 ? [] : this.#kept.splice(at, 1);
      if (line !== undefined) return line;
      await once(this.#arrivals, 'line');
    }
  }
}

function ask(port: number, options: RequestOptions) {
  const there = { host: '127.0.0.1', port, servername: HOST, agent: false };
  // Only that it answers is asked here; whose certificate it shows is no matter.
  return request({ ...there, rejectUnauthorized: false, headers: OF_HOST(port), ...options });
}

async function statusOf(port: number): Promise<number | undefined> {
  const [response] = (await once(ask(port, {}).end(), 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

async function greetUnknownName(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, servername: 'unknown.example' });
  await assert.rejects(once(socket, 'secureConnect'));
}
