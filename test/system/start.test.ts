// The program as it is started: what is wrong with its surroundings is said in one line that tells
// what to do, and a sample that was broken off is not served.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { openTestDatabase } from './test-database.ts';

import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const CHEAP = { KOSHIN_PIN_MEMORY_KIB: '8', KOSHIN_PIN_PASSES: '1', KOSHIN_PIN_THREADS: '1' };

type Environment = Readonly<Record<string, string>>;

const FAULTS: readonly {
  readonly name: string;
  readonly environment: (folder: string) => Environment;
  readonly says: RegExp;
}[] = [
  {
    name: 'a data folder below a file',
    environment: () => ({ KOSHIN_DATA: '/dev/null/data' }),
    says: /^koshin: the data folder \/dev\/null\/data lies below a file: set KOSHIN_DATA$/,
  },
  {
    name: 'a port that is no number',
    environment: () => ({ KOSHIN_PORT: 'https' }),
    says: /^koshin: KOSHIN_PORT is a whole number from 0 to 65535$/,
  },
  {
    name: 'a port that pages could not name',
    environment: () => ({ KOSHIN_PORT: '0' }),
    says: /^koshin: KOSHIN_PORT 0 needs KOSHIN_OUTSIDE_PORT$/,
  },
  {
    name: 'a database that does not answer',
    environment: () => ({ KOSHIN_DATABASE_URL: 'postgresql://127.0.0.1:1/koshin' }),
    says: /^koshin: the database does not answer: check KOSHIN_DATABASE_URL$/,
  },
];

for (const { name, environment, says } of FAULTS) {
  test(`${name} is told in one line`, async () => {
    await using folder = await temporaryFolder();
    const { code, lines } = await ending(
      start({ KOSHIN_DATA: folder.path, ...environment(folder.path) }),
    );
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(lines[0] ?? '', says);
    assert.equal(code, 1);
  });
}

test('a database that is not on the server is told in one line', async () => {
  await using folder = await temporaryFolder();
  await using database = await openTestDatabase();
  const url = new URL(urlOf(database.address).replace('@/', '@localhost/'));
  url.pathname = '/nowhere';
  const wrong = url.href.replace('@localhost/', '@/');
  const told = await ending(start({ KOSHIN_DATA: folder.path, KOSHIN_DATABASE_URL: wrong }));
  assert.match(
    told.lines.join('\n'),
    /^koshin: there is no database of this name on the server: check \S+/,
  );
  assert.equal(told.lines.length, 1);
});

test('a port in use, an address of another machine and missing or broken keys are told in one line each', async () => {
  await using folder = await temporaryFolder();
  await using database = await openTestDatabase();
  await using taken = await takenPort();
  const usual = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: String(taken.port),
  };
  const inUse = await ending(start(usual));
  assert.deepEqual(inUse, {
    code: 1,
    lines: [`koshin: port ${taken.port} of 127.0.0.1 is in use: choose another by KOSHIN_PORT`],
  });
  const elsewhere = await ending(start({ ...usual, KOSHIN_BIND: '192.0.2.1' }));
  assert.deepEqual(elsewhere.lines, [
    'koshin: 192.0.2.1 is no address of this machine: set KOSHIN_BIND',
  ]);
  await writeFile(join(folder.path, 'tls', 'mihon.localhost.key'), 'half a key');
  const broken = await ending(start(usual));
  const told = /^koshin: the key pair of mihon\.localhost cannot be used \(.*\): .+$/;
  assert.match(broken.lines.join('\n'), told);
  await rm(join(folder.path, 'tls'), { recursive: true });
  const keyless = await ending(start(usual));
  assert.match(keyless.lines.join('\n'), /^koshin: no key pair for [a-z.]+: put .* into \S+$/);
});

test('a sample that was broken off is not served, and it is said how to begin again', async () => {
  await using folder = await temporaryFolder();
  await using database = await openTestDatabase();
  const environment = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: '1',
  };
  const first = start(environment);
  // The institution is there, its people are not yet.
  while (!(await isFounded(database))) assert.equal(first.exitCode, null);
  first.kill('SIGKILL');
  await once(first, 'close');
  assert.ok(existsSync(join(folder.path, 'sample/unfinished')));
  const { code, lines } = await ending(start(environment));
  assert.deepEqual(lines, [
    `koshin: building the sample was broken off: remove ${folder.path} and start again`,
  ]);
  assert.equal(code, 1);
});

test('a signal that comes again does not break off the stopping', async () => {
  await using folder = await temporaryFolder();
  await using database = await openTestDatabase();
  const port = await freePort();
  const child = start({
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: String(port),
  });
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith('Browsers trust')) child.kill('SIGTERM');
    if (line === 'stopping') child.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
});

type Started = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };

function start(environment: Environment): Started {
  return spawn(process.execPath, [MAIN, 'serve', '--sample'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...CHEAP, ...environment },
  });
}

/** Its exit code, and the lines it wrote that are not of the log. */
async function ending(child: Started) {
  const ended = once(child, 'close') as Promise<[number | null]>;
  const written = await text(child.stderr);
  const lines = written.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  return { code: (await ended)[0], lines };
}

async function isFounded({ db }: Awaited<ReturnType<typeof openTestDatabase>>): Promise<boolean> {
  return (await db.selectFrom('institution').select('institution').execute()).length > 0;
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'koshin-start-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true }) };
}

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
