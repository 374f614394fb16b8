// The program with an institution of the bank's own: its tables brought up to date, founded from a
// file, served with the bank's key pairs, and nothing said of a sample.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { SCHEMA_FOLDER } from '../../src/store/migrate.ts';
import { freePort } from './free-port.ts';
import { openTestDatabase } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const CHEAP = { KOSHIN_PIN_MEMORY_KIB: '8', KOSHIN_PIN_PASSES: '1', KOSHIN_PIN_THREADS: '1' };
const OWN = {
  ...sampleInstitution(8080),
  ...SAMPLE_AUTHORITIES,
  code: '1395',
  publicHost: 'www.own.example',
  membersDomain: 'login.own.example',
};

test('tables of an older program are brought up to date by `koshin init` without a file', async () => {
  await using folder = await temporaryFolder();
  const schemaFolder = join(folder.path, 'schema');
  await cp(SCHEMA_FOLDER, schemaFolder, { recursive: true });
  const [, ...later] = (await readdir(join(schemaFolder, 'migrations'))).sort();
  for (const name of later) await rm(join(schemaFolder, 'migrations', name));
  await writeFile(
    join(schemaFolder, 'grants.sql'),
    'grant select on all tables in schema public to koshin_app',
  );
  await using database = await openTestDatabase({ schemaFolder });
  const application = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
  };
  const before = await run(['serve'], application);
  assert.match(
    before.errors.join('\n'),
    /^koshin: the database lacks migration 2 .*: run `koshin init` first/,
  );
  const owner = { ...application, KOSHIN_DATABASE_OWNER_URL: urlOf(database.owner) };
  assert.deepEqual(await run(['init'], owner), {
    code: 0,
    said: ["the database's tables are up to date"],
    errors: [],
  });
  const after = await run(['serve'], application);
  assert.deepEqual(after.errors, [
    'koshin: there is no institution yet: found one with `koshin init FILE` or `koshin sample`',
  ]);
});

test("where the institution is the bank's own, nothing is said of sample users", async () => {
  await using folder = await temporaryFolder();
  await using database = await openTestDatabase();
  const port = await freePort();
  const own = {
    KOSHIN_DATA: folder.path,
    KOSHIN_DATABASE_URL: urlOf(database.address),
    KOSHIN_PORT: String(port),
    KOSHIN_PROCESSES: '1',
  };
  const file = join(folder.path, 'own.json');
  await writeFile(file, JSON.stringify(OWN));
  const { said } = await run(['init', file], own);
  assert.equal(said.at(-1), 'founded みほん信用金庫 (1395)');
  const { publicHost, membersDomain } = OWN;
  await makeServerKeyPairs(
    join(folder.path, 'tls'),
    { [publicHost]: [publicHost], [membersDomain]: [membersDomain, `*.${membersDomain}`] },
    new Date(),
  );
  const child = start(['serve', '--sample'], own);
  const ended = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    // Whatever is said of a sample is said before it hears the signal.
    if (line.includes(' is open at ')) child.kill('SIGTERM');
  }
  assert.deepEqual(lines, [
    `みほん信用金庫 (1395) is open at https://www.own.example:${port}/`,
    'stopping',
  ]);
  assert.deepEqual(await ended, [0, null]);
});

type Environment = Readonly<Record<string, string>>;

function start(command: readonly string[], environment: Environment) {
  return spawn(process.execPath, [MAIN, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...CHEAP, ...environment },
  });
}

/** Runs a command to its end; lines of the log are left out. */
async function run(command: readonly string[], environment: Environment) {
  const child = start(command, environment);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [said, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const linesOf = (written: string) =>
    written.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  return { code: (await ended)[0], said: linesOf(said), errors: linesOf(errors) };
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'koshin-own-'));
  return { path, [Symbol.asyncDispose]: async () => await rm(path, { recursive: true }) };
}
